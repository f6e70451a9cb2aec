import io
import re
import sys
from math import dist
from pathlib import PurePath
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image

from qops.errors import EnvironmentFault, InputError
from qops.model.report import Report
from qops.render.figure import file, png, svg
from qops.render.figure.shapes import HEIGHT, WIDTH

SPACE = "{http://www.w3.org/2000/svg}"
NEAR = 40
REMOTE = re.compile(rb"<script|href|url\(|@import|on\w+=")


def parsed(data: bytes) -> Element:
    return fromstring(data)  # noqa: S314 - our own text


def test_svg_is_one_well_formed_document_that_loads_nothing(report: Report) -> None:
    data = file.content(PurePath("x.svg"), report)
    root = parsed(data)
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT * len(file.plots(report))}"
    assert not REMOTE.search(data)


def test_svg_has_a_line_for_each_curve_limit_and_mark(plotted: Report) -> None:
    (plot,) = plotted.sections[0].plots
    root = parsed(svg.document((plot,)))
    classes = [line.get("class") for line in root.iter(f"{SPACE}polyline")]
    for role in ("curve0", "limit", "event", "onset", "alarm"):
        assert f"plot-{role}" in classes
    words = {text.text for text in root.iter(f"{SPACE}text")}
    assert {"e-process", "upward", "alarm at 1000", "new calibration", "alarm: upward", "1000", "2026-01-02"} <= words
    assert root.findtext(f"{SPACE}title") == "e-process"


def test_every_point_of_a_finite_plot_is_on_the_sheet(plotted: Report) -> None:
    for line in parsed(svg.document(file.plots(plotted))).iter(f"{SPACE}polyline"):
        for point in (line.get("points") or "").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_png_shows_the_same_in_the_colours_of_its_roles(plotted: Report) -> None:
    image = Image.open(io.BytesIO(file.content(PurePath("x.PNG"), plotted)))
    assert image.size == (2 * WIDTH, 2 * 2 * HEIGHT)
    found = {colour for _, colour in image.getcolors(1 << 24) or []}
    for role in ("curve0", "curve1", "limit", "onset", "alarm", "text"):
        assert min(dist(bytes.fromhex(svg.LIGHT[role][1:]), colour) for colour in found) < NEAR, role
    assert image.getpixel((0, 0)) == (255, 255, 255)


def test_png_of_hostile_plots_is_a_picture(report: Report) -> None:
    if found := file.plots(report):
        assert png.document(found).startswith(b"\x89PNG\r\n")


def test_html_is_the_whole_report(plotted: Report) -> None:
    page = file.content(PurePath("x.html"), plotted).decode()
    assert page.count("<svg") == 2
    assert "drift since epoch 14" in page


def test_another_ending_is_refused() -> None:
    with pytest.raises(InputError, match=r"chart\.pdf is no name for a plot") as caught:
        file.ending(PurePath("chart.pdf"))
    assert caught.value.hint == "let it end in .svg, .png or .html"


def test_png_without_pillow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "qops.render.figure.png", raising=False)
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(EnvironmentFault, match="needs Pillow") as caught:
        file.ending(PurePath("chart.png"))
    assert "qops[plot]" in str(caught.value.hint)
    assert file.ending(PurePath("chart.svg")) == ".svg"
