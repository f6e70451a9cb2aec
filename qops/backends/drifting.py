"""A simulator whose noise follows a declared path: a device that ages, to rehearse the alarm with.

Its target is the published one of another backend, and its calibration with it; what there really is follows the path.
The clock is the world's, so that the same moment and seed give the same counts; `at` asks for any other time.
"""

from collections.abc import Sequence
from datetime import datetime

from qops import world
from qops.backends import Site
from qops.backends.simulated import Simulated
from qops.model.manifest import BackendEntry
from qops.model.noise_path import NoisePath, aged
from qops.model.ports import Job, Ran
from qops.model.target import Target


def open_backend(entry: BackendEntry, site: Site) -> "Drifting":
    """The backend."""
    return Drifting(site.target(entry.noise_from), NoisePath(entry.path, entry.seed or 0), entry.start)


class Drifting:
    """A backend with a target that no longer says what is true. The path begins at `start`, ISO 8601 in UTC."""

    def __init__(self, target: Target, path: NoisePath, start: str) -> None:
        self._target = target
        self._path = path
        self._start = start

    def target(self) -> Target:
        """What is published of it."""
        return self._target

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        """Run the jobs under the noise of this moment.

        Raises:
            InputError: Aer cannot simulate a circuit, or it measures nothing.
        """
        since = datetime.fromisoformat(world.now()) - datetime.fromisoformat(self._start)
        return self.at(since.total_seconds()).run(jobs)

    def at(self, time_s: float) -> Simulated:
        """The backend as it is so many seconds after the start, and stays."""
        truth = aged(self._target, self._path, time_s)
        return Simulated(self._target, truth=truth, detuning_hz=lambda qubit: self._path.detuning_hz(qubit, time_s))
