import pytest

from qops.model.report import Curve, Limit, Mark, Plot, Report
from qops.render.figure.text import Piece, Row, rows, typed

STEP = Plot("step", (0.0, 1.0, 2.0, 3.0), (Curve("p", (0.0, 0.0, 1.0, 1.0)),), (Limit("at", 0.5),))


def drawn(plot: Plot, width: int | None = None, *, ascii_only: bool = False) -> list[str]:
    return [typed(row) for row in rows(plot, width, ascii_only=ascii_only)]


def pieces(found: list[Row], role: str) -> str:
    return "".join(piece.text for row in found for piece in row if piece.role == role)


def test_a_step_in_letters() -> None:
    assert drawn(STEP, 20, ascii_only=True) == [
        "step",
        "  1+          ******",
        "   |         *",
        "   |         *",
        "   |        *",
        "   |        *",
        "0.5+-------*--------",
        "   |       *",
        "   |      *",
        "   |      *",
        "  0+******",
        "   +----------------",
        "    0",
        "  *  p",
        "  -  at 0.5",
    ]


def test_a_step_in_braille_has_its_corners_where_they_belong() -> None:
    body = drawn(STEP, 20)[1:11]
    assert body[0].endswith("⠒⠒⠒")
    assert body[-1].startswith("  0┤⠤⠤⠤⠤⠤⠎")


@pytest.mark.parametrize("width", [1, 20, 33, 80, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_drawing_is_as_wide_as_it_may_be(plotted: Report, width: int, *, ascii_only: bool) -> None:
    for plot in (*plotted.plots, *plotted.sections[0].plots):
        found = rows(plot, width, ascii_only=ascii_only)
        body = [sum(len(piece.text) for piece in row) for row in found[1:12]]
        assert set(body) == {max(width, body[0] if width < 20 else 0)}
        if ascii_only:
            assert all(typed(row).isascii() for row in found)


def test_marks_have_letters_that_the_legend_explains(plotted: Report) -> None:
    (plot,) = plotted.sections[0].plots
    text = "\n".join(drawn(plot))
    assert "  a  event 2026-01-01 06:00 new calibration\n" in text
    assert "  b  onset 2026-01-02 18:00 between 13 and 15\n" in text
    assert text.endswith("  c  alarm 2026-01-03 12:00 upward")
    floor = next(line for line in drawn(plot) if "└" in line)
    assert [letter for letter in floor if letter.isalpha()] == ["a", "b", "c"]


def test_of_many_events_the_latest_are_named_and_an_alarm_always_is() -> None:
    marks = (Mark(0.0, "first", "alarm"), *(Mark(float(day), f"day {day}") for day in range(1, 41)))
    plot = Plot("", tuple(map(float, range(41))), (Curve("", (1.0,) * 41),), marks=marks)
    text = "\n".join(drawn(plot))
    assert "a  alarm 0 first" in text
    assert "day 40" in text
    assert "day 20" not in text
    assert text.endswith("… 33 more events")


def test_curves_that_must_be_told_apart_are_drawn_with_letters(plotted: Report) -> None:
    assert set(pieces(rows(plotted.plots[0]), "curve").replace(" ", "")) == {"*", "o"}


def test_a_row_without_roles_has_no_blanks_at_its_end() -> None:
    assert typed([Piece("a  "), Piece("  ", "axis")]) == "a"
