"""What lies between two circuits: an edit script of their operations, of the bodies of their gates, and of their frame.

Applied to the old circuit it gives the new one, digest for digest; inverted it leads back.
"""

from collections.abc import Iterator

import msgspec

from qops.circuits import expressions, patch
from qops.circuits.edit import Script, inverse, script
from qops.circuits.terms import Terms, between
from qops.model.angle import rename
from qops.model.circuit import Circuit, GateDefinition, Register


class FrameEdit(msgspec.Struct, frozen=True):
    """A name or another part of the frame that changed; None is for absent.

    `what` is `qubits`, `bits`, `parameter`, `gate`, `global phase`, `annotation …` or `sealed`.
    """

    what: str
    old: str | None
    new: str | None


class GateEdit(msgspec.Struct, frozen=True):
    """A user's gate whose body changed: its two definitions and the script between the bodies."""

    old: GateDefinition
    new: GateDefinition
    body: Script


class Comparison(msgspec.Struct, frozen=True):
    """All that lies between two circuits; `old` and `new` are the circuits without their operations."""

    old: Circuit
    new: Circuit
    terms: Terms
    frame: tuple[FrameEdit, ...]
    gates: tuple[GateEdit, ...]
    operations: Script

    @property
    def scripts(self) -> tuple[Script, ...]:
        """The script of the operations, and those of the gates' bodies."""
        return (self.operations, *(edit.body for edit in self.gates))


def compare(old: Circuit, new: Circuit, *, numbers_only: bool = False) -> Comparison:
    """What leads from `old` to `new`; `numbers_only` where their skeletons are known to be equal."""
    terms = between(old, new)
    back = None if terms.plain else terms.inverse().say
    return Comparison(
        old=msgspec.structs.replace(old, operations=()),
        new=msgspec.structs.replace(new, operations=()),
        terms=terms,
        frame=(*_registers(old, new), *_names(old, new, terms), *_rest(old, new, terms)),
        gates=tuple(_gate_edits(old, new, terms)),
        operations=script(old.operations, new.operations, back, numbers_only=numbers_only),
    )


def apply(comparison: Comparison, old: Circuit) -> Circuit:
    """The new circuit, its operations in canonical order.

    Raises:
        ValueError: where the comparison was made for another circuit.
    """
    forward = None if comparison.terms.plain else comparison.terms.say
    operations = patch.apply(comparison.operations, old.operations, forward)
    return msgspec.structs.replace(comparison.new, operations=tuple(operations))


def inverted(comparison: Comparison) -> Comparison:
    """The comparison that leads back."""
    return Comparison(
        old=comparison.new,
        new=comparison.old,
        terms=comparison.terms.inverse(),
        frame=tuple(FrameEdit(edit.what, edit.new, edit.old) for edit in comparison.frame),
        gates=tuple(GateEdit(edit.new, edit.old, inverse(edit.body)) for edit in comparison.gates),
        operations=inverse(comparison.operations),
    )


def _registers(old: Circuit, new: Circuit) -> Iterator[FrameEdit]:
    yield from _wires("qubits", old.qubits, new.qubits)
    yield from _wires("bits", old.bits, new.bits)


def _wires(what: str, old: tuple[Register, ...], new: tuple[Register, ...]) -> Iterator[FrameEdit]:
    """Registers by name, and by place among those of equal sizes."""
    if [register.size for register in old] == [register.size for register in new]:
        yield from (FrameEdit(what, _spell(a), _spell(b)) for a, b in zip(old, new, strict=True) if a != b)
        return
    sizes_old, sizes_new = ({r.name: _spell(r) for r in registers} for registers in (old, new))
    for name in {**sizes_old, **sizes_new}:
        if sizes_old.get(name) != sizes_new.get(name):
            yield FrameEdit(what, sizes_old.get(name), sizes_new.get(name))
    shared_old, shared_new = [n for n in sizes_old if n in sizes_new], [n for n in sizes_new if n in sizes_old]
    if shared_old != shared_new:
        yield FrameEdit(what, ", ".join(shared_old), ", ".join(shared_new))


def _spell(register: Register) -> str:
    return f"{register.name}[{register.size}]"


def _names(old: Circuit, new: Circuit, terms: Terms) -> Iterator[FrameEdit]:
    yield from _pairs(
        "parameter",
        {name: name for name in old.parameters},
        {name: name for name in new.parameters},
        terms.parameters,
    )
    yield from _pairs(
        "gate",
        {key: _signature(gate) for key, gate in old.gates.items()},
        {key: _signature(gate) for key, gate in new.gates.items()},
        terms.gates,
    )


def _pairs(what: str, old: dict[str, str], new: dict[str, str], same: dict[str, str]) -> Iterator[FrameEdit]:
    kept = {before: after for before, after in same.items() if before in old and after in new}
    for key, text in old.items():
        after = new[kept[key]] if key in kept else None
        if text != after:
            yield FrameEdit(what, text, after)
    yield from (FrameEdit(what, None, text) for key, text in new.items() if key not in kept.values())


def _signature(gate: GateDefinition) -> str:
    parameters = f"({', '.join(gate.parameters)})" if gate.parameters else ""
    return f"{'opaque ' if gate.body is None else ''}{gate.name}{parameters} {', '.join(gate.qubits)}"


def _rest(old: Circuit, new: Circuit, terms: Terms) -> Iterator[FrameEdit]:
    if rename(old.phase, lambda name: terms.parameters.get(name, name)) != new.phase:
        yield FrameEdit("global phase", expressions.text(old.phase), expressions.text(new.phase))
    notes_old, notes_new = dict(old.annotations), dict(new.annotations)
    for key in sorted({*notes_old, *notes_new}):
        if notes_old.get(key) != notes_new.get(key):
            yield FrameEdit(f"annotation {key}", notes_old.get(key), notes_new.get(key))
    if old.sealed != new.sealed:
        yield FrameEdit("sealed", "; ".join(old.sealed) or None, "; ".join(new.sealed) or None)


def _gate_edits(old: Circuit, new: Circuit, terms: Terms) -> Iterator[GateEdit]:
    for key, before in old.gates.items():
        after = new.gates.get(terms.gates.get(key, ""))
        if after is None or before == after:
            continue
        formal = dict(zip(after.parameters, before.parameters, strict=False))
        qubits = {qubit: qubit for qubit in range(len(after.qubits))}
        back = msgspec.structs.replace(terms.inverse(), parameters=formal, qubits=qubits, bits={})
        body = script(before.body or (), after.body or (), back.say)
        if body:
            yield GateEdit(before, after, body)
