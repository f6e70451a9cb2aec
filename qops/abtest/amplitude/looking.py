"""Looks at circuits on a backend: those on record first, in their order, then new ones, each kept at once."""

import random
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

import msgspec

from qops.abtest.ports import AbTestPorts
from qops.circuits.grover import NotInvertibleError, mirrored, powered
from qops.errors import EnvironmentFault, InputError
from qops.formats.looks_json import Look, Looks
from qops.model.circuit import Circuit
from qops.model.ports import Backend, Job
from qops.recorded.compilation import Wanted, Workbench, compiled
from qops.stats.amplitude.estimate import Oracle

Keep = Callable[[Looks], None]
Ready = tuple[Circuit, Sequence[str]]
"""A circuit to run, and the outcomes of it that pass."""


class Subject(NamedTuple):
    """What a look is at: an arm after so many Grover iterations, or with its inverse after it."""

    arm: str
    iterations: int = 0
    mirror: bool = False


class Looking:
    """Looks at the arms of one experiment.

    Args:
        ports: the doors to the world; the backend is opened for the first new look.
        wanted: the backend, and how circuits are compiled for it.
        patterns: the outcomes that pass, bit 0 at the right, `*` for either; no outcome matches two of them.
        record: what was seen before.
        keep: called with all that was seen, after every new look.
        seed: settles the seeds of jobs; None draws one for each.
    """

    def __init__(
        self,
        ports: AbTestPorts,
        wanted: Wanted,
        patterns: Sequence[str],
        record: Looks,
        keep: Keep,
        seed: int | None = None,
    ) -> None:
        self._ports = ports
        self._wanted = wanted
        self._patterns = patterns
        self._before = list(reversed(record.looks))
        self._seen = msgspec.structs.replace(record, looks=())
        self._keep = keep
        self._seed = seed
        self._opened: Backend | None = None
        self._placed: tuple[Subject, Circuit] | None = None
        self.new = 0

    def passing(self, arm: str, circuit: Circuit) -> Oracle:
        """What tells how many shots of an arm pass after k Grover iterations.

        Raises:
            InputError: the circuit has no inverse, or two patterns overlap.
        """

        def ready(iterations: int) -> Ready:
            return powered(circuit, self._patterns, iterations), self._patterns

        _must_be_possible(lambda: ready(0))
        return lambda k, shots: self._look(Subject(arm, k), shots, lambda: ready(k))

    def mirror(self, arm: str, circuit: Circuit, shots: int) -> int:
        """How many shots of the circuit and its inverse, one after the other, end where they began.

        Raises:
            InputError: the circuit has no inverse.
        """

        def ready() -> Ready:
            return mirrored(circuit), ("0" * circuit.bit_count,)

        _must_be_possible(ready)
        return self._look(Subject(arm, mirror=True), shots, ready)

    def _look(self, subject: Subject, shots: int, ready: Callable[[], Ready]) -> int:
        if self._before:
            look = self._before.pop()
            if (look.arm, look.iterations, look.mirror) != subject or look.shots != shots:
                raise InputError(
                    f"the record goes on with {look.iterations} iterations of `{look.arm}`, where "
                    f"{subject.iterations} of `{subject.arm}` are to be looked at",
                    where=self._wanted.where,
                    hint="begin anew with `--restart`",
                )
            self._add(look)
            return look.passed
        look = self._new(subject, shots, *ready())
        self._add(look)
        self._keep(self._seen)
        self.new += 1
        return look.passed

    def _add(self, look: Look) -> None:
        self._seen = msgspec.structs.replace(self._seen, looks=(*self._seen.looks, look))

    def _new(self, subject: Subject, shots: int, circuit: Circuit, patterns: Sequence[str]) -> Look:
        if self._opened is None:
            self._opened = self._ports.open_backend(self._wanted.backend)
        seed = self._drawn()
        (ran,) = self._opened.run([Job(self._compiled(subject, circuit), shots, seed)])
        given = sum(ran.counts.values())
        if given != shots:
            raise EnvironmentFault(f"the job {ran.job} gave {given:,} of {shots:,} shots")
        passed = sum(times for outcome, times in ran.counts.items() if _passes(outcome, patterns))
        return Look(*subject, shots, passed, ran.job, ran.began_at, ran.calibration, seed)

    def _drawn(self) -> int:
        if self._seed is None:
            return self._ports.seed()
        chance = random.Random(f"{self._seed} {len(self._seen.looks)}")  # noqa: S311 - to be repeated, no secrets
        return chance.getrandbits(31)

    def _compiled(self, subject: Subject, circuit: Circuit) -> Circuit:
        """The circuit on the backend's wires; one that is looked at again is compiled once."""
        if self._placed is None or self._placed[0] != subject:
            bench = Workbench(self._ports.targets, self._ports.compiler, self._ports.executor)
            self._placed = subject, compiled(bench, self._wanted, {"": circuit})[""]
        return self._placed[1]


def _must_be_possible(ready: Callable[[], Ready]) -> None:
    try:
        ready()
    except NotInvertibleError as reason:
        raise InputError(f"the circuit cannot be amplified: {reason}", hint="estimate by plain sampling") from None


def _passes(outcome: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(outcome, pattern.replace("*", "?")) for pattern in patterns)
