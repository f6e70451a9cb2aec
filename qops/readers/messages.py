"""What the parent, the fork server and the contained child say to each other.

The parent sends a `Job` and gets an `Outcome`; the `answer` in it is what the child wrote before it ended, and is
believed only if it decodes as one of the answers. Frames hold MessagePack.
"""

import socket

import msgspec

from qops.framing import receive_frame, send_frame
from qops.model.circuit import Circuit
from qops.model.where import Where


class Limits(msgspec.Struct, frozen=True):
    """What a child may use: bytes of address space, seconds, bytes of answer, bytes of print that are remembered."""

    memory: int = 4 << 30
    cpu_seconds: int = 120
    wall_seconds: float = 120.0
    answer: int = 512 << 20
    printed: int = 64 << 10


class ReadQasm(msgspec.Struct, frozen=True, tag="qasm"):
    """OpenQASM text of version 2 or 3, for Qiskit's own readers."""

    text: str
    file: str
    version: int


class ReadQpy(msgspec.Struct, frozen=True, tag="qpy"):
    """One circuit of a QPY file whose header was found good."""

    data: bytes
    file: str
    index: int


class CallFunction(msgspec.Struct, frozen=True, tag="call"):
    """A function of the user's: `module:function`, imported with the directory `root` first on the path.

    `where` is the place of its code as far as it is known, `declared` that of the words that ask for it.
    """

    root: str
    target: str
    arguments: dict[str, object]
    where: Where
    declared: Where


Request = ReadQasm | ReadQpy | CallFunction


def subject(request: Request) -> str:
    """Who does the work of `request`, for the beginning of a sentence."""
    match request:
        case CallFunction(target=target):
            return f"`{target}`"
        case ReadQasm(version=version):
            return f"Qiskit's OpenQASM {version} reader"
        case ReadQpy():
            return "Qiskit's QPY reader"


def place(request: Request) -> Where:
    """What `request` is about."""
    return request.where if isinstance(request, CallFunction) else Where(request.file)


class Job(msgspec.Struct, frozen=True):
    """One request and the limits that it runs under."""

    request: Request
    limits: Limits


class Converted(msgspec.Struct, frozen=True, tag="converted"):
    """A circuit, and the same as QPY if its text cannot carry all of it."""

    circuit: Circuit
    qpy: bytes | None = None


class Written(msgspec.Struct, frozen=True, tag="written"):
    """OpenQASM text that the user's function returned."""

    text: str


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """An `InputError` on its way to the parent."""

    cause: str
    where: Where
    excerpt: str | None = None
    hint: str | None = None


Answer = Converted | Written | Refused


class Outcome(msgspec.Struct, frozen=True):
    """How a child ended.

    `answer` are the bytes that it wrote, `printed` the end of what it printed; `status` is its exit code, or the
    negative number of the signal that ended it; `stopped` says which limit the server enforced: `time`, `size` or none.
    """

    answer: bytes
    printed: bytes
    status: int
    stopped: str = ""


def send(channel: socket.socket, message: Job | Outcome) -> None:
    """Write one frame."""
    send_frame(channel, msgspec.msgpack.encode(message))


def receive_job(channel: socket.socket) -> Job:
    """Read a `Job`; `EOFError` when the parent is gone."""
    return msgspec.msgpack.decode(receive_frame(channel), type=Job)


def receive_outcome(channel: socket.socket) -> Outcome:
    """Read an `Outcome`; `EOFError` when the server is gone, `TimeoutError` when it is silent."""
    return msgspec.msgpack.decode(receive_frame(channel), type=Outcome)
