"""The owner's handle on the server that starts workers; see `qops.executors.server`."""

import itertools
import socket
import subprocess
import tempfile
import weakref
from typing import IO

import msgspec

from qops import world
from qops.errors import EnvironmentFault
from qops.executors.ending import printed_by
from qops.executors.messages import DISMISS, HIRE, RECORD, Setup
from qops.executors.options import Options
from qops.framing import exactly, send_frame
from qops.model.wording import last_lines

_END_SECONDS = 0.5


class Server:
    """A running server. It and all its workers end when it is ended or collected, and when this process ends.

    Starting it takes no time: what is asked of it before it is ready, it does then.
    """

    def __init__(self, options: Options) -> None:
        self._numbers = itertools.count(1)  # one is not given twice: a crew's last words may reach the next crew
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - as long as this object lives
        self.channel, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [world.interpreter(), "-P", "-m", "qops.executors.server"],
                stdin=theirs.fileno(),
                stdout=self._said,
                stderr=self._said,
                env=_environment(options),
                start_new_session=True,  # an interrupt at the keyboard is for us alone
            )
        self._hired: list[int] = []
        self.end = weakref.finalize(self, _end, process, self.channel, self._said, self._hired)
        setup = Setup(options.preload, options.memory, options.recycle)
        send_frame(self.channel, msgspec.msgpack.encode(setup))

    def hire(self) -> tuple[int, socket.socket, IO[bytes]]:
        """Have a worker started; its number, the channel to it, and the file that it prints into."""
        number = next(self._numbers)
        self._hired.append(number)
        ours, theirs = socket.socketpair()
        printed = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's
        try:
            with theirs:
                self._ask(HIRE, number, theirs.fileno(), printed.fileno())
        except EnvironmentFault:
            ours.close()
            printed.close()
            raise
        return number, ours, printed

    def dismiss(self, number: int) -> None:
        """Have a worker killed; its end is told like any other."""
        self._ask(DISMISS, number)

    def news(self) -> tuple[bytes, int, int]:
        """The next record, waited for.

        Raises:
            EnvironmentFault: the server has ended.
        """
        try:
            verb, number, value = RECORD.unpack(exactly(self.channel, RECORD.size))
        except (EOFError, ConnectionError):
            raise self._gone() from None
        return verb, number, value

    def _ask(self, verb: bytes, number: int, *descriptors: int) -> None:
        try:
            socket.send_fds(self.channel, [RECORD.pack(verb, number, 0)], descriptors)
        except OSError:
            raise self._gone() from None

    def _gone(self) -> EnvironmentFault:
        said = "" if self._said.closed else last_lines(printed_by(self._said.fileno()), 1)
        self.end()
        cause = "the process that starts workers ended" + (f": {said}" if said else "")
        return EnvironmentFault(cause, hint="qops doctor")


def _environment(options: Options) -> dict[str, str]:
    changed = {**options.environment, "PYTHONUNBUFFERED": "1"}  # what a worker printed before it crashed is not lost
    kept = world.environment_without(frozenset(changed))
    return kept | {name: value for name, value in changed.items() if value is not None}


def _end(process: "subprocess.Popen[bytes]", channel: socket.socket, said: IO[bytes], hired: list[int]) -> None:
    channel.close()
    said.close()
    if not hired:  # it has nothing to look after, and may be at its preparations
        process.kill()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:  # its preparations take longer than we wait
        process.kill()
        process.wait()
