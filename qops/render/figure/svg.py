"""A plot as SVG: no script, nothing to load, and colours for light and dark."""

from collections.abc import Sequence
from html import escape

from qops.model.report import Plot
from qops.render.figure.shapes import FONT, HEIGHT, WIDTH, Label, Shape, Stroke, shapes
from qops.render.visible import visible

LIGHT = {
    "text": "#1f2328",
    "event": "#59636e",
    "grid": "#d1d9e0",
    "limit": "#9a6700",
    "onset": "#bc4c00",
    "alarm": "#cf222e",
    "curve0": "#0969da",
    "curve1": "#8250df",
    "curve2": "#1a7f37",
    "curve3": "#bf3989",
}
"""The colours of roles on a light ground."""

_DARK = {
    "text": "#e6edf3",
    "event": "#9198a1",
    "grid": "#3d444d",
    "limit": "#d29922",
    "onset": "#f0883e",
    "alarm": "#f85149",
    "curve0": "#4493f8",
    "curve1": "#ab7df8",
    "curve2": "#3fb950",
    "curve3": "#db61a2",
}


def _rules(colours: dict[str, str]) -> str:
    lines = (
        f".plot-{role} {{ stroke: {colour} }} text.plot-{role} {{ fill: {colour} }}" for role, colour in colours.items()
    )
    return "\n".join(lines)


STYLE = f"""\
figure {{ margin: 1rem 0 }}
.plot {{ font: {FONT}px system-ui, sans-serif; max-width: 100%; height: auto; fill: none }}
{_rules(LIGHT)}
.plot text {{ stroke: none }}
@media (prefers-color-scheme: dark) {{
{_rules(_DARK)}
}}"""
"""What `inline` needs once in the page."""

_GROUND = """\
.plot-ground { fill: #ffffff }
@media (prefers-color-scheme: dark) { .plot-ground { fill: #0d1117 } }"""


def inline(plot: Plot) -> str:
    """The plot as an element of an HTML page whose style has `STYLE`."""
    return _element((plot,), HEIGHT, "", _body(plot))


def document(plots: Sequence[Plot], /) -> bytes:
    """The plots below each other, as a file of its own."""
    height = HEIGHT * len(plots)
    parts = (
        f'<g transform="translate(0 {HEIGHT * number})">\n{_body(plot)}\n</g>' for number, plot in enumerate(plots)
    )
    ground = f'<rect class="plot-ground" width="{WIDTH}" height="{height}"/>'
    body = "\n".join((f"<style>\n{STYLE}\n{_GROUND}\n</style>", ground, *parts))
    return _element(plots, height, ' xmlns="http://www.w3.org/2000/svg"', body).encode() + b"\n"


def _element(plots: Sequence[Plot], height: int, namespace: str, body: str) -> str:
    title = escape(", ".join(visible(plot.title) for plot in plots if plot.title) or "plot")
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return f'<svg{namespace} class="plot" role="img" {size}>\n<title>{title}</title>\n{body}\n</svg>'


def _body(plot: Plot) -> str:
    return "\n".join(filter(None, map(_shape, shapes(plot))))


def _shape(shape: Shape) -> str:
    match shape:
        case Stroke(points=points, role=role, dashed=dashed, width=width):
            places = " ".join(f"{x:g},{y:g}" for x, y in points)
            dashes = ' stroke-dasharray="5 4"' if dashed else ""
            return f'<polyline class="plot-{role}" stroke-width="{width:g}"{dashes} points="{places}"/>'
        case Label(text=text):
            return _label(shape) if text.strip() else ""


def _label(label: Label) -> str:
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    weight = ' font-weight="bold"' if label.bold else ""
    place = f'x="{label.x:g}" y="{label.y:g}"'
    return f'<text class="plot-{label.role}" {place}{anchor}{weight}>{escape(label.text.strip())}</text>'
