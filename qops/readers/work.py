"""In the child: a request's answer, by way of Qiskit."""

import io

from qiskit import QuantumCircuit, qasm2, qasm3, qpy

from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.wording import visible
from qops.readers.messages import Answer, CallFunction, Converted, ReadQasm, ReadQpy, Request, Written
from qops.readers.users_code import call

_SMALL = 'OPENQASM 3.0; include "stdgates.inc"; qubit q; x q;'


def warm_up() -> None:
    """Do once, in the server, what a first reading does in any process: the OpenQASM 3 parser builds its tables."""
    qasm3.loads(_SMALL)


def perform(request: Request) -> Answer:
    """Read or call what the request says, and translate the circuit.

    Raises:
        BaseException: whatever the readers, or the user's code, come up with.
    """
    match request:
        case ReadQasm(text=text, version=2):
            legacy = qasm2.LEGACY_CUSTOM_INSTRUCTIONS
            return converted_answer(qasm2.loads(text, include_path=(), custom_instructions=legacy), "openqasm2")
        case ReadQasm(text=text):
            return converted_answer(qasm3.loads(text), "openqasm3")
        case ReadQpy():
            return converted_answer(_from_qpy(request), "qpy")
        case CallFunction():
            result = call(request)
            return Written(result) if isinstance(result, str) else converted_answer(result, "python")


def _from_qpy(request: ReadQpy) -> QuantumCircuit:
    circuits = qpy.load(io.BytesIO(request.data))
    if _can_lose_a_byte(request.data):
        raise InputError("something follows the last circuit of the QPY file", hint="write the file again")
    circuit = circuits[request.index]
    if not isinstance(circuit, QuantumCircuit):
        raise InputError(f"the QPY file holds a {type(circuit).__name__}, not a circuit")
    return circuit


def _can_lose_a_byte(data: bytes) -> bool:
    """Whether the file holds more than its circuits; Qiskit's reader does not say where it stopped."""
    try:
        qpy.load(io.BytesIO(data[:-1]))
    except Exception:  # noqa: BLE001 - each version has its own ways to notice
        return False
    return True


def converted_answer(circuit: QuantumCircuit, source_format: str) -> Converted:
    """The answer that a circuit is, with QPY beside it if its text cannot carry all of it.

    Raises:
        InputError: neither text nor QPY can hold it.
    """
    converted = circuit_from_qiskit(circuit, source_format)
    return Converted(converted, _kept(circuit, converted) if converted.sealed else None)


def _kept(circuit: QuantumCircuit, converted: Circuit) -> bytes:
    """The circuit as QPY, read back and compared.

    Raises:
        InputError: QPY does not give it back; then nothing that qops keeps would.
    """
    stream = io.BytesIO()
    try:
        qpy.dump(circuit, stream)
        stream.seek(0)
        again = circuit_from_qiskit(qpy.load(stream)[0], converted.source_format)
    except Exception as problem:
        raise _lost(converted, visible(str(problem))) from problem
    if again != converted:
        raise _lost(converted, "read back, it is another one")
    return stream.getvalue()


def _lost(circuit: Circuit, why: str) -> InputError:
    return InputError(
        f"neither OpenQASM nor QPY can hold this circuit ({'; '.join(circuit.sealed)}): {why}",
        hint="decompose the operation before the circuit is returned or saved, as in `circuit.decompose([NAME])`",
    )
