"""A report for a pull request: GitHub-flavoured Markdown, with the user's text as text and never as markup."""

import html
import re
from collections.abc import Sequence

from qops.model.report import Cell, Line, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.figure import text as drawn
from qops.render.surface import Surface
from qops.render.visible import cell_text, visible

_SYMBOLS = {Outcome.PASS: "✅", Outcome.FAIL: "❌", Outcome.INCONCLUSIVE: "⚠️"}
_MARKS = {"~": "!"}  # the mark that a `diff` block colours as changed
_PUNCTUATION = re.compile(r"[\\`*_\[\]|~<>&]|^[#+-]")
_MENTION = re.compile(r"([@#](?=\w)|:(?=[a-z]\w*:))")  # @person, #12, :emoji:


def render(report: Report, _surface: Surface, /) -> str:
    """Heading, summary, verdicts, facts, plots, tables, and each section folded away under its title."""
    blocks = [
        f"### {escape(report.title)}" if report.title else "",
        f"**{escape(report.summary)}**" if report.summary else "",
        _verdicts(report.verdicts),
        "\n".join(f"- {escape(name)}: {_cell(value)}" for name, value in report.told),
        *(_plot(plot) for plot in report.plots),
        *(_table(table) for table in report.tables),
        *(_section(section) for section in report.sections),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    r"""`text` so that Markdown shows it as it is: no markup, no HTML, no mention, no issue link, no emoji.

    >>> escape("rx(w[i]) | <b> `x`")
    'rx(w\\[i\\]) \\| &lt;b&gt; \\`x\\`'
    """
    escaped = _PUNCTUATION.sub(lambda found: _entity(found.group()), visible(text))
    return _MENTION.sub(r"\1&#8203;", escaped)


def _html(text: str) -> str:
    return _MENTION.sub(r"\1&#8203;", html.escape(visible(text), quote=False))


def _entity(letter: str) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(letter, f"\\{letter}")


def _cell(value: Cell) -> str:
    return escape(cell_text(value))


def _verdicts(verdicts: tuple[Verdict, ...]) -> str:
    if not verdicts:
        return ""
    rows = [
        (
            f"{_SYMBOLS[verdict.outcome]} {verdict.outcome.name}",
            escape(verdict.name),
            escape(verdict.because) + (f"<br>*{escape(verdict.hint)}*" if verdict.hint else ""),
        )
        for verdict in verdicts
    ]
    return _pipes(("verdict", "about", "because"), rows, (False, False, False))


def _table(table: Table) -> str:
    rows = [tuple(_cell(value) for value in row) for row in table.rows]
    right = tuple(column in table.numeric for column in table.columns)
    grid = _pipes(tuple(escape(column) for column in table.columns), rows, right)
    return f"**{escape(table.title)}**\n\n{grid}" if table.title else grid


def _pipes(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], right: tuple[bool, ...]) -> str:
    rule = ["---:" if flush_right else ":---" for flush_right in right]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))


def _section(section: Section) -> str:
    parts = (_lines(section.lines), *map(_plot, section.plots), *map(_table, section.tables))
    body = [block for block in parts if block]
    if section.title:
        body = [f"<details><summary>{_html(section.title)}</summary>", *body, "</details>"]
    return "\n\n".join(body)


def _plot(plot: Plot) -> str:
    return _fence("text", "\n".join(drawn.typed(row) for row in drawn.rows(plot)))


def _lines(lines: tuple[Line, ...]) -> str:
    text = "\n".join(f"{_MARKS.get(line.mark, line.mark)} {visible(line.text)}".rstrip() for line in lines)
    return _fence("diff", text) if lines else ""


def _fence(language: str, text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"
