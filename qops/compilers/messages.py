"""What the compiler and its workers say to each other."""

import msgspec

from qops.model.matrix import Compiled, Recipe


class Source(msgspec.Struct, frozen=True):
    """A circuit: its canonical text, or QPY where the text does not carry all of it."""

    text: bytes
    qpy: bytes | None


class Order(msgspec.Struct, frozen=True):
    """One compilation; `plugins` are names of the stages to use that are not Qiskit's own."""

    recipe: Recipe
    plugins: tuple[str, ...]


class Delivery(msgspec.Struct, frozen=True):
    """What came of it; `packed` is the circuit's canonical text, compressed by zlib."""

    compiled: Compiled
    packed: bytes
    surroundings: dict[str, str]


class Statement(msgspec.Struct, frozen=True):
    """That a compiled circuit, as compressed text, does what its source does; `seed` is of the states to try."""

    circuit: str
    packed: bytes
    initial_layout: tuple[int, ...]
    final_layout: tuple[int, ...]
    seed: int


def encode(value: Source | Order | Delivery | Statement) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(value)
