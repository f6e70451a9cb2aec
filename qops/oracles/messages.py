"""What the parent and a child say to each other: one `Task` in, one answer a question out, in frames.

A frame is four bytes of length, big-endian, and MessagePack. A child that dies leaves the answers that it had written.
"""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from qops.circuits.equivalence.provable import Statement
from qops.model.circuit import Circuit
from qops.model.layout import Layout

_LENGTH = struct.Struct("!I")


class Limits(msgspec.Struct, frozen=True):
    """What a child may use: bytes of address space, seconds of processor time and of the clock."""

    memory: int = 4 << 30
    cpu_seconds: int = 120
    wall_seconds: float = 60.0


class Distances(msgspec.Struct, frozen=True, tag="distances"):
    """How far apart the two are."""

    old: Circuit
    new: Circuit


class States(msgspec.Struct, frozen=True, tag="states"):
    """Whether the two do the same to random states."""

    source: Circuit
    compiled: Circuit
    layout: Layout
    seed: int


class Task(msgspec.Struct, frozen=True):
    """Questions, all for one child, and the limits that it puts itself under."""

    limits: Limits
    questions: tuple[Distances | States | Statement, ...]


class Said(msgspec.Struct, frozen=True):
    """The prover's own word."""

    word: str


def write(stream: BinaryIO, answer: msgspec.Struct) -> None:
    """Write one frame, at once."""
    data = msgspec.msgpack.encode(answer)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def frames(data: bytes) -> Iterator[memoryview]:
    """The whole frames in what a child wrote."""
    rest: memoryview[Any] = memoryview(data)
    while len(rest) >= _LENGTH.size:
        (length,) = _LENGTH.unpack(rest[: _LENGTH.size])
        frame, rest = rest[_LENGTH.size : _LENGTH.size + length], rest[_LENGTH.size + length :]
        if len(frame) == length:
            yield frame
