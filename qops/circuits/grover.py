"""Grover iterations of a circuit and its pass rule, and the circuit with its inverse, as circuits.

With A the gates of the circuit and S the sign of the outcomes that pass, one iteration is A S₀ A† S, up to a sign
[1]_, S₀ the sign of the state zero. After k of them the circuit passes with sin²((2k + 1)θ), where sin²θ is how often
it passes as it is.

References:
    [1] G. Brassard, P. Høyer, M. Mosca and A. Tapp, Quantum amplitude amplification and estimation, Contemporary
        Mathematics 305 (2002) 53-74.
"""

from collections.abc import Sequence
from itertools import combinations

import msgspec

from qops.circuits.measurements import final_measurements
from qops.model.circuit import Circuit, Operation

_SILENT = {"barrier", "delay"}


class NotInvertibleError(Exception):
    """The circuit has no inverse, or its rule no sign; the message says why."""


def powered(circuit: Circuit, patterns: Sequence[str], iterations: int) -> Circuit:
    """The circuit after so many Grover iterations, measured as before.

    Args:
        circuit: gates with numbers for all angles, then measurements of all its bits.
        patterns: the outcomes that pass, bit 0 at the right, `*` for either; no outcome matches two of them.
        iterations: k.

    Raises:
        NotInvertibleError: something but gates comes before the measurements, or two patterns overlap.
    """
    gates, measurements, ends = _parts(circuit)
    for one, other in combinations(patterns, 2):
        if all("*" in pair or pair[0] == pair[1] for pair in zip(one, other, strict=True)):
            raise NotInvertibleError(f"the outcomes `{one}` and `{other}` overlap")
    signs = tuple(op for pattern in patterns for op in _sign(_fixed(pattern, ends)))
    zero = _sign(dict.fromkeys(range(circuit.qubit_count), "0"))
    step = (*signs, *_back(gates), *zero, *gates)
    return msgspec.structs.replace(circuit, operations=(*gates, *(step * iterations), *measurements))


def mirrored(circuit: Circuit) -> Circuit:
    """The circuit and its inverse, measured as before: it gives zeros alone, and makes two calls.

    A barrier between them keeps a compiler from taking both out. Errors that the way back undoes, as of an angle that
    is always too large, do not show.

    Raises:
        NotInvertibleError: something but gates comes before the measurements.
    """
    gates, measurements, _ = _parts(circuit)
    turn = Operation("barrier", tuple(range(circuit.qubit_count)))
    return msgspec.structs.replace(circuit, operations=(*gates, turn, *_back(gates), *measurements))


def _parts(circuit: Circuit) -> tuple[tuple[Operation, ...], tuple[Operation, ...], dict[int, int]]:
    """The gates, the measurements after them, and the qubit that each bit is of."""
    ends = final_measurements(circuit)
    gates = tuple([op for op in circuit.operations if op.gate not in (*_SILENT, "measure")])
    measurements = tuple([op for op in circuit.operations if op.gate == "measure"])
    if any(op.bits or op.detail is not None or op.gate == "reset" for op in gates):
        raise NotInvertibleError("it holds resets or control flow")
    if len(measurements) != len(ends) or len(ends) < circuit.bit_count:
        raise NotInvertibleError("it measures before its end, or not all of its bits")
    return gates, measurements, ends


def _back(gates: Sequence[Operation]) -> tuple[Operation, ...]:
    return tuple([_inverse(op) for op in reversed(gates)])


def _fixed(pattern: str, ends: dict[int, int]) -> dict[int, str]:
    """The qubits that a pattern fixes, and what it fixes them to."""
    return {ends[bit]: value for bit, value in enumerate(reversed(pattern)) if value != "*"}


def _sign(fixed: dict[int, str]) -> tuple[Operation, ...]:
    """Gates that turn the sign of the states in which qubits have these values."""
    if not fixed:
        return ()
    *controls, target = sorted(fixed)
    modifiers = (f"ctrl:{''.join(fixed[qubit] for qubit in controls)}",) if controls else ()
    sign = Operation("z", (*controls, target), modifiers=modifiers)
    flip = Operation("x", (target,))
    return (sign,) if fixed[target] == "1" else (flip, sign, flip)


def _inverse(operation: Operation) -> Operation:
    return msgspec.structs.replace(operation, modifiers=("inv", *operation.modifiers))
