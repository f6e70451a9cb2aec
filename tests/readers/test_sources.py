"""The circuits of a manifest: which reader reads them, and how all their problems come out together."""

import io
from pathlib import Path

import pytest
from qiskit import QuantumCircuit, qpy

from qops.circuits.reader import read
from qops.errors import InputError, ManyErrors
from qops.model.circuit import Operation
from qops.model.manifest import CircuitEntry, PythonSource, QasmSource, QpySource, Source
from qops.model.parameters import ParameterSet
from qops.model.where import Where
from qops.readers.child import ContainedReader
from qops.readers.messages import Converted, Request, Written
from qops.readers.sources import LocalSources
from qops.vault.memory.tree import MemoryTree

PLAIN = b'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float theta;\nqubit[2] q;\nrx(theta) q[0];\n'
BOXED = b'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbox {\n  cx q[0], q[1];\n}\n'
VALUES = b"parameter,value\ntheta,pi/4\n"


class NoQiskit(ContainedReader):
    """A contained reader that must not be needed."""

    def ask(self, request: Request, limits: object = None) -> Converted | Written:
        raise AssertionError(f"Qiskit was asked for {request} {limits}")


def entry(name: str, source: Source, parameters: str | None = None) -> CircuitEntry:
    return CircuitEntry(name, source, parameters, (), Where("qops.yaml", 10, 3))


def light(files: dict[str, bytes]) -> LocalSources:
    return LocalSources(MemoryTree(files), NoQiskit())


def as_qpy(*circuits: QuantumCircuit) -> bytes:
    stream = io.BytesIO()
    qpy.dump(list(circuits), stream)
    return stream.getvalue()


def named(name: str) -> QuantumCircuit:
    circuit = QuantumCircuit(1, name=name)
    circuit.x(0)
    return circuit


def test_plain_openqasm_never_needs_qiskit() -> None:
    sources = light({"a.qasm": PLAIN, "a.csv": VALUES})
    loaded = sources.read([entry("a", QasmSource("a.qasm"), "a.csv")])["a"]
    assert loaded.circuit == read(PLAIN, "a.qasm")
    assert loaded.parameters == ParameterSet(("theta",), ("",), ((0.7853981633974483,),))
    assert (loaded.data, loaded.parameters_data, loaded.qpy) == (PLAIN, VALUES, None)


def test_parameters_are_optional() -> None:
    loaded = light({"a.qasm": PLAIN}).read([entry("a", QasmSource("a.qasm"))])["a"]
    assert (loaded.parameters, loaded.parameters_data) == (None, b"")


def test_the_rest_of_openqasm_goes_to_qiskit(contained: ContainedReader) -> None:
    loaded = LocalSources(MemoryTree(), contained).read_text("a.qasm", BOXED)
    assert [operation.gate for operation in loaded.circuit.operations] == ["sealed"]
    assert loaded.qpy is not None
    assert loaded.data == BOXED


def test_foreign_includes_stay_closed() -> None:
    text = BOXED.replace(b"stdgates.inc", b"/etc/hostname")
    with pytest.raises(InputError) as caught:
        light({}).read_text("a.qasm", text)
    assert caught.value.where == Where("a.qasm", 2, 9)


def test_qpy_by_index(contained: ContainedReader) -> None:
    data = as_qpy(named("one"), named("two"))
    sources = LocalSources(MemoryTree({"a.qpy": data}), contained)
    loaded = sources.read([entry("b", QpySource("a.qpy", 1))])["b"]
    assert loaded.circuit.annotations == (("name", '"two"'),)
    assert (loaded.data, loaded.circuit.source_format) == (data, "qpy")


def test_qpy_without_a_manifest(contained: ContainedReader) -> None:
    sources = LocalSources(MemoryTree(), contained)
    assert sources.read_text("-", as_qpy(named("one"))).circuit.operations == (Operation("x", (0,)),)
    with pytest.raises(InputError, match="holds 2 circuits, and none is chosen"):
        sources.read_text("a.qpy", as_qpy(named("one"), named("two")))


def test_python_that_returns_text_is_read_as_text(contained: ContainedReader, tmp_path: Path) -> None:
    module = f"def build(): return {PLAIN.decode()!r}\n".encode()
    (tmp_path / "ansatz.py").write_bytes(module)
    sources = LocalSources(MemoryTree({"ansatz.py": module}, tmp_path), contained)
    asked = entry("a", PythonSource("ansatz:build"))
    loaded = sources.read([asked])["a"]
    assert loaded.circuit.operations == read(PLAIN, "a.qasm").operations
    assert loaded.circuit.source_format == "python"
    assert loaded.data == sources.data(asked)[0]
    assert module in loaded.data


def test_python_that_returns_bad_text_is_placed_in_the_text(contained: ContainedReader, tmp_path: Path) -> None:
    module = b"def build(): return 'OPENQASM 3.0;\\nqubit q q;'\n"
    (tmp_path / "ansatz.py").write_bytes(module)
    sources = LocalSources(MemoryTree({"ansatz.py": module}, tmp_path), contained)
    with pytest.raises(InputError) as caught:
        sources.read([entry("a", PythonSource("ansatz:build"))])
    assert str(caught.value.where) == "ansatz:build (the text it returned):2:9"


def test_all_problems_of_all_entries_come_together() -> None:
    sources = light(
        {
            "a.qasm": b"OPENQASM 3.0;\nqubit q q;\n",
            "a.csv": b"parameter,value\ntheta,x\nphi,y\n",
            "b.qasm": PLAIN,
            "b.csv": b"parameter,value\nphi,1\n",
            "old.qpy": b"QISKIT\x0c" + bytes(30),
        }
    )
    with pytest.raises(ManyErrors) as caught:
        sources.read(
            [
                entry("a", QasmSource("a.qasm"), "a.csv"),
                entry("b", QasmSource("b.qasm"), "b.csv"),
                entry("c", QasmSource("c.qasm"), "c.csv"),
                entry("d", QpySource("old.qpy")),
            ]
        )
    assert [str(problem.where) for problem in caught.value.problems] == [
        "a.csv:2:7",
        "a.csv:3:5",
        "a.qasm:2:9",
        "b.csv",
        "b.csv:2:1",
        "old.qpy",
        "qops.yaml:10:3",
        "qops.yaml:10:3",
    ]


def test_missing_file_is_placed_in_the_manifest_with_the_nearest_spelling() -> None:
    with pytest.raises(InputError) as caught:
        light({"ansatz.qasm": PLAIN}).read([entry("a", QasmSource("anstaz.qasm"))])
    assert caught.value.where == Where("qops.yaml", 10, 3)
    assert caught.value.hint == "did you mean `ansatz.qasm`?"


def test_data_reads_nothing_in_the_files() -> None:
    sources = light({"a.qasm": b"\xff", "a.csv": b"\xfe"})
    assert sources.data(entry("a", QasmSource("a.qasm"), "a.csv")) == (b"\xff", b"\xfe")
    assert sources.data(entry("a", QasmSource("a.qasm"))) == (b"\xff", b"")


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qops.readers.loading.LARGEST_FILE_BYTES", 10)
    with pytest.raises(InputError, match="larger than"):
        light({}).read_text("a.qasm", PLAIN)
    with pytest.raises(InputError, match="larger than"):
        light({}).read_text("a.qpy", as_qpy(named("one")))
