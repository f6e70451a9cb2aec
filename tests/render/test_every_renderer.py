"""The contract of a renderer, for every one that is built in."""

from pathlib import Path

import msgspec
import pytest

from qops.model.report import Report
from qops.render import RENDERERS, Renderer, built_in
from qops.render.surface import Surface

GOLDEN = Path(__file__).parent.parent / "golden"
SURFACES = (Surface(), Surface(width=40, colour=True), Surface(width=1))


@pytest.fixture(params=RENDERERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def renderer(name: str) -> Renderer:
    return built_in(name)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_same_report_gives_the_same_text(renderer: Renderer, report: Report, surface: Surface) -> None:
    copy = msgspec.convert(msgspec.to_builtins(report), Report)
    if report == copy:
        assert renderer.render(report, surface) == renderer.render(copy, surface)
    assert renderer.render(report, surface) == renderer.render(report, surface)


@pytest.mark.parametrize("surface", SURFACES)
def test_text_ends_in_one_newline_and_lines_do_not_end_in_blanks(
    renderer: Renderer, report: Report, surface: Surface
) -> None:
    text = renderer.render(report, surface)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_nothing_can_move_the_cursor_or_hide(renderer: Renderer, report: Report) -> None:
    text = renderer.render(report, Surface())
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    text.encode("utf-8")


def test_no_text_is_cut(renderer: Renderer, full: Report) -> None:
    """Every word of the report is there, whatever the width; folding may part a line, not lose it."""
    text = "".join(renderer.render(full, Surface(width=30)).split())
    for verdict in full.verdicts:
        for word in verdict.because.replace("`", "").split():
            assert word in text.replace("\\", "")


def test_golden(name: str, renderer: Renderer, full: Report) -> None:
    expected = (GOLDEN / f"report.{name}").read_text(encoding="utf-8")
    assert renderer.render(full, Surface()) == expected


def test_golden_of_hostile_text(name: str, renderer: Renderer, hostile: Report) -> None:
    expected = (GOLDEN / f"hostile.{name}").read_text(encoding="utf-8")
    assert renderer.render(hostile, Surface()) == expected


def test_golden_with_plots(name: str, renderer: Renderer, plotted: Report) -> None:
    expected = (GOLDEN / f"plotted.{name}").read_text(encoding="utf-8")
    assert renderer.render(plotted, Surface()) == expected
