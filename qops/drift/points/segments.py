"""Simulating test points apart: the application as it was, and the watch qubits without it.

A point that was reset before is a factor of its own, under noise that acts on each operation's own qubits; so the joint
law of the counts is the product, and a simulator need not carry measurements in the middle of the whole circuit. The
first points of all sites are one small circuit, the second ones another. Circuits that are the same run as one, whose
shots are dealt out evenly at random: the law of shots that are independent is that of any part of them.
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from qops.drift.points.insertion import Point, Watched
from qops.model.circuit import Circuit, Operation, Register
from qops.model.ports import Backend, Job, Ran
from qops.model.target import Target


class Apart(msgspec.Struct, frozen=True):
    """What the application gave, and by bit how often each point showed 1, in so many shots."""

    application: Ran
    ones: dict[int, int]
    shots: int


def run_apart(backend: Backend, watched: Watched, shots: int, seed: int) -> Apart:
    """Run the application and all points, as one submission."""
    failing = _failing_resets(backend.target())
    alike: list[tuple[Circuit, list[list[Point]]]] = []
    for points in rounds(watched.points):
        circuit = segment(watched, points, failing)
        found = next((each for known, each in alike if known == circuit), None)
        if found is None:
            alike.append((circuit, [points]))
        else:
            found.append(points)
    jobs = [Job(watched.plain, shots, seed)]
    jobs += [Job(circuit, shots * len(each), seed + place) for place, (circuit, each) in enumerate(alike, 1)]
    application, *rest = backend.run(jobs)
    ones: dict[int, int] = {}
    for (_, each), ran in zip(alike, rest, strict=True):
        for points, counts in zip(each, dealt(ran.counts, len(each), shots, seed), strict=True):
            ones |= _ones(counts, points)
    return Apart(application, ones, shots)


def rounds(points: Sequence[Point]) -> list[list[Point]]:
    """The first points of all sites, then the second ones, and so on."""
    found: list[list[Point]] = []
    seen: dict[tuple[int, str], int] = {}
    for point in points:
        site = (point.site.qubit, point.site.when)
        place = seen[site] = seen.get(site, -1) + 1
        if place == len(found):
            found.append([])
        found[place].append(point)
    return found


def segment(watched: Watched, points: Sequence[Point], failing: set[int]) -> Circuit:
    """Points of different sites as a circuit: from the reset before each, if there is one, to its measurement.

    A reset that never fails leaves what a circuit begins with, and is left out.
    """
    operations = [each for place, point in enumerate(points) for each in _alone(watched, point, place, failing)]
    width = max(point.site.qubit for point in points) + 1
    return Circuit((Register("$", width),), (Register("watch", len(points)),), (), tuple(operations))


def _alone(watched: Watched, point: Point, bit: int, failing: set[int]) -> list[Operation]:
    qubit = point.site.qubit
    on_wire = [each for each in watched.circuit.operations if qubit in each.qubits]
    start = end = next(place for place, each in enumerate(on_wire) if point.bit in each.bits)
    while start and on_wire[start - 1].gate in {"sx", "delay"}:
        start -= 1
    if qubit in failing and start and on_wire[start - 1].gate == "reset":
        start -= 1
    return [*on_wire[start:end], Operation("measure", (qubit,), bits=(bit,))]


def dealt(counts: dict[str, int], hands: int, shots: int, seed: int) -> list[dict[str, int]]:
    """Counts of `hands` times so many shots, dealt out in as many parts, evenly at random.

    >>> dealt({"0": 6}, 2, 3, 1)
    [{'0': 3}, {'0': 3}]
    """
    generator = np.random.default_rng(seed)
    left = np.array(list(counts.values()))
    parts = []
    for _ in range(hands - 1):
        part = generator.multivariate_hypergeometric(left, shots)
        parts.append(part)
        left = left - part
    return [dict(zip(counts, map(int, part), strict=True)) for part in (*parts, left)]


def _ones(counts: dict[str, int], points: Sequence[Point]) -> dict[int, int]:
    return {
        point.bit: sum(times for outcome, times in counts.items() if outcome[len(outcome) - 1 - place] == "1")
        for place, point in enumerate(points)
    }


def _failing_resets(target: Target) -> set[int]:
    """The qubits whose resets have an error."""
    resets = [each for each in target.instructions if each.gate == "reset"]
    return {place.qubits[0] for each in resets for place in each.places or () if place.error}


def split(counts: dict[str, int], points: Sequence[Point]) -> tuple[dict[str, int], dict[int, int]]:
    """Counts of a circuit with points that ran as a whole: the application's own, and how often each point showed 1.

    The bits of the points are the leftmost.
    """
    application: dict[str, int] = {}
    ones = {point.bit: 0 for point in points}
    for outcome, times in counts.items():
        own = outcome[len(points) :]
        application[own] = application.get(own, 0) + times
        for bit in ones:
            ones[bit] += times * (outcome[len(outcome) - 1 - bit] == "1")
    return dict(sorted(application.items())), ones
