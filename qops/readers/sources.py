"""The circuits of a manifest, read from the user's work tree."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from qops.errors import InputError, ManyErrors
from qops.formats import parameters_csv
from qops.formats.problems import Problems
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry, PythonSource, QasmSource, QpySource
from qops.model.ports import WorkTree
from qops.model.where import Where
from qops.readers import qpy
from qops.readers.child import ContainedReader
from qops.readers.loading import CircuitLoader
from qops.readers.messages import CallFunction
from qops.readers.users_files import module_file, source_data


class LocalSources:
    """The `CircuitSources` of a work tree.

    Args:
        tree: the user's files; Python sources run with its root as their directory.
        contained: the door to Qiskit, one with the usual limits unless another is given.
    """

    def __init__(self, tree: WorkTree, contained: ContainedReader | None = None) -> None:
        self._tree = tree
        self._loader = CircuitLoader(contained or ContainedReader())

    def read(self, entries: Iterable[CircuitEntry]) -> dict[str, LoadedCircuit]:
        """Every entry by its name.

        Raises:
            InputError: the only problem, or those of all entries as `ManyErrors`.
            EnvironmentFault: a file cannot be read, or Qiskit cannot be started.
        """
        problems = Problems((), "")
        loaded = {entry.name: self._entry(entry, problems) for entry in entries}
        problems.raise_any()
        return {name: circuit for name, circuit in loaded.items() if circuit is not None}

    def read_text(self, name: str, data: bytes) -> LoadedCircuit:
        """A circuit from the bytes of a file called `name`; a QPY file must hold just one.

        Raises:
            InputError: with the place in the text.
        """
        if name.lower().endswith(".qpy") or data.startswith(qpy.MAGIC):
            return self._loader.only_qpy(data, name)
        return self._loader.qasm(data, name)

    def data(self, entry: CircuitEntry) -> tuple[bytes, bytes]:
        """What `LoadedCircuit.data` and `.parameters_data` would be, without reading the circuit in them."""
        return self._data(entry), self._file(entry.parameters, entry) if entry.parameters else b""

    def _entry(self, entry: CircuitEntry, problems: Problems) -> LoadedCircuit | None:
        circuit = values = None
        data = b""
        with _collecting(problems):
            circuit = self._source(entry)
        if entry.parameters is not None:
            with _collecting(problems):
                data = self._file(entry.parameters, entry)
                values = parameters_csv.read(data, entry.parameters)
                if circuit is not None:
                    parameters_csv.check(values, circuit.circuit.parameters, data, entry.parameters)
        return circuit and msgspec.structs.replace(circuit, parameters=values, parameters_data=data)

    def _source(self, entry: CircuitEntry) -> LoadedCircuit:
        data = self._data(entry)
        match entry.source:
            case QasmSource(path=path):
                return self._loader.qasm(data, path)
            case QpySource(path=path, index=index):
                return self._loader.qpy(data, path, index)
            case PythonSource() as source:
                return self._loader.python(self._call(source, entry.where), data)

    def _call(self, source: PythonSource, declared: Where) -> CallFunction:
        file = module_file(self._tree, source)
        where = declared if file is None else Where(file)
        return CallFunction(str(self._tree.root), source.target, source.arguments, where, declared)

    def _data(self, entry: CircuitEntry) -> bytes:
        if isinstance(entry.source, PythonSource):
            return source_data(self._tree, entry.source)
        return self._file(entry.source.path, entry)

    def _file(self, path: str, entry: CircuitEntry) -> bytes:
        try:
            return self._tree.read(path)
        except InputError as problem:  # it is the manifest that names the wrong file
            raise InputError(problem.cause, where=entry.where, hint=problem.hint) from None


@contextmanager
def _collecting(problems: Problems) -> Iterator[None]:
    try:
        yield
    except ManyErrors as several:
        for problem in several.problems:
            problems.add_error(problem)
    except InputError as problem:
        problems.add_error(problem)
