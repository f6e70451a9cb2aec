"""The fork server: imports Qiskit once, then forks one contained child for each job that comes down its socket.

Started by `qops.readers.child` as `python -P -m qops.readers.server` with a socket as standard input; it ends when
the other side of that socket does, however that came about.
"""

import contextlib
import gc
import os
import socket

import msgspec

from qops.readers import confinement, orphans
from qops.readers.messages import Job, Outcome, receive_job, send
from qops.readers.refusal import OUT_OF_MEMORY, refuse
from qops.readers.watch import ParentGoneError, Watch
from qops.readers.work import perform, warm_up

READY = b"\x06"


def main() -> None:
    """Serve until the parent is gone."""
    with socket.socket(fileno=os.dup(0)) as parent:
        orphans.adopt()
        warm_up()
        gc.freeze()  # so that a collection in a child does not touch, and thereby copy, our pages
        try:
            parent.sendall(READY)
            while True:
                send(parent, _answer(receive_job(parent), parent))
        except (EOFError, ConnectionError, ParentGoneError):
            return


def _answer(job: Job, parent: socket.socket) -> Outcome:
    answer, answers = os.pipe()
    printed, prints = os.pipe()
    pid = os.fork()
    if pid == 0:
        _contained(job, answers, prints)
    with contextlib.suppress(OSError):  # the child does it too, and may already have
        os.setpgid(pid, pid)
    os.close(answers)
    os.close(prints)
    return Watch(pid, answer, printed, job.limits).outcome(parent)


def _contained(job: Job, answers: int, prints: int) -> None:
    """The life of a child; it never returns to the server's code, whatever happens."""
    status, child = os.EX_SOFTWARE, os.getpid()
    try:
        confinement.confine(job.limits, answers, prints)
        data = _work(job)
        if os.getpid() == child:  # the user's function may have forked, and returned twice
            _write(data)
        status = os.EX_OK
    finally:
        os._exit(status)


def _work(job: Job) -> bytes:
    try:
        return msgspec.msgpack.encode(perform(job.request))
    except MemoryError:
        return msgspec.msgpack.encode(OUT_OF_MEMORY)
    except BaseException as problem:  # noqa: BLE001 - a Rust panic and SystemExit are no Exceptions
        return msgspec.msgpack.encode(refuse(job.request, problem))


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(confinement.ANSWER, view) :]


if __name__ == "__main__":
    main()
