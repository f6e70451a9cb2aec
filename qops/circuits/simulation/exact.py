"""Exact distances of two circuits, by simulation."""

import numpy as np

from qops.circuits.measurements import final_measurements, measured_bits
from qops.circuits.simulation.evolution import Course, NotSimulated, run
from qops.circuits.simulation.overlap import Apart, apart, columns, distribution, fidelity
from qops.circuits.simulation.state import State
from qops.model.circuit import Circuit
from qops.model.examination import Exact

_ZERO = np.array([1, 0], complex)


def distances(old: Circuit, new: Circuit) -> Exact:
    """How far two circuits are apart on the input zero.

    Dynamic circuits are followed through all courses of their measurements and resets.

    Args:
        old: a circuit, with numbers for all angles.
        new: another.
    """
    ends = [final_measurements(circuit) for circuit in (old, new)]
    waiting = ends[0].keys() & ends[1].keys()
    try:
        before, after = (run(side, State.of([_ZERO] * side.qubit_count), waiting) for side in (old, new))
    except NotSimulated as reason:
        return Exact(unexamined=str(reason))
    places = [[end[bit] for bit in sorted(waiting)] for end in ends]
    found = _outcomes(old, new, (before, after), places)
    qubits = range(new.qubit_count)
    return Exact(
        qubits=max(old.qubit_count, new.qubit_count),
        fidelity=fidelity(columns(before, (), qubits), columns(after, (), qubits)) if _alike(old, new) else None,
        total_variation=found and found.total_variation,
        hellinger=found and found.hellinger,
        measured=bool(measured_bits(old) or measured_bits(new)),
    )


def _alike(old: Circuit, new: Circuit) -> bool:
    return (old.qubit_count, old.bit_count) == (new.qubit_count, new.bit_count)


def _outcomes(
    old: Circuit, new: Circuit, courses: tuple[list[Course], list[Course]], places: list[list[int]]
) -> Apart | None:
    if not measured_bits(old) and not measured_bits(new):
        if old.qubit_count != new.qubit_count:
            return None
        places = [list(range(old.qubit_count))] * 2
    elif measured_bits(old) != measured_bits(new) or old.bit_count != new.bit_count:
        return None
    return apart(*(distribution(side, chosen) for side, chosen in zip(courses, places, strict=True)))
