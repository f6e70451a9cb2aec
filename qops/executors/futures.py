"""Work given to anything that has a `submit` and gives futures: `concurrent.futures`, Dask, and what resembles them."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor as Concurrent
from queue import Empty, SimpleQueue
from typing import Protocol

import msgspec

from qops.errors import EnvironmentFault, QopsError
from qops.executors import remote
from qops.executors.options import Options
from qops.model.ports import Done, Task
from qops.model.wording import visible

_GLANCE = 0.5  # seconds between looks at whether the far side is still there


class Future(Protocol):
    """What becomes of a call that was submitted."""

    def result(self) -> bytes | None:
        """What was returned; raises what was raised."""

    def cancel(self) -> object:
        """It is not wanted any more."""

    def add_done_callback(self, callback: "Callable[[Future], object]", /) -> object:
        """Have the callback called, from whatever thread, once it is done."""


class Pool(Protocol):
    """Where functions can be sent."""

    def submit(self, function: Callable[..., bytes | None], /, *arguments: object) -> Future:
        """Have it called, elsewhere and later."""

    def capacity(self) -> int:
        """As many calls are to be under way, those that wait included.

        Raises:
            EnvironmentFault: it is not there any more.
        """

    def lost(self, task: Task, problem: BaseException) -> Done:
        """What it means for a task that its future ended with a problem.

        Raises:
            EnvironmentFault: it means that there is no point in going on.
        """


class FuturesExecutor:
    """Does tasks through a pool; there, a worker process does them, and keeps their limits (`qops.executors.remote`).

    Resources travel with a task only where the far side does not know them yet, which it says.
    """

    def __init__(self, pool: Pool, options: Options) -> None:
        self._pool = pool
        self._options = options

    def run(self, tasks: Sequence[Task], resources: Mapping[str, bytes]) -> Iterator[Done]:
        """Do the work, longest first.

        Raises:
            EnvironmentFault: the far side is not there, or not in order; what was done before has been given.
        """
        flight = _Flight(self._pool, self._options, msgspec.msgpack.encode(dict(resources)))
        waiting = deque(sorted(tasks, key=lambda task: -task.expected_s))
        try:
            while waiting or flight.under_way or flight.suspects:
                room = self._pool.capacity() - len(flight.under_way)
                for _ in range(min(room, len(waiting))):
                    flight.send(waiting.popleft())
                if not flight.under_way:
                    flight.send(flight.suspects.popleft())
                yield from flight.landed()
        finally:
            flight.cancel()


class _Flight:
    """The tasks that are under way; `suspects` crashed once, perhaps by another's fault, and are to be tried alone."""

    def __init__(self, pool: Pool, options: Options, resources: bytes) -> None:
        self.under_way: dict[Future, Task] = {}
        self.suspects = deque[Task]()
        self._suspected: set[str] = set()
        self._pool = pool
        self._options = options
        self._resources = resources
        self._terms = remote.terms(options, resources)
        self._arrived: SimpleQueue[Future] = SimpleQueue()

    def send(self, task: Task, resources: bytes | None = None) -> None:
        order = msgspec.msgpack.encode(remote.Order(task, self._options, self._terms))
        future = self._pool.submit(remote.perform, order, resources)
        self.under_way[future] = task
        future.add_done_callback(self._arrived.put)

    def landed(self) -> Iterator[Done]:
        """One task that is over, or nothing within a moment."""
        try:
            future = self._arrived.get(timeout=_GLANCE)
        except Empty:
            return
        task = self.under_way.pop(future)
        try:
            answer = future.result()
        except BaseException as problem:
            if (done := self._lost(task, problem)) is None:
                raise
            if done.kind == "crashed" and task.key not in self._suspected:
                self._suspected.add(task.key)
                self.suspects.append(task)
            else:
                yield done
            return
        if answer is None:
            self.send(task, self._resources)
        else:
            yield msgspec.msgpack.decode(answer, type=Done)

    def cancel(self) -> None:
        for future in self.under_way:
            future.cancel()

    def _lost(self, task: Task, problem: BaseException) -> Done | None:
        if isinstance(problem, QopsError | KeyboardInterrupt):
            return None
        if isinstance(problem, ImportError):
            cause = f"where the work is sent, something is not installed: {visible(str(problem))}"
            raise EnvironmentFault(cause, hint="install there what is installed here, qops included") from problem
        return self._pool.lost(task, problem)


class ConcurrentPool:
    """A pool of `concurrent.futures`, or what is made to its pattern, with `capacity` calls under way."""

    def __init__(self, pool: Concurrent, capacity: int) -> None:
        self._pool = pool
        self._capacity = capacity

    def submit(self, function: Callable[..., bytes | None], /, *arguments: object) -> Future:
        """Have it called."""
        return self._pool.submit(function, *arguments)

    def capacity(self) -> int:
        """The number that was given."""
        return self._capacity

    def lost(self, task: Task, problem: BaseException) -> Done:
        """The processes or threads are at fault: what they are sent does not raise."""
        cause = f"the pool that the work was sent to failed at {task.key}: {visible(repr(problem))}"
        raise EnvironmentFault(cause, hint="use --executor local") from problem
