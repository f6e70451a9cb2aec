"""One worker, as its crew knows it."""

import socket
from contextlib import suppress
from typing import IO

import msgspec

from qops import world
from qops.executors.ending import Ending, killings, printed_by, timed_out, understand
from qops.executors.messages import Call, Incoming, Reply
from qops.framing import send_frame
from qops.model.ports import Task

_ENCODER = msgspec.msgpack.Encoder()
_REPLIES = msgspec.msgpack.Decoder(Reply)
_NEVER = float("inf")
_TO_START = 120.0
_TO_END = 1.0  # seconds from a closed channel to the end of the process


class Hand:
    """A worker: being started, idle, at a task, or leaving.

    `deadline` is the moment from which on it is to be killed, if it has not done the next thing by then.
    """

    def __init__(self, number: int, channel: socket.socket, printed: IO[bytes], resources: bytes) -> None:
        self.number = number
        self.channel = channel
        self.task: Task | None = None
        self.ready = self.leaving = self._late = False
        self.deadline = world.monotonic() + _TO_START
        self._printed = printed
        self._incoming = Incoming()
        self._killings = killings()
        self._resources = resources

    @property
    def free(self) -> bool:
        """Whether it could be given a task, now or once it is ready."""
        return self.task is None and not self.leaving

    def equip(self) -> None:
        """It has come up: send what every task may use."""
        self.ready, self.deadline = True, _NEVER
        self._send(self._resources, _TO_START)

    def give(self, task: Task) -> None:
        """Send a task. If the worker is gone by now, or does not listen, its end will tell."""
        self.task, self.deadline = task, world.monotonic() + task.limit_s
        self._send(_ENCODER.encode(Call(task.function, task.payload)), task.limit_s)

    def hear(self) -> Reply | None:
        """Read what has come; the reply, once it is whole."""
        try:
            more = self._incoming.take(self.channel)
        except OSError:
            more = False
        if not more:
            self._leave()
        return self._reply()

    def last_words(self) -> Reply | None:
        """The reply of a worker that has ended, if it came so far."""
        self.channel.settimeout(0)
        with suppress(OSError):
            while self._incoming.take(self.channel):
                pass
        return self._reply()

    def late(self) -> None:
        """It is killed because its time is over; or because it does not end, having closed its channel."""
        self._late, self.leaving, self.deadline = not self.leaving, True, _NEVER

    def ending(self, status: int) -> Ending:
        """What its end says about its task."""
        if self._late and self.task:
            return timed_out(self.task.limit_s)
        return understand(status, self.printed(), killed_for_memory=killings() > self._killings)

    def printed(self) -> bytes:
        """The end of what it printed."""
        return printed_by(self._printed.fileno())

    def close(self) -> None:
        """Give up the channel and what was printed."""
        self.channel.close()
        self._printed.close()

    def _reply(self) -> Reply | None:
        frame = self._incoming.frame()
        if frame is None:
            return None
        self.deadline = _NEVER
        reply = _REPLIES.decode(frame)
        if reply.leaving:
            self._leave()
        return reply

    def _leave(self) -> None:
        if not self.leaving:
            self.leaving = True
            self.deadline = min(self.deadline, world.monotonic() + _TO_END)

    def _send(self, data: bytes, seconds: float) -> None:
        self.channel.settimeout(seconds)
        try:
            send_frame(self.channel, data)
        except OSError:
            self._leave()
