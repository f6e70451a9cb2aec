"""Qiskit's targets and ours, one into the other, exactly: what comes back compiles the same circuits to the same.

Qiskit tells the bounds of angles in the state that it pickles, and nowhere else.
"""

import math
from collections.abc import Iterable
from functools import cache

from qiskit.circuit import (
    BoxOp,
    BreakLoopOp,
    ContinueLoopOp,
    ForLoopOp,
    IfElseOp,
    Parameter,
    ParameterExpression,
    SwitchCaseOp,
    WhileLoopOp,
)
from qiskit.circuit import Instruction as QiskitInstruction
from qiskit.circuit.library import get_standard_gate_name_mapping
from qiskit.providers import QubitProperties
from qiskit.transpiler import InstructionProperties
from qiskit.transpiler import Target as QiskitTarget

from qops.errors import InputError
from qops.model.angle import Symbol
from qops.model.target import Instruction, Place, QubitQuality, Target, Timing

CONTROL_FLOW = {
    "if_else": IfElseOp,
    "while_loop": WhileLoopOp,
    "for_loop": ForLoopOp,
    "switch_case": SwitchCaseOp,
    "break_loop": BreakLoopOp,
    "continue_loop": ContinueLoopOp,
    "box": BoxOp,
}
"""The instructions that a target has as classes, by the names that circuits use for them."""

Properties = dict[tuple[int, ...] | None, InstructionProperties | None]
Bounds = tuple[tuple[float, float] | None, ...]


def from_qiskit(target: QiskitTarget, backend: str, captured_at: str = "") -> Target:
    """Our target of a backend called `backend`, its numbers measured at `captured_at`.

    Raises:
        InputError: it has an instruction that is not standard, or a number that is none.
    """
    if target.num_qubits is None:
        raise InputError(f"the target of `{backend}` does not say how many qubits it has")
    bounds = _bounds(target) if target.has_angle_bounds() else {}
    return Target(
        backend=backend,
        captured_at=captured_at,
        qubits=target.num_qubits,
        instructions=tuple(_instruction(target, name, bounds.get(name, ())) for name in sorted(target.operation_names)),
        qualities=tuple(_quality(quality) for quality in target.qubit_properties or ()),
        dt_s=target.dt,
        timing=Timing(target.granularity, target.min_length, target.pulse_alignment, target.acquire_alignment),
        measured_together=tuple(tuple(sorted(group)) for group in target.concurrent_measurements or ()),
    )


def _bounds(target: QiskitTarget) -> dict[str, Bounds]:
    gates = target.__getstate__()["base"]["gate_map"]
    pairs = {name: gate.get("angle_bounds") or () for name, gate in gates.items()}
    return {name: tuple(pair and (pair[0], pair[1]) for pair in found) for name, found in pairs.items()}


def _instruction(target: QiskitTarget, name: str, bounds: Bounds) -> Instruction:
    operation = target.operation_from_name(name)
    if isinstance(operation, type):
        known = next((word for word, kind in CONTROL_FLOW.items() if issubclass(operation, kind)), None)
        if known is None:
            raise InputError(f"the target's instruction `{name}` is of no fixed size, and no control flow")
        return Instruction(name, known, 0)
    gate = "measure" if _measures(operation) else operation.name
    if gate not in standard():
        raise InputError(f"the target's instruction `{name}` is not a standard gate")
    angles = tuple(_angle(angle, name) for angle in operation.params)
    places = _places(target[name], name)
    return Instruction(name, gate, operation.num_qubits, angles, bounds, places)


def _measures(operation: QiskitInstruction) -> bool:
    """Whether it is a measurement of another kind, as IBM's `measure_2` for the middle of a circuit."""
    return operation.name.startswith("measure_") and (operation.num_qubits, operation.num_clbits) == (1, 1)


def _angle(angle: object, name: str) -> float | Symbol:
    if isinstance(angle, Parameter):
        return Symbol(angle.name)
    if isinstance(angle, ParameterExpression):
        raise InputError(f"an angle of the target's instruction `{name}` is an expression: {angle}")
    return float(str(angle)) if not isinstance(angle, float) else angle


def _places(properties: Properties | None, name: str) -> tuple[Place, ...] | None:
    if properties is None or None in properties:
        return None
    rows = sorted((place, found) for place, found in properties.items() if place is not None)
    return tuple(_place(place, found, name) for place, found in rows)


def _place(place: tuple[int, ...], properties: InstructionProperties | None, name: str) -> Place:
    if properties is None:
        return Place(place)
    error, duration = properties.error, properties.duration
    if error is not None and not 0 <= error <= 1:
        raise InputError(f"the error of `{name}` at {list(place)} is {error}, which is no probability")
    if duration is not None and not 0 <= duration < math.inf:
        raise InputError(f"the duration of `{name}` at {list(place)} is {duration}")
    return Place(place, error, duration)


def _quality(quality: QubitProperties | None) -> QubitQuality:
    return QubitQuality(quality.t1, quality.t2, quality.frequency) if quality else QubitQuality()


def to_qiskit(target: Target) -> QiskitTarget:
    """Qiskit's target of ours.

    Raises:
        InputError: an instruction is not one of Qiskit's standard gates, or has not as many angles as it.
    """
    timing = target.timing
    made = QiskitTarget(
        description=target.backend,
        num_qubits=target.qubits,
        dt=target.dt_s,
        granularity=timing.granularity,
        min_length=timing.min_length,
        pulse_alignment=timing.pulse_alignment,
        acquire_alignment=timing.acquire_alignment,
        qubit_properties=[QubitProperties(t1=q.t1_s, t2=q.t2_s, frequency=q.frequency_hz) for q in target.qualities]
        or None,
        concurrent_measurements=[list(group) for group in target.measured_together] or None,
    )
    for instruction in target.instructions:
        if instruction.gate in CONTROL_FLOW:
            made.add_instruction(CONTROL_FLOW[instruction.gate], name=instruction.name)
        else:
            bounds = list(instruction.bounds) or None
            places = _properties(instruction.places)
            made.add_instruction(_operation(instruction), places, name=instruction.name, angle_bounds=bounds)
    return made


def _operation(instruction: Instruction) -> QiskitInstruction:
    known = standard().get(instruction.gate)
    if known is None:
        raise InputError(f"the target's instruction `{instruction.name}` is not a gate that Qiskit knows")
    if len(known.params) != len(instruction.angles) or known.num_qubits != instruction.qubit_count:
        shape = f"{known.num_qubits} qubits and {len(known.params)} angles"
        raise InputError(f"the target's instruction `{instruction.name}` is a {known.name}, which has {shape}")
    if not instruction.angles:
        return known
    angles = [Parameter(angle.name) if isinstance(angle, Symbol) else angle for angle in instruction.angles]
    return known.base_class(*angles)


def _properties(places: Iterable[Place] | None) -> Properties | None:
    if places is None:
        return {None: None}
    return {
        place.qubits: None
        if place.error is None and place.duration_s is None
        else InstructionProperties(duration=place.duration_s, error=place.error)
        for place in places
    }


@cache
def standard() -> dict[str, QiskitInstruction]:
    """Qiskit's standard gates and instructions by name."""
    return dict(get_standard_gate_name_mapping())
