"""The tables of a diff: how many operations of each kind, and the values of parameters."""

from collections.abc import Iterator

from qops.diff.numbers import plain, radians, signed
from qops.diff.values import Values
from qops.diff.versions import Version
from qops.model.report import Cell, Table
from qops.model.snapshot import Sizes

_WIRES = ("qubits", "bits")


def counts(old: Version | None, new: Version | None) -> Iterator[Table]:
    """What the circuit is made of, before and after; nothing where it is made of the same."""
    if old is None or new is None or old.record is None or new.record is None:
        return
    before, after = old.record.sizes, new.record.sizes
    if before == after:
        return
    left, right = _measures(before), _measures(after)
    told = [name for name in left if left[name] != right[name] or (left[name] and name not in _WIRES)]
    table = [(name, left[name], right[name], _change(left[name], right[name])) for name in told]
    for gate in sorted({*before.gates, *after.gates}):
        old_count, new_count = before.gates.get(gate, 0), after.gates.get(gate, 0)
        if old_count != new_count:
            table.append((f"  {gate}", old_count, new_count, _change(old_count, new_count)))
    yield Table("", ("counts", "old", "new", "Δ"), tuple(table), numeric=("old", "new", "Δ"))


def _measures(size: Sizes) -> dict[str, int]:
    return {
        "qubits": size.qubits,
        "bits": size.bits,
        "operations": size.operations,
        "depth": size.depth,
        "two-qubit gates": size.two_qubit,
        "T gates": size.t_count,
    }


def _change(old: int, new: int) -> str:
    return f"{new - old:+,}" if new != old else ""


def parameters(values: Values | None, limit: int) -> Iterator[Table]:
    """The values that changed in the last binding, at most `limit` of them."""
    if values is not None and values.changed:
        columns = ("value", "old", "new", "Δ", "period")
        yield Table(_title(values, limit), columns, tuple(_rows(values, limit)), numeric=columns[1:])


def _title(values: Values, limit: int) -> str:
    told = ["values of the last binding"] if values.bindings.old > 1 or values.bindings.new > 1 else []
    if len(values.changed) > limit:
        told.append(f"the first {limit} of {len(values.changed):,} that moved")
    if values.unchanged:
        told.append(f"{values.unchanged:,} more are unchanged")
    return ", ".join(told)


def _rows(values: Values, limit: int) -> Iterator[tuple[Cell, ...]]:
    for value in values.changed[:limit]:
        yield (
            value.name,
            None if value.old is None else plain(value.old),
            None if value.new is None else plain(value.new),
            None if value.difference is None else signed(value.difference),
            None if value.period is None else radians(value.period),
        )
