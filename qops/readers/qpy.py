"""The header of a QPY file, read by ourselves before anything else touches the file.

QPY below version 13 can carry code that Qiskit runs on loading (CVE-2025-2000); such files are refused unread.
"""

import struct

import msgspec

from qops.errors import InputError
from qops.model.where import Where

OLDEST_VERSION = 13
MAGIC = b"QISKIT"
_HEADER = struct.Struct("!6sBBBBQc")
_SMALLEST_CIRCUIT = 32  # bytes; less than any circuit takes


class QpyHeader(msgspec.Struct, frozen=True):
    """The QPY version, the Qiskit that wrote the file, and how many circuits it says to hold."""

    version: int
    qiskit: tuple[int, int, int]
    circuits: int


def read_header(data: bytes, file: str) -> QpyHeader:
    """The header of the QPY file `file`.

    Raises:
        InputError: it is no QPY file, cut short, too old to be safe, or counts more circuits than it has room for.
    """
    where = Where(file)
    if not data.startswith(MAGIC):
        what = "is empty" if not data else "is not QPY: it does not begin with `QISKIT`"
        raise InputError(f"the file {what}", where=where)
    if len(data) < _HEADER.size:
        raise InputError(f"the QPY file ends after {len(data)} bytes, within its header", where=where)
    _, version, *qiskit, circuits, _ = _HEADER.unpack_from(data)
    if version < OLDEST_VERSION:
        raise InputError(
            f"the file is QPY version {version}; below {OLDEST_VERSION} QPY can carry code, so it is not opened",
            where=where,
            hint="if you trust the file, load it and dump it again with Qiskit 1.4.2 or later",
        )
    if circuits * _SMALLEST_CIRCUIT > len(data):
        raise InputError(f"the QPY file says that it holds {circuits} circuits, but is too short for them", where=where)
    return QpyHeader(version, tuple(qiskit), circuits)


def check_index(header: QpyHeader, index: int, file: str) -> None:
    """Make sure that the file holds circuit number `index`, counted from zero.

    Raises:
        InputError: it does not; the message says how many there are.
    """
    if not 0 <= index < header.circuits:
        many = {0: "no circuits", 1: "1 circuit"}.get(header.circuits, f"{header.circuits} circuits")
        hint = f"`index` counts from zero, up to {header.circuits - 1}" if header.circuits else None
        raise InputError(f"there is no circuit {index}: the file holds {many}", where=Where(file), hint=hint)
