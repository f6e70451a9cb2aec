"""Identity as a public ladder: value → canonical text → bytes → hex.

The first two rungs belong to whoever knows the value (`qops.circuits.identity` for circuits); the last two are here.
"""

from hashlib import blake2b

import msgspec


def to_bytes(text: str) -> bytes:
    """The third rung: the canonical text as UTF-8."""
    return text.encode("utf-8", "surrogatepass")


def to_hex(data: bytes) -> str:
    """The last rung: BLAKE2b-256 of the bytes, in 64 hexadecimal digits [1]_.

    References:
        [1] M.-J. Saarinen and J.-P. Aumasson, The BLAKE2 Cryptographic Hash and MAC, RFC 7693 (2015).

    >>> to_hex(b"")[:16]
    '0e5751c026e543b2'
    """
    return blake2b(data, digest_size=32).hexdigest()


class CircuitDigest(msgspec.Struct, frozen=True):
    """The four digests of a circuit, 64 hexadecimal digits each; they change for different reasons.

    `skeleton`: operations, wires, control flow, bodies of gates; no number and no name.
    `parameters`: every angle and constant, exactly, and the values bound to symbols.
    `frame`: names, global phase, barriers, layout, metadata.
    `bytes`: the source file as it stands.
    """

    skeleton: str
    parameters: str
    frame: str
    bytes: str
