"""The server's side of one child: collect what it writes, stop it when it goes too far, leave nothing of it behind."""

import contextlib
import os
import selectors
import signal
import socket

from qops import world
from qops.readers import orphans
from qops.readers.messages import Limits, Outcome

_CHUNK = 1 << 16
_LEFT_IN_A_PIPE = 1 << 20
_GLANCE = 0.05  # seconds between looks at a child that neither writes nor ends
_BLINK = 0.002  # the same once it has closed its pipes, which mostly means that it is ending


class ParentGoneError(Exception):
    """The process that asked has ended; there is no one to answer."""


class Watch:
    """One running child, the leader of its own process group.

    Args:
        pid: the child.
        answer: the end of the pipe that the child's answer comes out of; closed at the end, as is `printed`.
        printed: the same for what it prints.
        limits: where to stop it.
    """

    def __init__(self, pid: int, answer: int, printed: int, limits: Limits) -> None:
        self._pid = pid
        self._answer, self._printed = answer, printed
        self._limits = limits
        self._answered, self._said = bytearray(), bytearray()
        self._stopped = ""

    def outcome(self, parent: socket.socket) -> Outcome:
        """Wait for the end, natural or not.

        Raises:
            ParentGoneError: the parent closed its side; the child was ended too.
        """
        with selectors.DefaultSelector() as selector:
            for source in (parent, self._answer, self._printed):
                selector.register(source, selectors.EVENT_READ)
            try:
                status = self._wait(selector, parent)
            finally:
                self._end_group()
                orphans.end()
            self._drain()
        return Outcome(bytes(self._answered), bytes(self._said), status, self._stopped)

    def _wait(self, selector: selectors.BaseSelector, parent: socket.socket) -> int:
        deadline = world.monotonic() + self._limits.wall_seconds
        while True:
            ended, status = os.waitpid(self._pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            if world.monotonic() > deadline:
                self._stop("time")
            for key, _ in selector.select(_GLANCE if len(selector.get_map()) > 1 else _BLINK):
                if key.fileobj is parent:
                    self._abandon()
                elif not self._take(key.fd):
                    selector.unregister(key.fd)

    def _take(self, descriptor: int) -> bool:
        """Read once; whether there may be more."""
        data = os.read(descriptor, _CHUNK)
        if descriptor == self._answer:
            self._answered += data
            if len(self._answered) > self._limits.answer:
                self._answered.clear()
                self._stop("size")
        else:
            self._said += data
            del self._said[: -self._limits.printed]
        return bool(data)

    def _stop(self, why: str) -> None:
        self._stopped = self._stopped or why
        self._end_group()

    def _abandon(self) -> None:
        self._end_group()
        os.waitpid(self._pid, 0)
        raise ParentGoneError

    def _end_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)

    def _drain(self) -> None:
        """What is left in the pipes; where orphans cannot be found, one may hold them open, so never wait."""
        for descriptor in (self._answer, self._printed):
            os.set_blocking(descriptor, False)
            with contextlib.suppress(BlockingIOError):
                for _ in range(_LEFT_IN_A_PIPE // _CHUNK):
                    self._take(descriptor)
            os.close(descriptor)
