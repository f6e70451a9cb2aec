"""A report for a person: calm, aligned, coloured only where colour means something.

Plain ANSI codes and no library: importing one for tables would double the time that `qops status` takes.
"""

from collections.abc import Iterator

from qops.model.report import Line, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.layout import align, fold
from qops.render.surface import Surface
from qops.render.visible import cell_text, visible, width

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_MARKS = {"+": "green", "-": "red", "~": "yellow"}
_OUTCOMES = {Outcome.PASS: "green", Outcome.FAIL: "red", Outcome.INCONCLUSIVE: "yellow"}
_INDENT = "  "
_NARROWEST = 20


def paint(text: str, style: str | None, *, colour: bool) -> str:
    """`text` in a style (`bold`, `dim`, `red`, `green`, `yellow`), or as it is without colour or style."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour and style and text else text


def render(report: Report, surface: Surface) -> str:
    """Title, facts, sections, tables, verdicts, and the summary as the last line, a blank line between them."""
    blocks = [
        _heading(report.title, surface),
        _facts(report, surface),
        *(_section(section, surface) for section in report.sections),
        *(_table(table, surface) for table in report.tables),
        [*_verdicts(report.verdicts, surface)],
        fold(visible(report.summary), surface.width) if report.summary else [],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _heading(title: str, surface: Surface) -> list[str]:
    return [paint(visible(title), "bold", colour=surface.colour)] if title else []


def _facts(report: Report, surface: Surface) -> list[str]:
    if not report.facts:
        return []
    size = max(len(visible(name)) for name, _ in report.facts)
    lines = []
    for name, value in report.facts:
        label = paint(visible(name).ljust(size), "dim", colour=surface.colour)
        first, *rest = fold(cell_text(value), _inside(surface, size + 4))
        lines.append(f"{_INDENT}{label}  {first}")
        lines += [" " * (size + 4) + line for line in rest]
    return lines


def _section(section: Section, surface: Surface) -> list[str]:
    lines = _heading(section.title, surface)
    lines += [_line(line, surface) for line in section.lines]
    for table in section.tables:
        lines += [""] * bool(lines) + _table(table, surface)
    return lines


def _line(line: Line, surface: Surface) -> str:
    text = f"{line.mark} {visible(line.text)}"
    return (_INDENT + paint(text, _MARKS.get(line.mark), colour=surface.colour)).rstrip()


def _table(table: Table, surface: Surface) -> list[str]:
    texts = [[cell_text(cell) for cell in row] for row in (table.columns, *table.rows)]
    right = [column in table.numeric for column in table.columns]
    head, *body = align(texts, right, _inside(surface, len(_INDENT)))
    lines = _heading(table.title, surface)
    lines += [_INDENT + paint(line, "dim", colour=surface.colour) for line in head]
    return lines + [_INDENT + line for row in body for line in row]


def _verdicts(verdicts: tuple[Verdict, ...], surface: Surface) -> Iterator[str]:
    outcomes = max((len(verdict.outcome.name) for verdict in verdicts), default=0)
    names = max((width(visible(verdict.name)) for verdict in verdicts), default=0)
    margin = outcomes + names + 4
    for verdict in verdicts:
        word = paint(verdict.outcome.name, _OUTCOMES[verdict.outcome], colour=surface.colour)
        name = visible(verdict.name)
        head = word + " " * (outcomes - len(verdict.outcome.name) + 2) + name + " " * (names - width(name) + 2)
        first, *rest = fold(visible(verdict.because), _inside(surface, margin))
        yield head + first
        hint = fold(f"hint: {visible(verdict.hint)}", _inside(surface, margin)) if verdict.hint else []
        yield from (" " * margin + line for line in rest)
        yield from (" " * margin + paint(line, "dim", colour=surface.colour) for line in hint)


def _inside(surface: Surface, indent: int) -> int | None:
    """The cells left beside `indent`; a terminal too narrow for that is left to wrap by itself."""
    if surface.width is None or surface.width - indent < _NARROWEST:
        return None
    return surface.width - indent
