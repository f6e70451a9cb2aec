"""Putting test points into idle times: √X, wait, √X, measure; what comes before and after on the qubit is a reset.

Two √X make an X, so that a qubit which keeps its phase shows 1. No point may make the circuit deeper or longer; where
one would, there are fewer.
"""

import math
from collections.abc import Sequence

import msgspec

from qops.circuits.physical import metrics
from qops.circuits.success import SECONDS, Costs
from qops.drift.points.sites import AFTER, BEFORE, Site
from qops.errors import InconclusiveError
from qops.model.circuit import Circuit, Delay, Operation, Register
from qops.model.matrix import Metrics
from qops.model.target import Target

BEST_T2 = 0.79681213002
"""At this multiple of T2 a shot tells most of it: half of the solution of x = 2(1-e⁻ˣ)."""


class Point(msgspec.Struct, frozen=True):
    """A test point: its site, how long it waits, in seconds, and the classical bit that it writes."""

    site: Site
    wait_s: float
    bit: int


class Watched(msgspec.Struct, frozen=True):
    """A circuit with test points beside the application: as it was, as it is, and the metrics of both."""

    plain: Circuit
    circuit: Circuit
    points: tuple[Point, ...]
    before: Metrics
    after: Metrics


class Room(msgspec.Struct, frozen=True):
    """What is wanted: how many points a site at most, and how long each waits, None for what tells most of T2."""

    points: int = 1
    wait_s: float | None = None


def watched(plain: Circuit, chosen: Sequence[Site], target: Target, known: Costs, room: Room) -> Watched:
    """The circuit with as many points as there is room for.

    Raises:
        InconclusiveError: there is no room for any.
    """
    before = metrics(plain, known)
    current = plain
    points: list[Point] = []
    register = _register(plain)
    for site in chosen:
        for count in range(room.points, 0, -1):
            chain = _chain(site, count, target, known, room)
            if chain is None:
                continue
            first = plain.bit_count + len(points)
            grown = _grown(current, site, _numbered(chain, first), register, len(points) + count)
            if _as_good(metrics(grown, known), before):
                current = grown
                wait_s = _waited(chain, target)
                points += [Point(site, wait_s, first + place) for place in range(count)]
                break
    if not points:
        cause = "there is no room for a test point: every idle time is too short, or the circuit would become deeper"
        raise InconclusiveError(cause, hint="allow other qubits with --distance, or a shorter wait with --wait")
    return Watched(plain, current, tuple(points), before, metrics(current, known))


def _as_good(after: Metrics, before: Metrics) -> bool:
    if after.duration_s is None or before.duration_s is None:
        return False
    return after.depth <= before.depth and after.duration_s <= before.duration_s * (1 + 1e-12)


def _chain(site: Site, count: int, target: Target, known: Costs, room: Room) -> list[Operation] | None:
    """The operations of so many points at a site, None where its time is too short."""
    qubit = (site.qubit,)
    times = {gate: known.times[gate, qubit] for gate in ("sx", "measure", "reset")}
    resets = count - 1 + (site.when == BEFORE) + (site.when == AFTER)
    left = site.room_s - count * (2 * times["sx"] + times["measure"]) - resets * times["reset"]
    wait = _wait(left / count, site.qubit, target, known, room)
    if wait is None:
        return None
    turn, reset = Operation("sx", qubit), Operation("reset", qubit)
    point = [turn, *wait, turn, Operation("measure", qubit, bits=(0,))]
    chain = [reset] if site.when == AFTER else []
    for place in range(count):
        chain += [reset, *point] if place else point
    return [*chain, reset] if site.when == BEFORE else chain


def _wait(left_s: float, qubit: int, target: Target, known: Costs, room: Room) -> list[Operation] | None:
    """The delay of a point: what is wanted, as far as there is time; none at all where there is just no time left."""
    t2 = target.qualities[qubit].t2_s if qubit < len(target.qualities) else None
    wanted = room.wait_s if room.wait_s is not None else min(left_s, BEST_T2 * t2 if t2 else left_s)
    if left_s < 0 or wanted > left_s:
        return None
    if ("delay", (qubit,)) not in known.spots and "delay" not in known.everywhere:
        return None if room.wait_s else []
    step, timing = target.dt_s, target.timing
    unit = math.lcm(timing.granularity, timing.pulse_alignment, timing.acquire_alignment)
    seconds = unit * (step or 1e-9)
    count = math.floor(wanted / seconds + 1e-9)
    delay = Delay(float(count * unit), "ns" if step is None else "dt")
    return [Operation("delay", (qubit,), detail=delay)] if count else []


def _waited(chain: Sequence[Operation], target: Target) -> float:
    for operation in chain:
        if isinstance(operation.detail, Delay):
            return operation.detail.duration * SECONDS.get(operation.detail.unit, target.dt_s or 0.0)
    return 0.0


def _numbered(chain: Sequence[Operation], first: int) -> list[Operation]:
    """The chain, its measurements into bits from `first` on."""
    found, bit = [], first
    for operation in chain:
        if operation.gate == "measure":
            found.append(msgspec.structs.replace(operation, bits=(bit,)))
            bit += 1
        else:
            found.append(operation)
    return found


def _grown(current: Circuit, site: Site, chain: list[Operation], register: str, points: int) -> Circuit:
    """The circuit with a chain at a site, the last register the one of the points."""
    bits = tuple(each for each in current.bits if each.name != register)
    operations = (*chain, *current.operations) if site.when == BEFORE else (*current.operations, *chain)
    size = max(site.qubit + 1, current.qubit_count)
    return msgspec.structs.replace(
        current, qubits=(Register("$", size),), bits=(*bits, Register(register, points)), operations=operations
    )


def _register(circuit: Circuit) -> str:
    """A name for the register of the points that the circuit does not have."""
    taken = {register.name for register in circuit.bits}
    return next(name for name in ("watch", *(f"watch_{n}" for n in range(2, 1000))) if name not in taken)
