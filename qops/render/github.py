"""A report for a job on GitHub: Markdown that fits a job summary, and annotations for the log.

GitHub refuses a summary of more than a mebibyte, shows ten annotations of a kind, and cuts a comment at 64 KB. So the
summary stays below 60 KB, the worst verdicts come first, and what was left out is counted.
"""

from collections.abc import Sequence

import msgspec

from qops.model.report import Cell, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.render import markdown
from qops.render.surface import Surface
from qops.render.visible import visible

LARGEST = 60_000
"""Bytes of a summary."""

MOST_ANNOTATIONS = 10
_LONGEST = 2_000
_WORST_FIRST = {Outcome.FAIL: 0, Outcome.INCONCLUSIVE: 1, Outcome.PASS: 2}
_KINDS = {Outcome.FAIL: "error", Outcome.INCONCLUSIVE: "warning"}
_CUT = "…"


def render(report: Report, surface: Surface, /) -> str:
    """The report as `markdown` has it, verdicts worst first, and as much of it as there is room for."""
    worst_first = sorted(map(_clipped_verdict, report.verdicts), key=lambda verdict: _WORST_FIRST[verdict.outcome])
    whole = msgspec.structs.replace(
        report,
        title=_clipped(report.title),
        summary=_clipped(report.summary),
        facts=tuple((_clipped(name), _clipped_cell(value)) for name, value in report.told),
        asides=(),
        verdicts=tuple(worst_first),
    )
    fits, too_many = 0, _items(whole) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if len(_page(whole, middle, surface).encode()) <= LARGEST:
            fits = middle
        else:
            too_many = middle
    return _page(whole, fits, surface)


def annotations(report: Report) -> str:
    """Workflow commands for the verdicts that do not pass, worst first; a line each, and ten at most.

    >>> print(annotations(Report("diff", "", verdicts=(Verdict("a,b", Outcome.FAIL, "50 % more"),))), end="")
    ::error title=qops diff%3A a%2Cb::50 %25 more
    """
    told = [verdict for outcome in _KINDS for verdict in report.verdicts if verdict.outcome is outcome]
    shown = told if len(told) <= MOST_ANNOTATIONS else told[: MOST_ANNOTATIONS - 1]
    lines = [_command(_KINDS[each.outcome], f"qops {report.command}: {each.name}", each.because) for each in shown]
    if len(told) > len(shown):
        more = f"{len(told) - len(shown):,} more, worst first in the summary of the job"
        lines.append(_command("notice", f"qops {report.command}", more))
    return "".join(f"{line}\n" for line in lines)


def _command(kind: str, title: str, message: str) -> str:
    """One workflow command, which nothing in the user's text can end or begin."""
    named = _escaped(_clipped(visible(title))).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} title={named}::{_escaped(_clipped(visible(message)))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _items(report: Report) -> int:
    """How many parts the report can be cut into, in the order in which they are kept."""
    return (
        len(report.verdicts)
        + len(report.facts)
        + len(report.plots)
        + sum(len(table.rows) for table in report.tables)
        + len(report.sections)
    )


def _page(report: Report, kept: int, surface: Surface) -> str:
    """The first so many items of a report, and how many were left out."""
    verdicts, left = report.verdicts[:kept], max(0, kept - len(report.verdicts))
    facts, left = report.facts[:left], max(0, left - len(report.facts))
    plots, left = report.plots[:left], max(0, left - len(report.plots))
    tables, left = _tables(report.tables, left)
    sections: Sequence[Section] = report.sections[:left]
    part = msgspec.structs.replace(
        report, verdicts=verdicts, facts=facts, plots=plots, tables=tables, sections=tuple(sections)
    )
    missing = [
        (len(report.verdicts) - len(verdicts), "verdict"),
        (len(report.facts) - len(facts), "fact"),
        (len(report.plots) - len(plots), "plot"),
        (_rows(report.tables) - _rows(tables), "row"),
        (len(report.sections) - len(sections), "section"),
    ]
    told = ", ".join(counted(number, noun) for number, noun in missing if number)
    note = f"\n*Cut to fit: {told} not shown; `--format json` has them all.*\n" if told else ""
    return markdown.render(part, surface) + note


def _tables(tables: Sequence[Table], rows: int) -> tuple[tuple[Table, ...], int]:
    """The tables with so many rows in all, and how many are left to give; a table without rows is left out."""
    found = []
    for table in tables:
        if table.rows[:rows] or not table.rows:
            found.append(msgspec.structs.replace(table, rows=table.rows[:rows]))
        rows = max(0, rows - len(table.rows))
    return tuple(found), rows


def _rows(tables: Sequence[Table]) -> int:
    return sum(len(table.rows) for table in tables)


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + _CUT


def _clipped_cell(value: Cell) -> Cell:
    return _clipped(value) if isinstance(value, str) else value


def _clipped_verdict(verdict: Verdict) -> Verdict:
    return msgspec.structs.replace(
        verdict, name=_clipped(verdict.name), because=_clipped(verdict.because), hint=_clipped(verdict.hint)
    )
