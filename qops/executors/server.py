"""The server that starts workers: imports once what they need, then forks one worker for each request.

Started by `qops.executors.launch` as `python -P -m qops.executors.server` with a socket as standard input. It runs no
task, and is never without an ear for its owner; when that ends, however it came about, it kills its workers and ends.

A fork is safe while no thread runs that it would cut off. Importing Qiskit and finding its plugins starts none, with
the thread pools of the numerical libraries set to one; should what is preloaded have started one all the same, every
worker becomes an interpreter of its own, and imports for itself.
"""

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
import threading
import traceback
from pathlib import Path

import msgspec

from qops import world
from qops.executors import worker
from qops.executors.messages import DISMISS, ENDED, HIRE, READY, RECORD, Setup
from qops.framing import exactly, receive_frame


def main() -> None:
    """Serve until the owner is gone."""
    with socket.socket(fileno=os.dup(0)) as owner:
        setup = msgspec.msgpack.decode(receive_frame(owner), type=Setup)
        gc.disable()  # what is imported stays
        worker.preload(setup.preload)
        gc.freeze()  # so that a collection in a worker does not touch, and thereby copy, our pages
        gc.enable()
        Server(owner, setup).serve()
    os._exit(os.EX_OK)  # at once: the owner waits for it, and there is nothing to tidy up


class Server:
    """The workers of one owner."""

    def __init__(self, owner: socket.socket, setup: Setup) -> None:
        self._owner = owner
        self._setup = setup
        self._workers: dict[int, int] = {}
        self._woken, self._wakes = os.pipe()

    def serve(self) -> None:
        """Start, kill and bury workers as the owner says; until it is gone."""
        os.set_blocking(self._wakes, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)
        with contextlib.suppress(EOFError, ConnectionError), selectors.DefaultSelector() as selector:
            selector.register(self._owner, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            self._owner.sendall(RECORD.pack(READY, 0, threads()))
            while True:
                for key, _ in selector.select():
                    self._obey() if key.fileobj is self._owner else os.read(self._woken, 4096)
                self._bury()
        for pid in self._workers.values():
            _kill(pid)

    def _obey(self) -> None:
        data, descriptors, _, _ = socket.recv_fds(self._owner, RECORD.size, 2)
        if not data:
            raise EOFError
        verb, number, _ = RECORD.unpack(data + exactly(self._owner, RECORD.size - len(data)))
        if verb == HIRE:
            self._workers[number] = self._start(*descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
        elif verb == DISMISS and number in self._workers:
            _kill(self._workers[number])

    def _start(self, channel: int, printed: int) -> int:
        if threads() > 1:
            return self._spawn(channel, printed)
        pid = os.fork()
        if pid == 0:
            self._become_worker(channel, printed)
        with contextlib.suppress(OSError):  # the child does it too, and may already have
            os.setpgid(pid, pid)
        return pid

    def _become_worker(self, channel: int, printed: int) -> None:
        """The life of a forked worker; it never returns to the server's code, whatever happens."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setpgid(0, 0)
            worker.live(channel, printed, self._setup)
        finally:
            traceback.print_exc()
            os._exit(os.EX_SOFTWARE)

    def _spawn(self, channel: int, printed: int) -> int:
        words = [sys.executable, "-P", "-m", "qops.executors.worker", msgspec.json.encode(self._setup).decode()]
        moves = [(os.POSIX_SPAWN_DUP2, channel, 0), (os.POSIX_SPAWN_DUP2, printed, 1)]
        return os.posix_spawn(
            sys.executable, words, world.environment_without(frozenset()), file_actions=moves, setpgroup=0
        )

    def _bury(self) -> None:
        for number, pid in list(self._workers.items()):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                _kill(pid)  # what it started is in its group, whose number is not given again before it is buried
                _, status = os.waitpid(pid, 0)
                del self._workers[number]
                self._owner.sendall(RECORD.pack(ENDED, number, os.waitstatus_to_exitcode(status)))


def threads() -> int:
    """The threads of this process, those that Python does not know of included, where the system tells."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return threading.active_count()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
