"""Reads OpenQASM 2 and 3 in pure Python: fast to start, exact, and with a place in every error.

It covers all of OpenQASM 2 and the OpenQASM 3 that circuits use. What it knows of but does not cover raises
`NotCovered`, for another reader to try. Names of standard gates are known with or without an include.
"""

import re

from qops.circuits.directives import Directives
from qops.circuits.plain_calls import PlainCalls
from qops.circuits.program import Program
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.statements import statement
from qops.errors import InputError
from qops.model.circuit import Circuit, Register
from qops.model.where import Where, excerpt, place

LARGEST_FILE_BYTES = 256 * 1024 * 1024
_HEADER = re.compile(
    r"(?:\s++|//[^\n]*+|(?>/\*.*?\*/))*+OPENQASM\s+(\d{1,4})(?:\.(\d{1,4}))?\s*;", re.DOTALL | re.ASCII
)
_OLD_WORDS = re.compile(r"^[^\S\n]*+(?:qreg|creg|include\s+\"qelib1\.inc\")\b", re.MULTILINE)


class NotCovered(InputError):
    """The text uses a feature that this reader leaves to another one."""


def read(data: bytes, file: str) -> Circuit:
    """The circuit in an OpenQASM file.

    Args:
        data: the file's content, UTF-8.
        file: what to call it in errors.

    Raises:
        NotCovered: the text may be right, but needs another reader.
        InputError: the text is wrong; with its place.
    """
    text = _decode(data, file)
    try:
        return _read(text)
    except Fault as fault:
        kind = NotCovered if isinstance(fault, Uncovered) else InputError
        cause = f"{fault.message} is not covered by the light reader" if kind is NotCovered else fault.message
        where, line = place(file, text, fault.offset), excerpt(text, fault.offset)
        raise kind(cause, where=where, hint=fault.hint, excerpt=line) from None
    except RecursionError:
        raise InputError("the text is nested too deeply", where=Where(file)) from None


def _decode(data: bytes, file: str) -> str:
    if len(data) > LARGEST_FILE_BYTES:
        raise InputError(f"files larger than {LARGEST_FILE_BYTES >> 20} MiB are not read", where=Where(file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("the file is not UTF-8 text", where=Where(file, line)) from None
    if not text.strip():
        raise InputError("the file is empty", where=Where(file), hint="write a circuit into it, or drop it")
    return text.replace("\r\n", "\n") if "\r" in text else text


def _read(text: str) -> Circuit:
    version, position = _version(text)
    program = Program(text, version)
    directives = Directives.read(text, position)
    directives.declare(program)
    calls, end = PlainCalls(program, text, program.scope), len(text)
    while position < end:
        position = calls.read(position)
        cursor = Cursor(text, position)
        if cursor.kind == "end":
            break
        statement(program, cursor, program.scope)
        position = cursor.start
    return directives.apply(_circuit(program))


def _version(text: str) -> tuple[int, int]:
    header = _HEADER.match(text)
    if header is None:
        return (2 if _OLD_WORDS.search(text) else 3), 0
    major, minor = int(header.group(1)), int(header.group(2) or 0)
    if (major, minor) not in ((2, 0), (3, 0), (3, 1)):
        hint = "OpenQASM 2.0, 3.0 and 3.1 are read"
        raise Fault(f"OpenQASM {major}.{minor} is not known", header.start(1), hint)
    return major, header.end()


def _circuit(program: Program) -> Circuit:
    qubits = tuple(Register(name, size) for name, size in program.scope.qubits.registers)
    if program.physical:
        qubits = (Register("$", program.physical),)
    return Circuit(
        qubits=qubits,
        bits=tuple(Register(name, size) for name, size in program.scope.bits.registers),
        parameters=tuple(program.inputs),
        operations=tuple(program.scope.operations),
        gates=program.gates,
        phase=program.phase,
        source_format=f"openqasm{program.version}",
    )
