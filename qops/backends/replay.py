"""Counts on record in place of a device: every job takes the next of its circuit, in the order of the record.

Every command begins at the first. Nothing is made up: where the record ends, so does the evidence.
"""

from collections import defaultdict, deque
from collections.abc import Sequence

from qops.backends import Site, counts
from qops.circuits.identity import digests
from qops.errors import InconclusiveError
from qops.formats import recorded_counts
from qops.formats.recorded_counts import RecordedJob
from qops.model.manifest import BackendEntry
from qops.model.ports import Job, Ran
from qops.model.target import Target


def open_backend(entry: BackendEntry, site: Site) -> "Replay":
    """The record in the file that the manifest names.

    Raises:
        InputError: the file is no record.
    """
    return Replay(site.target(entry.of), recorded_counts.read(site.read(entry.file), entry.file), entry)


class Replay:
    """A backend that remembers."""

    def __init__(self, target: Target, record: Sequence[RecordedJob], entry: BackendEntry) -> None:
        self._target = target
        self._entry = entry
        self._left: defaultdict[tuple[str, str], deque[RecordedJob]] = defaultdict(deque)
        for job in record:
            self._left[job.skeleton, job.parameters].append(job)

    def target(self) -> Target:
        """That of the backend which was recorded."""
        return self._target

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        """The next counts of every circuit.

        Raises:
            InconclusiveError: the record has no more of a circuit, or of another number of shots.
        """
        return tuple(self._one(job) for job in jobs)

    def _one(self, job: Job) -> Ran:
        counts.must_measure(job.circuit)
        identity = digests(job.circuit, b"")
        left = self._left[identity.skeleton, identity.parameters]
        if not left:
            cause = f"{self._entry.file} has no more counts of the circuit {identity.skeleton[:12]}"
            raise InconclusiveError(cause, where=self._entry.where, hint="record more, or ask for fewer jobs")
        if left[0].shots != job.shots:
            cause = f"{self._entry.file} has {left[0].shots:,} shots of the circuit next, not {job.shots:,}"
            raise InconclusiveError(cause, where=self._entry.where, hint=f"ask for {left[0].shots:,} shots")
        found = left.popleft()
        return Ran(dict(sorted(found.counts.items())), found.job, found.began_at, found.calibration)
