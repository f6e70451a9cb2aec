import re

from qops.model.report import Line, Report, Section
from qops.render.surface import Surface
from qops.render.terminal import render

CODES = re.compile(r"\x1b\[\d+m")


def test_the_summary_is_the_last_line(full: Report) -> None:
    assert render(full, Surface()).splitlines()[-1] == full.summary


def test_colour_only_adds_codes(full: Report) -> None:
    for width in (None, 50):
        coloured = render(full, Surface(width=width, colour=True))
        assert CODES.sub("", coloured) == render(full, Surface(width=width))
        assert coloured != CODES.sub("", coloured)


def test_colour_has_meaning(full: Report) -> None:
    text = render(full, Surface(colour=True))
    assert "\x1b[32m+ cz q[0], q[1]\x1b[0m" in text
    assert "\x1b[31m- cx q[0], q[1]\x1b[0m" in text
    assert "\x1b[33m~ rz(theta[0]) q[3]   0.5 → 0.6\x1b[0m" in text
    assert "\x1b[31mFAIL\x1b[0m" in text
    assert "\x1b[32mPASS\x1b[0m" in text
    assert "\x1b[33mINCONCLUSIVE\x1b[0m" in text


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
