"""A report to be opened in a browser, sent or printed: one file, without a script, and with nothing to load.

A policy in the page forbids what it does not need, so that not even a mistake of ours could run something.
"""

from collections.abc import Iterator, Sequence
from html import escape

from qops.model.report import Cell, Line, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.figure import svg
from qops.render.surface import Surface
from qops.render.visible import cell_text, visible

_STYLE = """\
:root { color-scheme: light dark; --line: #8885; --pass: #1a7f37; --fail: #cf222e; --inconclusive: #9a6700 }
@media (prefers-color-scheme: dark) { :root { --pass: #57ab5a; --fail: #f47067; --inconclusive: #d4a72c } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 }
caption { text-align: left; font-weight: bold; padding: .3rem 0 }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem; border-bottom: 1px solid var(--line) }
th { font-weight: normal; opacity: .7 }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td { overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0 }
.pass, .added { color: var(--pass) }
.fail, .removed { color: var(--fail) }
.inconclusive, .changed { color: var(--inconclusive) }
.hint { opacity: .7 }
@media print {
  body { font-size: 11px; margin: 0; max-width: none }
  tr, summary { break-inside: avoid }
  thead { display: table-header-group }
}"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NUMBER = ' class="number"'
_WORST_FIRST = {Outcome.FAIL: 0, Outcome.INCONCLUSIVE: 1, Outcome.PASS: 2}
_MARKS = {"+": "added", "-": "removed", "~": "changed", "?": "changed"}


def render(report: Report, _surface: Surface, /) -> str:
    """A whole document."""
    title = _text(report.title) or f"qops {_text(report.command)}"
    head = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}\n</style>",
        *([f"<style>\n{svg.STYLE}\n</style>"] if _has_plots(report) else []),
        f"<h1>{title}</h1>",
    ]
    body = [
        *([f"<p><strong>{_text(report.summary)}</strong></p>"] if report.summary else []),
        *(_verdicts(report.verdicts) if report.verdicts else []),
        *(_facts(report.told) if report.told else []),
        *map(_plot, report.plots),
        *(line for table in report.tables for line in _table(table)),
        *(line for section in report.sections for line in _section(section)),
    ]
    return "\n".join((*head, *body, "</html>")) + "\n"


def _text(text: str) -> str:
    return escape(visible(text))


def _verdicts(verdicts: Sequence[Verdict]) -> Iterator[str]:
    yield "<table>\n<thead><tr><th>verdict</th><th>about</th><th>because</th></tr></thead>\n<tbody>"
    for verdict in sorted(verdicts, key=lambda each: _WORST_FIRST[each.outcome]):
        hint = f'<br><span class="hint">{_text(verdict.hint)}</span>' if verdict.hint else ""
        outcome = f'<td class="{verdict.outcome.value}">{verdict.outcome.name}</td>'
        yield f"<tr>{outcome}<td>{_text(verdict.name)}</td><td>{_text(verdict.because)}{hint}</td></tr>"
    yield "</tbody>\n</table>"


def _facts(facts: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    yield "<table>\n<tbody>"
    yield from (f'<tr><th scope="row">{_text(name)}</th>{_cell(value, number=False)}</tr>' for name, value in facts)
    yield "</tbody>\n</table>"


def _table(table: Table) -> Iterator[str]:
    numbers = [column in table.numeric for column in table.columns]
    yield "<table>"
    if table.title:
        yield f"<caption>{_text(table.title)}</caption>"
    named = zip(table.columns, numbers, strict=True)
    head = "".join(f"<th{_NUMBER if number else ''}>{_text(name)}</th>" for name, number in named)
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = zip(row, numbers, strict=True)
        yield f"<tr>{''.join(_cell(value, number=number) for value, number in cells)}</tr>"
    yield "</tbody>\n</table>"


def _cell(value: Cell, *, number: bool) -> str:
    return f"<td{_NUMBER if number else ''}>{escape(cell_text(value))}</td>"


def _section(section: Section) -> Iterator[str]:
    yield "<details open>"
    if section.title:
        yield f"<summary>{_text(section.title)}</summary>"
    if section.lines:
        yield f"<pre>{chr(10).join(map(_line, section.lines))}</pre>"
    yield from map(_plot, section.plots)
    for table in section.tables:
        yield from _table(table)
    yield "</details>"


def _has_plots(report: Report) -> bool:
    return bool(report.plots) or any(section.plots for section in report.sections)


def _plot(plot: Plot) -> str:
    return f"<figure>{svg.inline(plot)}</figure>"


def _line(line: Line) -> str:
    text = f"{_text(line.mark)} {_text(line.text)}".rstrip()
    return f'<span class="{_MARKS[line.mark]}">{text}</span>' if line.mark in _MARKS else text
