"""The edit script as rows of text: what changed, where, and by how much."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from qops.circuits import places
from qops.circuits.comparison import Comparison
from qops.circuits.edit import Entry, Placed, Script
from qops.circuits.order import lexicographic
from qops.circuits.periods import Periods
from qops.circuits.places import Lines
from qops.diff.judge import Move, moves
from qops.diff.numbers import radians, signed
from qops.diff.wording import Wording, numbers, numbers_moved
from qops.model.circuit import Circuit, GateDefinition, Operation, Switch
from qops.model.report import Line

_WIDEST = 32


class Row(msgspec.Struct, frozen=True):
    """One line of a script; `line` counts the lines of the canonical text, and `edits` the edits that it tells."""

    mark: str
    what: str
    where: str = ""
    tail: str = ""
    line: int | None = None
    indent: int = 0
    edits: int = 1


def rows(comparison: Comparison, old: Circuit, new: Circuit) -> Iterator[Row]:
    """The frame, then the bodies of gates, then the operations."""
    for edit in comparison.frame:
        mark = "+" if edit.old is None else "-" if edit.new is None else "~"
        yield Row(mark, edit.what, " → ".join(text for text in (edit.old, edit.new) if text is not None))
    told = _Script(Periods(new.gates), comparison.terms.parameters)
    for gate in comparison.gates:
        yield Row(" ", f"gate {gate.new.name}", edits=0)
        sides = _Side(_body(gate.old, old), None), _Side(_body(gate.new, new), None)
        yield from told.rows(gate.body, *sides, 1)
    if comparison.operations:
        sides = _Side(Wording.of(old), places.lines(old)), _Side(Wording.of(new), places.lines(new))
        yield from told.rows(comparison.operations, *sides, 0)


def aligned(rows: Sequence[Row]) -> tuple[Line, ...]:
    """The rows as lines in columns: line number, operation, wires, numbers."""
    size = max((len(str(row.line)) for row in rows if row.line), default=0)
    what = max((len(_indented(row)) for row in rows if row.where and len(_indented(row)) <= _WIDEST), default=0)
    where = max((len(row.where) for row in rows if row.tail and len(row.where) <= _WIDEST), default=0)
    return tuple(Line(_text(row, size, what, where), row.mark) for row in rows)


def _text(row: Row, size: int, what: int, where: int) -> str:
    number = f"{row.line or '':>{size}}  " if size else ""
    return f"{number}{_indented(row):<{what}}  {row.where:<{where}}  {row.tail}".rstrip()


def _indented(row: Row) -> str:
    return "  " * row.indent + row.what


def _body(gate: GateDefinition, circuit: Circuit) -> Wording:
    return Wording(list(gate.qubits), (), circuit.gates)


class _Side(msgspec.Struct, frozen=True):
    """One circuit, gate body or block: how its wires are called, and on which lines it stands."""

    wording: Wording
    lines: Lines | None

    def line(self, placed: Placed) -> int | None:
        return self.lines.first[placed.position] if self.lines else None

    def inside(self, position: int, operation: Operation) -> "tuple[_Side, ...]":
        if self.lines is None:
            return tuple(self for _ in operation.blocks())
        return tuple(_Side(self.wording, lines) for lines in self.lines.inside(position, operation))


class _Script:
    """Tells scripts; knows the periods of the new circuit and how its parameters were called."""

    def __init__(self, periods: Periods, renamed: Mapping[str, str]) -> None:
        self._periods = periods
        self._renamed = renamed

    def rows(self, script: Script, old: _Side, new: _Side, indent: int) -> Iterator[Row]:
        for entry in script:
            if entry.old is not None and entry.new is not None:
                yield from self._changed(entry, entry.old, entry.new, old, new, indent)
            elif entry.old is not None:
                yield from _whole("-", entry.old, old, indent)
            elif entry.new is not None:
                yield from _whole("+", entry.new, new, indent)

    def _changed(
        self, entry: Entry, before: Placed, after: Placed, old: _Side, new: _Side, indent: int
    ) -> Iterator[Row]:
        line, mark = new.line(after), "~" if entry.heads else " "
        what_old, what_new = old.wording.gate(before.operation), new.wording.gate(after.operation)
        if entry.inside:
            what = what_new if what_old == what_new else f"{what_old} → {what_new}"
            yield Row(mark, what, line=line, indent=indent, edits=int(entry.heads))
        else:
            tail = numbers_moved(before.operation, after.operation)
            tail += _deltas(moves(entry, self._periods, self._renamed))
            yield Row(mark, what_new, new.wording.wires(after.operation), tail, line, indent)
        blocks = zip(
            entry.inside,
            old.inside(before.position, before.operation),
            new.inside(after.position, after.operation),
            _labels(after.operation),
            strict=False,
        )
        for script, block_old, block_new, label in blocks:
            if script and label:
                yield Row(" ", label, indent=indent, edits=0)
            yield from self.rows(script, block_old, block_new, indent + 1)


def _whole(mark: str, placed: Placed, side: _Side, indent: int) -> Iterator[Row]:
    """An operation that came or went, with all that is inside it."""
    operation = placed.operation
    what = side.wording.gate(operation) + numbers(operation)
    yield Row(mark, what, side.wording.wires(operation), line=side.line(placed), indent=indent)
    blocks = zip(operation.blocks(), side.inside(placed.position, operation), _labels(operation), strict=True)
    for block, inside, label in blocks:
        if block and label:
            yield Row(mark, label, indent=indent, edits=0)
        for position, held in enumerate(lexicographic(block)):
            for row in _whole(mark, Placed(held, position, ()), inside, indent + 1):
                yield msgspec.structs.replace(row, edits=0)


def _labels(operation: Operation) -> tuple[str, ...]:
    """What stands above each block of control flow, nothing above the first of most."""
    if isinstance(operation.detail, Switch):
        return tuple(f"case {', '.join(map(str, c.values))}" if c.values else "default" for c in operation.detail.cases)
    return ("", "else")[: len(operation.blocks())]


def _deltas(found: Sequence[Move]) -> str:
    """The differences in brackets; one that is a whole period less than the numbers show says so."""
    if not found or any(move.difference is None for move in found):
        return ""
    told = ", ".join(signed(move.difference or 0.0) + _modulo(move) for move in found)
    return f"  (Δ {told})"


def _modulo(move: Move) -> str:
    if move.period is None or move.difference is None or not isinstance(move.old, float):
        return ""
    plain = isinstance(move.new, float) and abs(move.new - move.old) <= move.period / 2
    return "" if plain else f" mod {radians(move.period)}"
