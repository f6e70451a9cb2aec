"""Work done on a Dask cluster; needs the extra `dask`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import dask
from distributed import Client, KilledWorker
from distributed.client import ClosedClientError

from qops import world
from qops.errors import EnvironmentFault
from qops.executors.futures import Future, FuturesExecutor
from qops.executors.options import Options
from qops.model.ports import Done, Task
from qops.model.wording import visible

_TO_CONNECT = 10.0
_AHEAD = 4  # calls under way for each thread of the cluster
_COUNT_AGAIN = 1.0  # seconds from one look at the number of threads to the next
_LARGE = {"distributed.admin.large-graph-warning-threshold": "1 GiB"}  # tasks carry data; that is meant
_LEAST = 16  # so that something waits there while a queueing system brings the first workers


class DaskExecutor:
    """Does tasks on the workers of a running scheduler.

    A task whose Dask worker dies is given to another by Dask itself, until `allowed-failures` of its configuration
    (3) is passed. Within a Dask worker, a process of ours does the tasks: limits hold there as they do here, and the
    number of threads of a Dask worker is of no consequence for code that does not bear threads.
    """

    def __init__(self, address: str, options: Options) -> None:
        self._address = address
        self._options = options

    def run(self, tasks: Sequence[Task], resources: Mapping[str, bytes]) -> Iterator[Done]:
        """Do the work.

        Raises:
            EnvironmentFault: the scheduler is not there, or went away; what was done before has been given.
        """
        with dask.config.set(_LARGE), self._connected() as client:
            yield from FuturesExecutor(_Cluster(client, self._address), self._options).run(tasks, resources)

    def _connected(self) -> Client:
        try:
            return Client(f"tcp://{self._address}", timeout=_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as problem:
            cause = f"no Dask scheduler answers at {self._address}: {visible(str(problem))}"
            raise EnvironmentFault(cause, hint="start one with `dask scheduler`, or use --executor local") from problem


class _Cluster:
    """A client as a pool."""

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._counted = -_COUNT_AGAIN
        self._capacity = _LEAST

    def submit(self, function: Callable[..., bytes | None], /, *arguments: object) -> Future:
        with self._there():
            future: Future = self._client.submit(function, *arguments, pure=False)
        return future

    def capacity(self) -> int:
        if self._client.status != "running":
            raise self._gone()
        if world.monotonic() > self._counted + _COUNT_AGAIN:
            self._counted = world.monotonic()
            with self._there():
                self._capacity = max(_LEAST, _AHEAD * sum(self._client.nthreads().values()))
        return self._capacity

    def lost(self, task: Task, problem: BaseException) -> Done:
        if isinstance(problem, KilledWorker):
            times = f"{problem.allowed_failures + 1} Dask workers died while they were at it"
            return Done(task.key, None, "crashed", times)
        raise self._gone() from problem

    @contextmanager
    def _there(self) -> Iterator[None]:
        """Inside, a broken connection means what it means."""
        try:
            yield
        except (OSError, ClosedClientError) as problem:
            raise self._gone() from problem

    def _gone(self) -> EnvironmentFault:
        cause = f"the Dask scheduler at {self._address} went away; what it had done until then is kept"
        return EnvironmentFault(cause, hint="start it again, and then the same command: it goes on where it ended")
