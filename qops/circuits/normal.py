"""One spelling for each operation: `ctrl @ x` is `cx`, `inv @ s` is `sdg`, and `cz` does not order its qubits."""

from qops.circuits.arithmetic import combine, to_angle
from qops.circuits.prelude import ALIASES, CONTROLLED, STANDARD, UNLIMITED, Standard
from qops.model.angle import Angle
from qops.model.circuit import Operation

_ADDITIVE = frozenset({"rx", "ry", "rz", "p", "u1", "rzz", "rxx", "ryy", "rzx", "gphase"})


def operation(
    gate: str,
    qubits: tuple[int, ...],
    angles: tuple[Angle, ...] = (),
    modifiers: tuple[str, ...] = (),
    *,
    users: bool = False,
) -> Operation:
    """A gate applied to qubits, in normal form.

    Args:
        gate: any spelling of a standard gate, `gphase`, or the key of a user's gate.
        qubits: the operands as written, those of the outermost control first.
        angles: the gate's angles in radians.
        modifiers: outermost first: `ctrl:PATTERN` (1 closed, 0 open), `inv`, `pow:NUMBER`.
        users: `gate` is the key of a user's gate, whatever a standard gate of that name does.
    """
    if not users:
        gate = ALIASES.get(gate, gate)
        if gate == "mcx" and not modifiers:
            gate = CONTROLLED.get(("x", len(qubits) - 1), gate)
    if not modifiers:
        return Operation(gate, qubits if users else exchange(gate, qubits), angles)
    if not users:
        gate, modifiers = _uncontrolled(gate, modifiers, len(qubits))
    pattern, rest = "", []
    for modifier in modifiers:
        if modifier.startswith("ctrl:"):
            pattern += modifier[5:]
        else:
            rest.append(modifier)
    gate, angles, left = _absorb(gate, angles, rest, users=users)
    return _controlled(gate, angles, left, pattern, qubits, users=users)


def exchange(gate: str, qubits: tuple[int, ...]) -> tuple[int, ...]:
    """Operands of a standard gate, those without an order in ascending order.

    >>> exchange("cz", (3, 1)), exchange("cx", (3, 1))
    ((1, 3), (3, 1))
    """
    known = STANDARD.get(gate)
    if known is None:
        return qubits
    if known.qubits == UNLIMITED:
        return (*sorted(qubits[:-1]), qubits[-1])
    return arrange(known, qubits) if known.exchangeable else qubits


def arrange(known: Standard, qubits: tuple[int, ...]) -> tuple[int, ...]:
    """Operands with the exchangeable positions of `known` in ascending order."""
    ordered = list(qubits)
    places = known.exchangeable
    for place, qubit in zip(places, sorted(qubits[place] for place in places), strict=True):
        ordered[place] = qubit
    return tuple(ordered)


def _uncontrolled(gate: str, modifiers: tuple[str, ...], width: int) -> tuple[str, tuple[str, ...]]:
    """A controlled standard gate as its base gate under more controls, where there are controls outside."""
    outside = sum(len(modifier) - 5 for modifier in modifiers if modifier.startswith("ctrl:"))
    known = STANDARD.get(gate)
    if known is None or known.base is None:
        return gate, modifiers
    controls = known.controls if known.controls != UNLIMITED else width - outside - 1
    return known.base, (*modifiers, "ctrl:" + "1" * controls)


def _absorb(
    gate: str, angles: tuple[Angle, ...], modifiers: list[str], *, users: bool
) -> tuple[str, tuple[Angle, ...], list[str]]:
    """Work inverses and powers into the gate where that is exact, innermost first."""
    left: list[str] = []
    for modifier in reversed(modifiers):
        power = -1.0 if modifier == "inv" else float(modifier[4:])
        done = None if users or left else _raised(gate, angles, power)
        if power == 1.0:
            continue
        if done is not None:
            gate, angles = done
        elif power == -1.0 and left[-1:] == ["inv"]:
            left.pop()
        else:
            left.append("inv" if power == -1.0 else modifier)
    return gate, angles, left[::-1]


def _raised(gate: str, angles: tuple[Angle, ...], power: float) -> tuple[str, tuple[Angle, ...]] | None:
    if gate in _ADDITIVE:
        raised = combine("neg", angles, 0) if power == -1.0 else combine("*", (power, *angles), 0)
        return gate, (to_angle(raised, 0),)
    if power != -1.0:
        return None
    if gate in ("u", "u3"):
        theta, phi, lam = (to_angle(combine("neg", (angle,), 0), 0) for angle in angles)
        return gate, (theta, lam, phi)
    known = STANDARD.get(gate)
    if known is None or known.inverse is None:
        return None
    if known.inverse == "-":
        return gate, tuple(to_angle(combine("neg", (angle,), 0), 0) for angle in angles)
    return known.inverse, angles


def _controlled(
    gate: str, angles: tuple[Angle, ...], left: list[str], pattern: str, qubits: tuple[int, ...], *, users: bool
) -> Operation:
    if gate == "gphase" and pattern.endswith("1") and not left:
        gate, pattern = "p", pattern[:-1]
    closed = "0" not in pattern
    if not users and not left and closed:
        if gate == "x" and len(pattern) > 2:
            return Operation("mcx", exchange("mcx", qubits), angles)
        if gate == "u" and len(pattern) == 1:
            return Operation("cu", qubits, (*angles, 0.0))
        named = CONTROLLED.get((gate, len(pattern))) if pattern else gate
        if named is not None:
            return Operation(named, exchange(named, qubits), angles)
    controls = sorted(zip(pattern, qubits[: len(pattern)], strict=True), key=lambda pair: (pair[0] == "0", pair[1]))
    target = qubits[len(pattern) :]
    operands = (*(qubit for _, qubit in controls), *(target if users else exchange(gate, target)))
    ordered = "".join(state for state, _ in controls)
    modifiers = (*([f"ctrl:{ordered}"] if ordered else []), *left)
    return Operation(gate, operands, angles, modifiers=tuple(modifiers))
