"""A circuit run on a state, with every course that its measurements may take.

Measurements whose qubit and bit nothing touches afterwards can wait: they are left to who reads the state. Any other
measurement, and any reset, splits a branch in two; a branch that has no weight is dropped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from qops.circuits.inlining import NotElementary
from qops.circuits.simulation.fusion import Fuser, Product
from qops.circuits.simulation.questions import chosen_case, holds
from qops.circuits.simulation.state import State
from qops.model.circuit import Branch, Circuit, For, Operation, Switch, While

MOST_BRANCHES = 1024
MOST_AMPLITUDES = 1 << 26
"""The most branches, and the most amplitudes in all of them together."""
MOST_TURNS = 1000
"""The most turns of a loop."""
NEGLIGIBLE = 1e-15
"""The weight below which a branch is dropped."""


class NotSimulated(Exception):
    """The circuit cannot be run; the message says why."""


class Course(msgspec.Struct, frozen=True):
    """One course of a run: the classical bits, and the state with the course's probability as its weight."""

    bits: tuple[int, ...]
    state: State
    leaving: str = ""


def run(circuit: Circuit, start: State, waiting: AbstractSet[int]) -> list[Course]:
    """All courses of a circuit.

    Args:
        circuit: with numbers for all angles.
        start: a state of all its qubits.
        waiting: the bits of final measurements that are not to be made.

    Raises:
        NotSimulated: there are too many courses, or an operation has no known effect.
    """
    try:
        return _Run(circuit, waiting).block(circuit.operations, {}, [Course((0,) * circuit.bit_count, start)])
    except NotElementary as reason:
        raise NotSimulated(str(reason)) from None


class _Run:
    """Walks through blocks with all courses at once."""

    def __init__(self, circuit: Circuit, waiting: AbstractSet[int]) -> None:
        self._circuit = circuit
        self._waiting = waiting
        self._fuser = Fuser(circuit.gates)

    def block(
        self, operations: Sequence[Operation], values: Mapping[str, float], courses: list[Course]
    ) -> list[Course]:
        for operation in operations:
            if operation.gate == "measure" and not self._waiting.isdisjoint(operation.bits):
                continue
            split = self._splitting(operation, values)
            if split is None:
                courses = _multiplied(courses, self._fuser.add(operation, values))
                continue
            courses = _multiplied(courses, self._fuser.flush())
            gone = [course for course in courses if course.leaving]
            courses = gone + [after for course in courses if not course.leaving for after in split(course)]
            self._limit(courses)
        return _multiplied(courses, self._fuser.flush())

    def _splitting(
        self, operation: Operation, values: Mapping[str, float]
    ) -> Callable[[Course], Iterator[Course]] | None:
        """What becomes of each course; None for gates, which all courses share."""
        match operation.gate, operation.detail:
            case "measure", _:
                return lambda course: _measured(course, operation)
            case "reset", _:
                return lambda course: _reset(course, operation.qubits[0])
            case (("break" | "continue"), _):
                return lambda course: iter([msgspec.structs.replace(course, leaving=operation.gate)])
            case _, Branch() as branch:
                return lambda course: iter(self.block(_arm(branch, course), values, [course]))
            case _, Switch() as switch:
                return lambda course: iter(self.block(_case(switch, course), values, [course]))
            case _, For() as turns:
                return lambda course: self._for(turns, values, course)
            case _, While() as loop:
                return lambda course: self._while(loop, values, course)
            case _:
                return None

    def _for(self, loop: For, values: Mapping[str, float], course: Course) -> Iterator[Course]:
        courses = [course]
        for turn in loop.values:
            inside = {**values, loop.variable: float(turn)} if loop.variable else values
            going = [course for course in courses if course.leaving != "break"]
            done = [course for course in courses if course.leaving == "break"]
            courses = done + [_going_on(after) for after in self.block(loop.body, inside, going)]
            self._limit(courses)
        yield from map(_landed, courses)

    def _while(self, loop: While, values: Mapping[str, float], course: Course) -> Iterator[Course]:
        going = [course]
        for _ in range(MOST_TURNS):
            staying = [
                course for course in going if course.leaving == "break" or not holds(loop.condition, course.bits)
            ]
            yield from map(_landed, staying)
            kept = {id(course) for course in staying}
            going = [course for course in going if id(course) not in kept]
            if not going:
                return
            going = [_going_on(after) for after in self.block(loop.body, values, going)]
            self._limit(going)
        raise NotSimulated(f"a loop takes more than {MOST_TURNS:,} turns")

    def _limit(self, courses: Sequence[Course]) -> None:
        if len(courses) > MOST_BRANCHES or len(courses) << self._circuit.qubit_count > MOST_AMPLITUDES:
            raise NotSimulated(f"its measurements and resets take more than {len(courses) - 1:,} courses")


def _multiplied(courses: list[Course], products: Iterator[Product]) -> list[Course]:
    for product in products:
        courses = [course if course.leaving else _after(course, product) for course in courses]
    return courses


def _after(course: Course, product: Product) -> Course:
    state = course.state
    if product.controls:
        state = state.after_controlled(product.matrix, product.qubits, product.controls, product.state)
    else:
        state = state.after(product.matrix, product.qubits)
    return msgspec.structs.replace(course, state=state)


def _measured(course: Course, operation: Operation) -> Iterator[Course]:
    for outcome in (0, 1):
        state = course.state.projected(operation.qubits[0], outcome)
        if state.weight() > NEGLIGIBLE:
            bits = list(course.bits)
            for bit in operation.bits:
                bits[bit] = outcome
            yield Course(tuple(bits), state)


def _reset(course: Course, qubit: int) -> Iterator[Course]:
    for outcome in (0, 1):
        state = course.state.projected(qubit, outcome)
        if state.weight() > NEGLIGIBLE:
            yield Course(course.bits, state.flipped(qubit) if outcome else state)


def _arm(branch: Branch, course: Course) -> tuple[Operation, ...]:
    return branch.then if holds(branch.condition, course.bits) else branch.otherwise


def _case(switch: Switch, course: Course) -> tuple[Operation, ...]:
    case = chosen_case(switch, course.bits)
    return case.body if case else ()


def _going_on(course: Course) -> Course:
    """After a turn, `continue` is over."""
    return msgspec.structs.replace(course, leaving="") if course.leaving == "continue" else course


def _landed(course: Course) -> Course:
    """After a loop, `break` is over too."""
    return msgspec.structs.replace(course, leaving="") if course.leaving else course
