"""What a diagnostic needs to know of the device it asks, and how its circuits are put together."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from qops.circuits import success
from qops.circuits.clifford import native
from qops.circuits.success import Costs, NotPlacedError
from qops.errors import InputError
from qops.model.circuit import Circuit, Delay, Operation, Register
from qops.model.diagnostic import Diagnostic, Question
from qops.model.target import QubitQuality, Target


class Device:
    """A target, seen from some of its qubits. Operations are on the numbers of the device."""

    def __init__(self, target: Target, qubits: Sequence[int]) -> None:
        native.require(target, qubits)
        self.target = target
        self.qubits = tuple(qubits)
        self.known = native.entanglers(target)
        self._costs: Costs = success.costs(target)

    def quality(self) -> tuple[float, float]:
        """T1 and T2 of the only qubit, in seconds; T2 at most twice T1.

        Raises:
            InputError: there are several qubits, or the target does not know.
        """
        if len(self.qubits) > 1:
            raise InputError("this diagnostic is about one qubit", hint="declare a watch for each")
        qubit = self.qubits[0]
        known = self.target.qualities[qubit] if qubit < len(self.target.qualities) else QubitQuality()
        if not known.t1_s or not known.t2_s:
            hint = "give the diagnostic a `delay`"
            raise InputError(f"`{self.target.backend}` does not say T1 and T2 of qubit {qubit}", hint=hint)
        return known.t1_s, min(known.t2_s, 2 * known.t1_s)

    def delay(self, seconds: float) -> Operation:
        """The only qubit left alone for about so long: a whole number of steps of time, where the device has any."""
        step, timing = self.target.dt_s, self.target.timing
        if step is None:
            return Operation("delay", self.qubits, detail=Delay(round(seconds * 1e9, 3), "ns"))
        unit = math.lcm(timing.granularity, timing.pulse_alignment, timing.acquire_alignment)
        count = max(1, round(seconds / (step * unit))) * unit
        return Operation("delay", self.qubits, detail=Delay(float(count), "dt"))

    def waited_s(self, delay: Operation) -> float:
        """How long a delay of `delay` is in seconds."""
        if not isinstance(delay.detail, Delay):
            raise TypeError
        unit = success.SECONDS.get(delay.detail.unit, self.target.dt_s or 0.0)
        return delay.detail.duration * unit

    def purity(self, operations: Sequence[Operation]) -> float | None:
        """What is left of a pure state: the product of 1 - e·d/(d-1) over gates of error e and dimension d [1]_.

        It takes every error to be depolarising and to spread over all qubits. None where an error is not known.

        References:
            [1] E. Magesan, J. M. Gambetta and J. Emerson, Scalable and robust randomized benchmarking of quantum
                processes, Physical Review Letters 106 (2011) 180504: average error r = (1-p)(d-1)/d.
        """
        left = 1.0
        for operation in operations:
            if operation.gate in {"barrier", "delay", "measure"}:
                continue
            error = self._costs.of(operation).error
            if error is None:
                return None
            dimension = 1 << len(operation.qubits)
            left *= max(0.0, 1 - error * dimension / (dimension - 1))
        return left

    def readout_error(self, qubit: int) -> float | None:
        """The probability that a measurement of the qubit is wrong."""
        return self._costs.of(Operation("measure", (qubit,), bits=(0,))).error

    def reads(self, outcome: str, ideal: float | None) -> float | None:
        """How often an outcome is read where it is there with probability `ideal`, else all are alike."""
        errors = [self.readout_error(qubit) for qubit in self.qubits]
        if ideal is None or any(error is None for error in errors):
            return None
        others = (1 - ideal) / ((1 << len(outcome)) - 1)
        return others + (ideal - others) * math.prod(1 - (error or 0.0) for error in errors)

    def question(
        self,
        diagnostic: Diagnostic,
        operations: Sequence[Operation],
        outcome: str,
        expected: float | None,
        more: Mapping[str, object] = MappingProxyType({}),
    ) -> Question:
        """The circuit of native gates and final measurements, and what it asks for; it says `more` of itself."""
        measured = [Operation("measure", (qubit,), bits=(bit,)) for bit, qubit in enumerate(self.qubits)]
        apart = [Operation("barrier", tuple(sorted(self.qubits)))] if len(self.qubits) > 1 else []
        told = {"kind": diagnostic.kind, "seed": diagnostic.seed, **more}
        circuit = Circuit(
            qubits=(Register("$", max(self.qubits) + 1),),
            bits=(Register("c", len(self.qubits)),),
            parameters=(),
            operations=(*operations, *apart, *measured),
            annotations=(("diagnostic", msgspec.json.encode(told).decode()), ("success", f'["{outcome}"]')),
        )
        return Question(circuit, (outcome,), self._duration(circuit), expected)

    def _duration(self, circuit: Circuit) -> float | None:
        try:
            return success.duration(circuit, self._costs)
        except NotPlacedError:
            return None
