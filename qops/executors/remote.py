"""On the far side of a cluster: a task, done by a worker process that the receiving process keeps.

So a limit on time is kept, and a crash or a hang costs that task only, whatever machinery brought the task here; and
one thread of that machinery does not meet another inside code that cannot bear it.
"""

import threading
from collections.abc import Iterator
from hashlib import sha256

import msgspec

from qops.executors.crew import Crew
from qops.executors.launch import Server
from qops.executors.options import Options
from qops.model.ports import Done, Task


class Order(msgspec.Struct, frozen=True):
    """A task, how it is to be done, and the name of the resources that it is done with."""

    task: Task
    options: Options
    resources: str


class _Kept(threading.local):
    """What each thread keeps for the next task: a server and one worker."""

    crew: Crew | None = None
    server: Server | None = None
    terms: tuple[Options, str] | None = None


_KEPT = _Kept()


def name_of(resources: bytes) -> str:
    """A name that only these resources have."""
    return sha256(resources).hexdigest()


def perform(order: bytes, resources: bytes | None) -> bytes | None:
    """Do what is ordered; the `Done`, or None where the resources are not known here and have to come with the order.

    Raises:
        EnvironmentFault: no worker can be started.
    """
    wanted = msgspec.msgpack.decode(order, type=Order)
    if _KEPT.terms != (wanted.options, wanted.resources):
        if resources is None:
            return None
        _replace(wanted, msgspec.msgpack.decode(resources, type=dict[str, bytes]))
    try:
        return msgspec.msgpack.encode(next(_performing(wanted.task)))
    except BaseException:
        _give_up()
        raise


def _performing(task: Task) -> Iterator[Done]:
    return _KEPT.crew.perform([task]) if _KEPT.crew else iter(())


def _replace(wanted: Order, resources: dict[str, bytes]) -> None:
    _give_up()
    _KEPT.server = Server(wanted.options)
    _KEPT.crew = Crew(_KEPT.server, resources, 1)
    _KEPT.terms = (wanted.options, wanted.resources)


def _give_up() -> None:
    if _KEPT.crew and _KEPT.server:
        _KEPT.server.end()
        _KEPT.crew.close()
    _KEPT.crew = _KEPT.server = _KEPT.terms = None
