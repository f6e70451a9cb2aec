"""Where there is room for test points: qubits that a circuit leaves idle, and for how long.

A qubit that the circuit never touches is idle from beginning to end; one that it does, before its first operation may
have to begin, and after it was measured for the last time.
"""

from collections.abc import Iterator

import msgspec

from qops.circuits.success import Costs
from qops.drift.points.coupling import distances
from qops.drift.points.schedule import Schedule
from qops.model.circuit import Circuit, Operation
from qops.model.target import Target

OUTSIDE, BEFORE, AFTER = "outside", "before", "after"


class Site(msgspec.Struct, frozen=True):
    """An idle time of a qubit: `when` it is, how many seconds, and how many couplings to the nearest qubit in use."""

    qubit: int
    when: str
    room_s: float
    distance: int


def sites(circuit: Circuit, plan: Schedule, target: Target, known: Costs, distance: int) -> list[Site]:
    """All sites that are far enough from the qubits in use, the nearest first."""
    used = {qubit for each in circuit.operations if each.gate != "barrier" for qubit in each.qubits}
    found = [site for site in _candidates(circuit, plan, target, used) if site.distance >= distance]
    together = [set(group) for group in target.measured_together if used & set(group)]
    return sorted(
        (site for site in found if _can(site.qubit, known) and not any(site.qubit in group for group in together)),
        key=lambda site: (site.distance, site.qubit, site.when),
    )


def _candidates(circuit: Circuit, plan: Schedule, target: Target, used: set[int]) -> Iterator[Site]:
    far = target.qubits
    reached = distances(target, used)
    for qubit in range(target.qubits):
        if qubit in plan.ends_s and qubit not in used:
            continue  # a barrier alone holds it
        if qubit not in used:
            yield Site(qubit, OUTSIDE, plan.duration_s, reached.get(qubit, far))
            continue
        others = distances(target, used - {qubit}).get(qubit, far)
        yield Site(qubit, BEFORE, plan.begins_s[qubit], others)
        if _last(circuit, qubit).gate == "measure":
            yield Site(qubit, AFTER, plan.duration_s - plan.ends_s[qubit], others)


def _last(circuit: Circuit, qubit: int) -> Operation:
    return next(operation for operation in reversed(circuit.operations) if qubit in operation.qubits)


def _can(qubit: int, known: Costs) -> bool:
    """Whether the device has all that a test point is made of there, with known durations."""
    spots = (("sx", (qubit,)), ("measure", (qubit,)), ("reset", (qubit,)))
    return all(spot in known.times for spot in spots)
