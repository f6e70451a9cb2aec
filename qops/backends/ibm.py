"""IBM's devices, by the Runtime service; its local mode where the service gives a device on record.

Reading is tried again after every error that may pass. A submission is sent again only where the service certainly did
not take it, so that no job runs twice.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from qiskit import QuantumCircuit
from qiskit.exceptions import QiskitError
from qiskit_ibm_runtime import QiskitRuntimeService
from qiskit_ibm_runtime.accounts import AccountNotFoundError
from qiskit_ibm_runtime.executor_sampler import Sampler

from qops import world
from qops.backends import Site, counts
from qops.backends.moments import in_utc
from qops.backends.retry import passes, retrying, was_refused
from qops.backends.simulated import compiled
from qops.errors import EnvironmentFault, InputError
from qops.formats import calibration_json
from qops.interchange.targets import from_qiskit
from qops.model.calibration import of_target
from qops.model.manifest import BackendEntry
from qops.model.ports import Job, Ran
from qops.model.spelling import did_you_mean
from qops.model.target import Target

QUEUE_LIMIT_S = 3600.0
_FIRST_LOOK_S = 0.1
_LOOK_EVERY_S = 10.0
_SERVICE_OPTIONS = ("channel", "instance", "region", "url", "filename", "name")
_WAITING = {"INITIALIZING", "QUEUED"}
_ENDED = {"DONE", "ERROR", "CANCELLED"}

T = TypeVar("T")


def open_backend(entry: BackendEntry, site: Site) -> "IbmBackend":
    """The device.

    Raises:
        EnvironmentFault: no account is saved, or it is not accepted.
        InputError: an option is not one of the service's.
    """
    options = dict(entry.options)
    limit = options.pop("queue_limit", QUEUE_LIMIT_S)
    if not isinstance(limit, int | float) or isinstance(limit, bool) or not limit > 0:
        raise InputError("`queue_limit` is a number of seconds", where=entry.where)
    for option in options:
        if option not in _SERVICE_OPTIONS:
            hint = did_you_mean(option, _SERVICE_OPTIONS) or f"the options are {', '.join(_SERVICE_OPTIONS)}"
            if option == "token":
                hint = "a token does not belong into git: `QiskitRuntimeService.save_account` keeps it in your home"
            raise InputError(f"the Runtime service takes no option `{option}`", where=entry.where, hint=hint)
    try:
        service = QiskitRuntimeService(**options)
    except AccountNotFoundError:
        hint = "save one with `QiskitRuntimeService.save_account(token=...)`"
        raise EnvironmentFault("no IBM Quantum account is saved here", where=entry.where, hint=hint) from None
    except (QiskitError, ValueError, OSError) as problem:
        raise EnvironmentFault(f"the Runtime service refuses: {problem}", where=entry.where) from None
    return IbmBackend(service, entry.device, site.say, float(limit))


class IbmBackend:
    """A device of the service. `queue_limit_s` is how long a job may wait for its turn."""

    def __init__(
        self, service: QiskitRuntimeService, device: str, say: Callable[[str], None], queue_limit_s: float
    ) -> None:
        self._service = service
        self._device = device
        self._say = say
        self._queue_limit_s = queue_limit_s

    def target(self) -> Target:
        """What it can do, and how well, by its newest calibration."""
        return self._target_of(self._backend())

    def _backend(self) -> Any:  # noqa: ANN401 - the service's own, or one on record
        return self._ask(lambda: self._service.backend(self._device))

    def _target_of(self, backend: Any) -> Target:  # noqa: ANN401 - as above
        properties = self._ask(backend.properties)
        captured = in_utc(properties.last_update_date) if properties else ""
        return from_qiskit(backend.target, self._device, captured)

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        """Run the jobs as one submission, and wait for it.

        The sampler takes one number of shots for all: of a job that asked for fewer, the first are counted.

        Raises:
            EnvironmentFault: the service cannot be reached, or the job failed, or waited too long for its turn; it is
                cancelled then.
            InputError: a circuit measures nothing, or cannot be run by the device.
        """
        for job in jobs:
            counts.must_measure(job.circuit)
        backend = self._backend()
        target = self._target_of(backend)
        circuits = [compiled(job, target) for job in jobs]
        sampler = Sampler(mode=backend)
        if getattr(backend, "service", None) is None:  # one on record: the job runs here
            sampler.options.simulator.seed_simulator = jobs[0].seed
        most = max(job.shots for job in jobs)
        pubs = [(circuit, None, most) for circuit in circuits]
        submitted = self._ask(lambda: sampler.run(pubs), was_refused)
        self._wait(submitted)
        results = self._ask(submitted.result)
        calibration = calibration_json.identity(of_target(target))
        began = self._began(submitted)
        found = [_counts(*each) for each in zip(results, circuits, (job.shots for job in jobs), strict=True)]
        return tuple(Ran(each, str(submitted.job_id()), began, calibration) for each in found)

    def _wait(self, job: Any) -> None:  # noqa: ANN401 - the service's own, or a local one
        start, wait = world.monotonic(), _FIRST_LOOK_S
        while (status := _name(self._ask(job.status))) not in _ENDED:
            if status in _WAITING and world.monotonic() - start > self._queue_limit_s:
                self._ask(job.cancel)
                cause = f"the job {job.job_id()} waited {self._queue_limit_s:.0f} s for its turn, and is cancelled"
                raise EnvironmentFault(cause, hint="raise `queue_limit` in the backend's options, or try later")
            world.pause(wait)
            wait = min(2 * wait, _LOOK_EVERY_S)
        if status != "DONE":
            raise EnvironmentFault(f"the job {job.job_id()} ended as {status}: {_reason(job)}")

    def _began(self, job: Any) -> str:  # noqa: ANN401 - as above
        moments = self._ask(job.metrics).get("timestamps") or {}
        try:
            return in_utc(datetime.fromisoformat(str(moments.get("running"))))
        except ValueError:
            return world.now()

    def _ask(self, do: Callable[[], T], passing: Callable[[BaseException], bool] = passes) -> T:
        try:
            return retrying(do, passing, self._say)
        except (QiskitError, OSError) as problem:
            cause = f"the Runtime service: {getattr(problem, 'message', None) or problem}"
            raise EnvironmentFault(cause, hint=f"is `{self._device}` the name of a device of yours?") from problem


def _name(status: object) -> str:
    """A job's status: plain text from the service, a member of an enumeration in local mode."""
    return str(getattr(status, "name", status)).upper()


def _reason(job: Any) -> str:  # noqa: ANN401 - as above
    return str(job.error_message() or "no reason is given") if hasattr(job, "error_message") else "no reason is given"


def _counts(result: Any, circuit: QuantumCircuit, shots: int) -> dict[str, int]:  # noqa: ANN401 - as above
    """Counts of the first shots, all registers together, the last one at the left."""
    columns = [getattr(result.data, register.name).get_bitstrings() for register in reversed(circuit.cregs)]
    found: dict[str, int] = {}
    for shot in islice(zip(*columns, strict=True), shots):
        outcome = "".join(shot)
        found[outcome] = found.get(outcome, 0) + 1
    return counts.plain(found)
