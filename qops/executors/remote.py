"""On the far side of a cluster: a task, done by a worker process that the receiving process keeps.

So a limit on time is kept, and a crash or a hang costs that task only, whatever machinery brought the task here; and
one thread of that machinery does not meet another inside code that cannot bear it.
"""

from hashlib import sha256
from threading import Lock, Timer

import msgspec

from qops import world
from qops.executors.crew import Crew
from qops.executors.launch import Server
from qops.executors.options import Options
from qops.model.ports import Done, Task

_PATIENCE = 60.0  # seconds after which a helper that nobody needed is ended


class Order(msgspec.Struct, frozen=True):
    """A task, how it is to be done, and the name of these options together with the resources."""

    task: Task
    options: Options
    terms: str


def terms(options: Options, resources: bytes) -> str:
    """A name that only these options with these resources have."""
    return sha256(msgspec.msgpack.encode(options) + resources).hexdigest()


def perform(order: bytes, resources: bytes | None) -> bytes | None:
    """Do what is ordered; the `Done`, or None where the resources are not at hand and have to come with the order.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    wanted = msgspec.msgpack.decode(order, type=Order)
    helper = _RESTING.take(wanted.terms)
    if helper is None and resources is None:
        return None
    helper = helper or Helper(wanted, resources or b"")
    try:
        done = helper.perform(wanted.task)
    except BaseException:
        helper.close()
        raise
    _RESTING.keep(helper)
    return msgspec.msgpack.encode(done)


def release() -> None:
    """End the helpers of this process that are at nothing just now; otherwise they end after a minute without work."""
    _RESTING.end_those_since(world.monotonic())


class Helper:
    """One worker, for the tasks of one kind of order. A process that was forked has none of its parent's."""

    def __init__(self, order: Order, resources: bytes) -> None:
        self.terms = order.terms
        self.owner = world.process_id()
        self.resting_since = 0.0
        self._server = Server(order.options)
        self._crew = Crew(self._server, msgspec.msgpack.decode(resources, type=dict[str, bytes]), 1)

    def perform(self, task: Task) -> Done:
        """Do a task."""
        (done,) = self._crew.perform([task])
        return done

    def close(self) -> None:
        """End the worker, and what started it."""
        self._crew.close()
        self._server.end()


class _Resting:
    """The helpers that nobody needs just now."""

    def __init__(self) -> None:
        self._helpers: list[Helper] = []
        self._lock = Lock()
        self._watch: Timer | None = None

    def take(self, wanted: str) -> Helper | None:
        with self._lock:
            for helper in self._helpers:
                if (helper.terms, helper.owner) == (wanted, world.process_id()):
                    self._helpers.remove(helper)
                    return helper
        return None

    def keep(self, helper: Helper) -> None:
        helper.resting_since = world.monotonic()
        with self._lock:
            self._helpers.append(helper)
            self._watch = self._watch or self._watching()

    def end_those_since(self, moment: float) -> None:
        with self._lock:
            ended = [helper for helper in self._helpers if helper.resting_since <= moment]
            self._helpers = [helper for helper in self._helpers if helper.resting_since > moment]
            if not self._helpers and self._watch:
                self._watch.cancel()
                self._watch = None
        for helper in ended:
            if helper.owner == world.process_id():
                helper.close()

    def _watching(self) -> Timer:
        timer = Timer(_PATIENCE / 2, self._look)
        timer.daemon = True
        timer.start()
        return timer

    def _look(self) -> None:
        with self._lock:
            self._watch = self._watching()
        self.end_those_since(world.monotonic() - _PATIENCE)


_RESTING = _Resting()
