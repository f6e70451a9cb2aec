"""The parent's handle on the fork server: started when first needed, replaced when it dies, ended with its owner."""

import contextlib
import socket
import subprocess
import threading
import weakref
from typing import IO, cast

from qops import world
from qops.errors import EnvironmentFault, InputError
from qops.model.wording import last_lines
from qops.readers.diagnosis import understand
from qops.readers.messages import (
    Converted,
    Job,
    Limits,
    Outcome,
    Request,
    Written,
    place,
    receive_outcome,
    send,
    subject,
)

_START_SECONDS = 120.0
_GRACE_SECONDS = 30.0
_END_SECONDS = 2.0
_SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",  # threads do not survive a fork, and each reserves address space
    "OMP_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "RUST_BACKTRACE": "0",
    "PYTHONHASHSEED": "0",  # the same function gives the same circuit
    "PYTHONUNBUFFERED": "1",  # what a child printed before it crashed is not lost
    "PYTHONUTF8": "1",
}


class ContainedReader:
    """Runs requests one after another in contained children; safe to call from several threads.

    Nothing is started before the first request. The server ends when this object is closed or collected, when the
    process exits, and when the process is killed.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._server: _Server | None = None

    def ask(self, request: Request, limits: Limits | None = None) -> Converted | Written:
        """Run `request` in a child of its own, under these limits or the usual ones.

        Raises:
            InputError: the text or function is at fault, or did something that it must not.
            EnvironmentFault: the server could not be started.
        """
        limits = limits or self._limits
        with self._lock:
            if self._server is None:
                self._server = _Server()
            try:
                outcome = self._server.run(Job(request, limits))
            except (EOFError, OSError) as gone:
                self._discard()
                raise InputError(f"{subject(request)} took its server down with it", where=place(request)) from gone
            except BaseException:
                self._discard()  # interrupted halfway through a message, it could not be used again
                raise
        return understand(request, limits, outcome)

    def close(self) -> None:
        """End the server."""
        with self._lock:
            self._discard()

    def _discard(self) -> None:
        if self._server is not None:
            self._server.end()
            self._server = None


class _Server:
    """A running fork server and the socket to it."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [world.interpreter(), "-P", "-m", "qops.readers.server"],
                stdin=theirs.fileno(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**world.environment_without(frozenset()), **_SETTINGS},
                start_new_session=True,  # an interrupt at the keyboard is for us alone
            )
        self.end = weakref.finalize(self, _end, process, self._channel)
        self._await_readiness(process)

    def run(self, job: Job) -> Outcome:
        self._channel.settimeout(job.limits.wall_seconds + _GRACE_SECONDS)
        send(self._channel, job)
        return receive_outcome(self._channel)

    def _await_readiness(self, process: subprocess.Popen[bytes]) -> None:
        """Until the server has said that it is ready; from then on it has nothing to print."""
        with cast("IO[bytes]", process.stdout) as output:
            if self._is_ready():
                return
            self.end()
            said = last_lines(output.read(), 1)
        raise EnvironmentFault(
            f"the process that reads circuits with Qiskit could not be started{f': {said}' if said else ''}",
            hint="qops doctor",
        )

    def _is_ready(self) -> bool:
        self._channel.settimeout(_START_SECONDS)
        with contextlib.suppress(OSError):
            return bool(self._channel.recv(1))
        return False


def _end(process: subprocess.Popen[bytes], channel: socket.socket) -> None:
    channel.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
