import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.model.report import Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render import markdown
from qops.render.github import LARGEST, annotations, render
from qops.render.surface import Surface

CUT = re.compile(r"\n\*Cut to fit: (.*) not shown; `--format json` has them all\.\*\n$")


def verdicts(outcome: Outcome, number: int, words: str = "worse") -> tuple[Verdict, ...]:
    return tuple(Verdict(f"{outcome.value} {place}", outcome, words) for place in range(number))


def test_what_fits_is_the_markdown_report(full: Report) -> None:
    text = render(full, Surface())
    assert sorted(text.splitlines()) == sorted(markdown.render(full, Surface()).splitlines())
    assert not CUT.search(text)


def test_the_worst_comes_first(full: Report) -> None:
    text = render(full, Surface())
    assert text.index("FAIL") < text.index("INCONCLUSIVE") < text.index("PASS")


@pytest.mark.parametrize("rows", [0, 3_000])
def test_it_fits_and_counts_what_was_cut(rows: int) -> None:
    table = Table("rows", ("a", "b"), tuple((f"row {place}", place) for place in range(rows)), ("b",))
    many = (*verdicts(Outcome.PASS, 500), *verdicts(Outcome.FAIL, 500, "é" * 300), *verdicts(Outcome.INCONCLUSIVE, 500))
    report = Report("matrix", "Compilation", verdicts=many, tables=(table,), sections=(Section("last"),))
    text = render(report, Surface())
    assert 0.9 * LARGEST < len(text.encode()) <= LARGEST
    found = CUT.search(text)
    assert found is not None
    shown = text.count("❌ FAIL")
    assert "✅" not in text
    assert found[1].startswith(f"{1500 - shown:,} verdicts")
    assert ("rows" in found[1]) is bool(rows)
    assert "1 section" in found[1]


def test_tables_are_cut_after_the_verdicts() -> None:
    table = Table("", ("a",), tuple((f"row {place}",) for place in range(20_000)))
    text = render(Report("matrix", "", verdicts=verdicts(Outcome.FAIL, 3), tables=(table, table)), Surface())
    found = CUT.search(text)
    assert found is not None
    assert text.count("❌ FAIL") == 3
    assert found[1] == f"{40_000 - text.count('| row '):,} rows"


@given(st.text(max_size=10), st.integers(0, 5))
def test_no_text_is_too_long(word: str, number: int) -> None:
    long = word * 20_000
    many = tuple(Verdict(long, Outcome.FAIL, long, hint=long) for _ in range(number))
    text = render(Report("x", long, summary=long, facts=((long, long),) * 9, verdicts=many), Surface())
    assert len(text.encode()) <= LARGEST


def test_annotations_are_ten_at_most_worst_first() -> None:
    report = Report("m", "", verdicts=(*verdicts(Outcome.INCONCLUSIVE, 8), *verdicts(Outcome.PASS, 9)))
    assert len(annotations(report).splitlines()) == 8
    more = Report("m", "", verdicts=(*report.verdicts, *verdicts(Outcome.FAIL, 5)))
    lines = annotations(more).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 5 + ["::warning"] * 4 + ["::notice"]
    assert lines[-1].endswith("::4 more, worst first in the summary of the job")
    assert annotations(Report("m", "", verdicts=verdicts(Outcome.PASS, 3))) == ""


@given(st.text(), st.text())
def test_no_text_begins_a_command_of_its_own(name: str, because: str) -> None:
    text = annotations(Report("m", "", verdicts=(Verdict(name, Outcome.FAIL, because),)))
    assert text.count("\n") == 1
    found = re.fullmatch(r"::error title=([^:,\r\n]*)::([^\r\n]*)\n", text)
    assert found is not None
    assert not re.search("%(?!25|0A|0D|3A|2C)", found[1] + found[2])
