"""Operands of a statement: registers, single wires, ranges and sets of them."""

from qops.circuits.arithmetic import expression
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope, Wires
from qops.model.angle import Expression, Symbol
from qops.model.spelling import did_you_mean


class Index:
    """Reads indices of registers."""

    def __init__(self, version: int) -> None:
        self._version = version

    def read(self, cursor: Cursor, wires: tuple[int, ...], name: str, scope: Scope) -> tuple[tuple[int, ...], bool]:
        """Read `[…]` and choose from `wires`."""
        cursor.expect("[")
        if cursor.accept("{"):
            chosen = [self._one(cursor, wires, name, scope)]
            while cursor.accept(","):
                chosen.append(self._one(cursor, wires, name, scope))
            cursor.expect("}")
            cursor.expect("]")
            return tuple(chosen), False
        return self._range(cursor, wires, name, scope)

    def _range(self, cursor: Cursor, wires: tuple[int, ...], name: str, scope: Scope) -> tuple[tuple[int, ...], bool]:
        parts: list[int | None] = []
        offset = cursor.start
        while True:
            parts.append(None if cursor.at(":") or cursor.at("]") else self.integer(cursor, scope))
            if not cursor.accept(":"):
                break
        cursor.expect("]")
        if len(parts) == 1:
            return (self._at(parts[0], wires, name, offset),), True
        if len(parts) > 3:
            raise Fault("a range has at most three parts", offset)
        start, stop = parts[0], parts[-1]
        step = parts[1] if len(parts) == 3 else 1
        if not step:
            raise Fault("the step of a range cannot be zero", offset)
        for bound in (start, stop):
            if bound is not None:
                self._at(bound, wires, name, offset)
        size = len(wires)
        first = (0 if step > 0 else size - 1) if start is None else start % size
        last = (size - 1 if step > 0 else 0) if stop is None else stop % size
        return tuple(wires[i] for i in range(first, last + (1 if step > 0 else -1), step)), False

    def _one(self, cursor: Cursor, wires: tuple[int, ...], name: str, scope: Scope) -> int:
        offset = cursor.start
        return self._at(self.integer(cursor, scope), wires, name, offset)

    def _at(self, place: int | None, wires: tuple[int, ...], name: str, offset: int) -> int:
        size = len(wires)
        if place is None or not (-size if self._version == 3 else 0) <= place < size:
            raise Fault(f"`{name}` has {size} wires; there is no `{name}[{place}]`", offset)
        return wires[place]

    def integer(self, cursor: Cursor, scope: Scope) -> int:
        """Read a constant integer."""
        offset = cursor.start
        value = expression(cursor, scope.lookup, version=self._version)
        if isinstance(value, Symbol | Expression):
            raise Uncovered("an index that is not constant", offset)
        if not isinstance(value, int):
            raise Fault("a constant integer is needed here", offset)
        return value


def operand(cursor: Cursor, wires: Wires, scope: Scope, index: Index) -> tuple[tuple[int, ...], bool]:
    """Read `q`, `q[0]`, `q[1:2]`, `q[{0, 2}]` or an alias: the wires, and whether it names one wire alone."""
    offset = cursor.start
    name = cursor.name(f"a {wires.kind}")
    if name not in wires.named:
        other = scope.bits if wires is scope.qubits else scope.qubits
        if name in other.named:
            raise Fault(f"`{name}` is a {other.kind} register; a {wires.kind} is needed here", offset)
        raise Fault(f"no {wires.kind} is called `{name}`", offset, did_you_mean(name, wires.named))
    chosen, alone = wires.named[name], name in wires.lone
    while cursor.at("["):
        if alone:
            raise Fault(f"`{name}` is a single {wires.kind} and has no index", cursor.start)
        chosen, alone = index.read(cursor, chosen, name, scope)
    return chosen, alone
