"""Circuits as texts that diff well: what `git diff` compares in their place."""

from collections.abc import Callable, Iterable

from qops.circuits import reader, writer
from qops.errors import QopsError
from qops.model.circuit import Circuit

QPY = b"QISKIT"
"""What a QPY file begins with."""

FromQpy = Callable[[bytes, str], Iterable[Circuit]]


def readable(data: bytes, file: str, from_qpy: FromQpy) -> bytes:
    """The canonical OpenQASM 3 text of a circuit's file, one operation a line, in an order that diffs well.

    What cannot be read is given back as it is, under a comment that says why: a diff must never fail.

    Args:
        data: the file's content, OpenQASM or QPY.
        file: what to call it in the comment.
        from_qpy: reads the circuits of a QPY file.
    """
    try:
        circuits = list(from_qpy(data, file)) if data.startswith(QPY) else [reader.read(data, file)]
        return _texts(circuits).encode()
    except QopsError as problem:
        return as_it_is(data, "//", problem)


def as_it_is(data: bytes, mark: str, problem: QopsError) -> bytes:
    """The file under a comment, which `mark` begins, about what is wrong with it."""
    return f"{mark} shown as it is, because qops could not read it: {problem}\n".encode() + data


def _texts(circuits: list[Circuit]) -> str:
    texts = map(writer.write, circuits)
    if len(circuits) == 1:
        return next(texts)
    return "\n".join(f"// circuit {number}\n{text}" for number, text in enumerate(texts))
