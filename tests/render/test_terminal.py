import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qops.model.report import Line, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.surface import Surface
from qops.render.terminal import render

CODES = re.compile(r"\x1b\[\d+m")

texts = st.text(alphabet="abc 回θ\u0301-_./[]", max_size=40)
cells = st.tuples(texts, texts, st.floats())
reports = st.builds(
    lambda text, row: Report(
        "show",
        text,
        facts=((row[0], row[1]),),
        sections=(Section(text, (Line(row[0], "+"), Line(row[1]))),),
        tables=(Table(text, (*row[:2], "number"), (row,), ("number",)),),
        verdicts=(Verdict(row[0], Outcome.INCONCLUSIVE, row[1], hint=text),),
        summary=text,
    ),
    texts,
    cells,
)


def letters(text: str) -> list[str]:
    """All that is seen, whatever the order in which folding leaves it."""
    return sorted("".join(text.split()))


def test_the_summary_is_the_last_line(full: Report) -> None:
    assert render(full, Surface()).splitlines()[-1] == full.summary


def test_colour_only_adds_codes(full: Report) -> None:
    for width in (None, 50):
        coloured = render(full, Surface(width=width, colour=True))
        assert CODES.sub("", coloured) == render(full, Surface(width=width))
        assert coloured != CODES.sub("", coloured)


def test_colour_has_meaning(full: Report) -> None:
    text = render(full, Surface(colour=True))
    assert "\x1b[32m  +\x1b[0m \x1b[32mcz q[0], q[1]\x1b[0m" in text
    assert "\x1b[31m  -\x1b[0m \x1b[31mcx q[0], q[1]\x1b[0m" in text
    assert "\x1b[33m  ~\x1b[0m \x1b[33mrz(theta[0]) q[3]   0.5 → 0.6\x1b[0m" in text
    assert "\x1b[31mFAIL\x1b[0m" in text
    assert "\x1b[32mPASS\x1b[0m" in text
    assert "\x1b[33mINCONCLUSIVE\x1b[0m" in text


def test_what_was_not_examined_has_the_colour_of_doubt() -> None:
    report = Report("status", "", sections=(Section("", (Line("bell  not examined", "?"),)),))
    assert render(report, Surface(colour=True)) == "\x1b[33m  ?\x1b[0m \x1b[33mbell  not examined\x1b[0m\n"


def test_the_environment_has_no_say(full: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = render(full, Surface(width=60, colour=True))
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "20", "FORCE_COLOR": "3"}.items():
        monkeypatch.setenv(name, value)
        assert render(full, Surface(width=60, colour=True)) == expected


def test_the_users_escape_codes_are_never_emitted(hostile: Report) -> None:
    assert "\x1b" not in CODES.sub("", render(hostile, Surface(colour=True)))


def test_an_empty_line_is_empty() -> None:
    report = Report("show", "", sections=(Section("circuit", (Line("a"), Line(""), Line("b"))),))
    assert render(report, Surface()) == "circuit\n    a\n\n    b\n"


def test_verdicts_hang_under_their_sentence(full: Report) -> None:
    lines = render(full, Surface(width=60)).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("FAIL"))
    assert lines[start : start + 4] == [
        "FAIL          ansatz       2 angles moved by more than 1e-09",
        "                           rad, the largest by 0.1 rad",
        '                           hint: `qops snapshot -m "why"`',
        "PASS          feature_map  the digests are equal",
    ]


def test_a_long_line_is_folded_beside_its_mark() -> None:
    report = Report("diff", "", sections=(Section("", (Line("rz  q[0]  0.25 → 0.5  (Δ +0.25)", "~"),)),))
    assert render(report, Surface(width=25)) == "  ~ rz  q[0]  0.25 → 0.5\n    (Δ +0.25)\n"


def test_numbers_are_not_folded_but_names_are() -> None:
    table = Table("", ("parameter", "value"), (("theta of the first layer", 1.5707963267948966),), ("value",))
    assert render(Report("show", "", tables=(table,)), Surface(width=36)).splitlines() == [
        "  parameter                    value",
        "  theta of the    1.5707963267948966",
        "  first layer",
    ]


@settings(max_examples=40)
@given(reports, st.integers(1, 120))
def test_folding_loses_nothing(report: Report, width: int) -> None:
    assert letters(render(report, Surface(width=width))) == letters(render(report, Surface()))


@settings(max_examples=40)
@given(reports, st.integers(80, 120))
def test_a_report_fits_a_usual_terminal(report: Report, width: int) -> None:
    assert max(cell_len(line) for line in render(report, Surface(width=width)).splitlines()) <= width
