"""What the crew, the server that starts workers, and the workers say to each other.

Calls and replies are frames. Crew and server exchange records of a fixed size, so that a record and the descriptors
that travel with it are read together.
"""

import socket
import struct

import msgspec

from qops.framing import CHUNK, LENGTH

RECORD = struct.Struct("!cIi")  # a letter, the worker's number, a value
READY = b"r"  # from the server: all is imported
HIRE, DISMISS = b"h", b"d"  # to the server: start a worker, kill one
ENDED = b"e"  # from the server: a worker ended; the value is its exit code, or its signal, negative

_SMALL = 1 << 16


class Setup(msgspec.Struct, frozen=True):
    """The part of the options that workers live by; see `Options`."""

    preload: tuple[str, ...]
    memory: int
    recycle: int


class Call(msgspec.Struct, frozen=True):
    """`function` (`module:name`) is to be called with `payload` and the resources."""

    function: str
    payload: bytes


class Reply(msgspec.Struct, frozen=True):
    """What a call returned, or why not, as in `Done`; `leaving` says that the worker takes no more."""

    result: bytes | None
    kind: str = ""
    because: str = ""
    leaving: bool = False


class Incoming:
    """Frames put together from whatever has arrived, so that nobody waits for the rest of one."""

    def __init__(self) -> None:
        self._data = bytearray()

    def take(self, channel: socket.socket) -> bool:
        """Read once what is there; whether the other side may send more."""
        data = channel.recv(CHUNK if self._data else _SMALL)
        self._data += data
        return bool(data)

    def frame(self) -> bytes | None:
        """The next whole frame, if there is one."""
        end = LENGTH.size + (LENGTH.unpack_from(self._data)[0] if len(self._data) >= LENGTH.size else 0)
        if len(self._data) < max(end, LENGTH.size):
            return None
        data = bytes(memoryview(self._data)[LENGTH.size : end])
        del self._data[:end]
        return data
