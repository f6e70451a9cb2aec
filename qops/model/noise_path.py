"""A noise path: what ages on a device, how, and what of it is left at a time; declared, and the same every time.

A quantity follows the product of its motions (a detuning, their sum). A random walk is a function of its seed and the
time alone: the sum of its steps is drawn at the powers of two, and between them by bridges [1]_, so that any time costs
the logarithm of the number of steps.

References:
    [1] P. Lévy, Processus stochastiques et mouvement brownien (1948): the construction by midpoints.
"""

import math
from collections.abc import Iterator
from random import Random

import msgspec

from qops.model.target import Instruction, Place, QubitQuality, Target

QUANTITIES = ("t1", "t2", "readout", "gate", "detuning")
"""Relaxation time, dephasing time, readout error and gate error as factors of the target's; detuning in hertz."""

SHAPES = ("step", "ramp", "oscillation", "walk")

_FARTHEST = 100.0
"""The greatest logarithm of a factor: a long walk leaves every scale, and must not leave the numbers."""


class Motion(msgspec.Struct, frozen=True):
    """How one quantity moves, from `at_s` on; before, it does not.

    `size` is, of a step and a ramp, the factor that is reached; of an oscillation, the greatest relative deviation; of
    a walk, the standard deviation of one step of the factor's logarithm. Of a detuning, it is all of these in hertz.
    `over_s` is how long the ramp, the period or a step of the walk is. `qubits` are those that it is about, all where
    empty; a gate is affected where one of its qubits is.
    """

    quantity: str
    shape: str
    size: float
    at_s: float = 0.0
    over_s: float = 0.0
    qubits: tuple[int, ...] = ()

    def about(self, quantity: str, qubits: tuple[int, ...]) -> bool:
        """Whether it moves this quantity at these qubits."""
        return self.quantity == quantity and (not self.qubits or not set(self.qubits).isdisjoint(qubits))


class NoisePath(msgspec.Struct, frozen=True):
    """All motions, and what the random ones are drawn from. Times are in seconds from the path's start."""

    motions: tuple[Motion, ...] = ()
    seed: int = 0

    def factor(self, quantity: str, qubits: tuple[int, ...], time_s: float) -> float:
        """By what the target's value is multiplied.

        >>> NoisePath((Motion("t1", "step", 0.25, at_s=60.0),)).factor("t1", (0,), 60.0)
        0.25
        """
        found = 1.0
        for share, motion in self._shares(quantity, qubits, time_s):
            if motion.shape == "walk":
                moved = math.exp(min(motion.size * share, _FARTHEST))
            elif motion.shape == "oscillation":
                moved = 1 + motion.size * share
            else:
                moved = 1 + (motion.size - 1) * share
            found = min(found * moved, math.exp(_FARTHEST))
        return found

    def detuning_hz(self, qubit: int, time_s: float) -> float:
        """By how much the qubit's frequency is off, in hertz.

        >>> NoisePath((Motion("detuning", "ramp", 800.0, over_s=40.0),)).detuning_hz(0, 10.0)
        200.0
        """
        return sum(motion.size * share for share, motion in self._shares("detuning", (qubit,), time_s))

    def _shares(self, quantity: str, qubits: tuple[int, ...], time_s: float) -> Iterator[tuple[float, Motion]]:
        for place, motion in enumerate(self.motions):
            if motion.about(quantity, qubits):
                yield _share(motion, time_s - motion.at_s, f"{self.seed}/{place}"), motion


def _share(motion: Motion, since_s: float, seed: str) -> float:
    """How far a motion of size 1 has come."""
    if since_s < 0:
        return 0.0
    match motion.shape:
        case "step":
            return 1.0
        case "ramp":
            return min(1.0, since_s / motion.over_s)
        case "oscillation":
            return math.sin(math.tau * math.fmod(since_s, motion.over_s) / motion.over_s)
        case _:
            return walk(int(since_s // motion.over_s), seed)


def walk(steps: int, seed: str) -> float:
    """The sum of the first `steps` standard normal steps of a random walk; O(log steps).

    >>> walk(0, "any"), walk(1000, "a") == walk(1000, "a")
    (0.0, True)
    """
    low, high, before, after = 0, 1, 0.0, _normal(seed, 1)
    while high < steps:
        low, high, before = high, 2 * high, after
        after = before + math.sqrt(low) * _normal(seed, high)
    while steps not in (low, high):
        middle = (low + high) // 2
        between = (before + after) / 2 + math.sqrt((high - low) / 4) * _normal(seed, middle)
        low, before, high, after = (middle, between, high, after) if steps > middle else (low, before, middle, between)
    return before if steps == low else after


def _normal(seed: str, node: int) -> float:
    return Random(f"{seed}/{node}").gauss(0.0, 1.0)  # noqa: S311 - a rehearsal is no secret


def aged(target: Target, path: NoisePath, time_s: float) -> Target:
    """The target as the path has made it at a time; errors stay probabilities, and T2 at most twice T1.

    >>> old = Target("a", "", 1, (), (QubitQuality(1e-4, 2e-4),))
    >>> aged(old, NoisePath((Motion("t1", "step", 0.5),)), 0.0).qualities
    (QubitQuality(t1_s=5e-05, t2_s=0.0001, frequency_hz=None),)
    """
    return msgspec.structs.replace(
        target,
        instructions=tuple(_aged_instruction(each, path, time_s) for each in target.instructions),
        qualities=tuple(_aged_quality(each, path, qubit, time_s) for qubit, each in enumerate(target.qualities)),
    )


def _aged_instruction(instruction: Instruction, path: NoisePath, time_s: float) -> Instruction:
    if instruction.places is None:
        return instruction
    quantity = "readout" if instruction.gate == "measure" else "gate"
    places = tuple(_aged_place(place, path.factor(quantity, place.qubits, time_s)) for place in instruction.places)
    return msgspec.structs.replace(instruction, places=places)


def _aged_place(place: Place, factor: float) -> Place:
    if place.error is None:
        return place
    return msgspec.structs.replace(place, error=min(1.0, max(0.0, place.error * factor)))


def _aged_quality(quality: QubitQuality, path: NoisePath, qubit: int, time_s: float) -> QubitQuality:
    t1 = _scaled(quality.t1_s, path.factor("t1", (qubit,), time_s))
    t2 = _scaled(quality.t2_s, path.factor("t2", (qubit,), time_s))
    if t1 is not None and t2 is not None:
        t2 = min(t2, 2 * t1)
    return msgspec.structs.replace(quality, t1_s=t1, t2_s=t2)


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * max(factor, 1e-9)
