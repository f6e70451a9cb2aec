"""Bytes to circuits: our own reader first, Qiskit in a contained child for the rest."""

import msgspec

from qops.circuits import reader
from qops.errors import InputError
from qops.model.loaded import LoadedCircuit
from qops.model.where import Where
from qops.readers import qpy
from qops.readers.child import ContainedReader
from qops.readers.foreign_text import refuse_foreign_includes, version_of
from qops.readers.messages import CallFunction, Converted, ReadQasm, ReadQpy, place, subject

LARGEST_FILE_BYTES = 256 << 20


class CircuitLoader:
    """Reads one source at a time; files beyond 256 MiB are refused.

    Args:
        contained: the door to Qiskit; nothing is started before something needs it.
    """

    def __init__(self, contained: ContainedReader) -> None:
        self._contained = contained

    def qasm(self, data: bytes, file: str) -> LoadedCircuit:
        """OpenQASM 2 or 3.

        Raises:
            InputError: with the place in the text.
        """
        _bounded(data, file)
        try:
            return LoadedCircuit(reader.read(data, file), data)
        except reader.NotCovered:
            text = data.decode("utf-8-sig")
        refuse_foreign_includes(text, file)
        return self._foreign(ReadQasm(text, file, version_of(text)), data)

    def qpy(self, data: bytes, file: str, index: int) -> LoadedCircuit:
        """Circuit number `index` of a QPY file, counted from zero.

        Raises:
            InputError: it is damaged, too old to be safe, or has no such circuit.
        """
        _bounded(data, file)
        qpy.check_index(qpy.read_header(data, file), index, file)
        return self._foreign(ReadQpy(data, file, index), data)

    def only_qpy(self, data: bytes, file: str) -> LoadedCircuit:
        """The circuit of a QPY file that holds one.

        Raises:
            InputError: it holds another number of circuits, or cannot be read.
        """
        count = qpy.read_header(data, file).circuits
        if count > 1:
            raise InputError(
                f"the QPY file holds {count} circuits, and none is chosen",
                where=Where(file),
                hint="declare the circuit in qops.yaml, with its `index`",
            )
        return self.qpy(data, file, 0)

    def python(self, call: CallFunction, data: bytes) -> LoadedCircuit:
        """What the user's function returns; `data` is what identifies it.

        Raises:
            InputError: with the line of the user's code that is at fault.
        """
        answer = self._contained.ask(call)
        if isinstance(answer, Converted):
            return LoadedCircuit(answer.circuit, data, qpy=answer.qpy)
        written = self.qasm(answer.text.encode(), f"{call.target} (the text it returned)")
        circuit = msgspec.structs.replace(written.circuit, source_format="python")
        return msgspec.structs.replace(written, circuit=circuit, data=data)

    def _foreign(self, request: ReadQasm | ReadQpy, data: bytes) -> LoadedCircuit:
        answer = self._contained.ask(request)
        if not isinstance(answer, Converted):
            raise InputError(f"{subject(request)} gave text, not a circuit", where=place(request))
        return LoadedCircuit(answer.circuit, data, qpy=answer.qpy)


def _bounded(data: bytes, file: str) -> None:
    if len(data) > LARGEST_FILE_BYTES:
        raise InputError(f"files larger than {LARGEST_FILE_BYTES >> 20} MiB are not read", where=Where(file))
