"""What was counted: outcomes of jobs, jobs in blocks."""

import msgspec

Counts = dict[str, int]


class Tally(msgspec.Struct, frozen=True):
    """Times by outcome, under the digest of the circuit that gave them; addable under one digest only.

    `Tally()` is nothing counted of any circuit: adding it changes nothing.
    """

    digest: str = ""
    times: Counts = {}

    def __add__(self, other: "Tally") -> "Tally":
        """Both together.

        Raises:
            ValueError: they are of different circuits.

        >>> Tally("d", {"0": 2}) + Tally("d", {"0": 1, "1": 4})
        Tally(digest='d', times={'0': 3, '1': 4})
        """
        if self.digest and other.digest and self.digest != other.digest:
            raise ValueError("counts of different circuits do not add up")
        outcomes = sorted({*self.times, *other.times})
        return Tally(
            self.digest or other.digest,
            {each: self.times.get(each, 0) + other.times.get(each, 0) for each in outcomes},
        )

    @property
    def shots(self) -> int:
        """How many outcomes were counted."""
        return sum(self.times.values())


class CountedJob(msgspec.Struct, frozen=True):
    """One job of a block: what an arm gave in one measurement basis.

    `basis` is empty for the circuit as it is, else a letter of `IXYZ` a qubit. `job` is the backend's name for the job,
    `calibration` the identity of the calibration that it ran under.
    """

    arm: str
    basis: str
    tally: Tally
    job: str = ""
    began_at: str = ""
    calibration: str = ""
    seed: int = 0


class Block(msgspec.Struct, frozen=True):
    """Jobs of all arms, run one after another in an order that was drawn: `order` are the arms' names."""

    number: int
    order: tuple[str, ...]
    jobs: tuple[CountedJob, ...]

    def of(self, arm: str) -> tuple[CountedJob, ...]:
        """The jobs of an arm."""
        return tuple(job for job in self.jobs if job.arm == arm)

    def by_arm(self) -> dict[str, list[CountedJob]]:
        """The jobs of each arm."""
        found: dict[str, list[CountedJob]] = {arm: [] for arm in self.order}
        for job in self.jobs:
            found[job.arm].append(job)
        return found

    @property
    def calibrations(self) -> frozenset[str]:
        """The identities of the calibrations that its jobs ran under."""
        return frozenset(job.calibration for job in self.jobs)
