"""A plot as PNG, by Pillow, which brings a font with it: a picture has its words on every machine."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from math import dist

from PIL import Image, ImageDraw, ImageFont

from qops.model.report import Plot
from qops.render.figure.points import Point
from qops.render.figure.shapes import FONT, HEIGHT, WIDTH, Label, Stroke, shapes
from qops.render.figure.svg import LIGHT

_SCALE = 2
_SMOOTH = 2  # drawn so much larger, then made smaller: the edges of lines become soft
_ZOOM = _SCALE * _SMOOTH
_DASH, _GAP = 5.0, 4.0
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_PREFERRED = "DejaVuSans.ttf"  # it has more letters than the one that Pillow brings


def document(plots: Sequence[Plot], /) -> bytes:
    """The plots below each other on white."""
    height = HEIGHT * len(plots)
    sheet = Image.new("RGB", (WIDTH * _ZOOM, height * _ZOOM), "white")
    pencil, font = ImageDraw.Draw(sheet), _font()
    for number, plot in enumerate(plots):
        for shape in shapes(plot):
            match shape:
                case Stroke():
                    _stroke(pencil, shape, number * HEIGHT)
                case Label():
                    _label(pencil, shape, number * HEIGHT, font)
    file = BytesIO()
    sheet.resize((WIDTH * _SCALE, height * _SCALE), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(_PREFERRED, FONT * _ZOOM)
    except OSError:
        return ImageFont.load_default(FONT * _ZOOM)


def _stroke(pencil: ImageDraw.ImageDraw, stroke: Stroke, down: int) -> None:
    width = round(stroke.width * _ZOOM)
    lines = _dashes(stroke.points) if stroke.dashed else [stroke.points]
    for points in lines:
        pencil.line([(x * _ZOOM, (y + down) * _ZOOM) for x, y in points], LIGHT[stroke.role], width, joint="curve")


def _label(
    pencil: ImageDraw.ImageDraw, label: Label, down: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> None:
    place = (label.x * _ZOOM, (label.y + down) * _ZOOM)
    bold = _ZOOM / 3 if label.bold else 0
    pencil.text(place, label.text, LIGHT[label.role], font, _ANCHORS[label.anchor], stroke_width=bold)


def _dashes(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The dashes of a line, each part of it beginning with one."""
    for (x, y), (to_x, to_y) in pairwise(points):
        length = dist((x, y), (to_x, to_y))
        for number in range(int(length / (_DASH + _GAP)) + 1):
            start, end = (min(1.0, at / length) for at in (number * (_DASH + _GAP), number * (_DASH + _GAP) + _DASH))
            yield (x + (to_x - x) * start, y + (to_y - y) * start), (x + (to_x - x) * end, y + (to_y - y) * end)
