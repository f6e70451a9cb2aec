"""What identifies a Python source without running it."""

from qops.model.manifest import PythonSource
from qops.readers.users_files import module_file, source_data
from qops.vault.memory.tree import MemoryTree

FILES = {
    "circuits/__init__.py": b"",
    "circuits/ansatz.py": b"import numpy\nfrom circuits import layers\nfrom .sizes import N\n",
    "circuits/layers.py": b"def f():\n    import shared.gates as g\n",
    "circuits/sizes.py": b"from . import ansatz\nN = 2\n",
    "circuits/other.py": b"pass\n",
    "shared/gates.py": b"this is not Python\n",
}
SOURCE = PythonSource("circuits.ansatz:build", {"n": 2})


def data(changes: dict[str, bytes] | None = None, source: PythonSource = SOURCE) -> bytes:
    return source_data(MemoryTree({**FILES, **(changes or {})}), source)


def test_names_every_file_and_ends_with_the_call() -> None:
    text = data().decode()
    for path in ("__init__.py", "ansatz.py", "layers.py", "sizes.py"):
        assert f"circuits/{path}\n" in text
    assert "shared/gates.py\nthis is not Python\n" in text
    assert "other.py" not in text
    assert text.endswith('\n{"arguments":{"n":2},"target":"circuits.ansatz:build"}\n')


def test_changes_with_each_imported_file_and_no_other() -> None:
    for path, content in FILES.items():
        changed = data({path: content + b"# edited\n"}) != data()
        assert changed == (path != "circuits/other.py"), path


def test_changes_with_the_arguments_but_not_with_their_order() -> None:
    pair = PythonSource(SOURCE.target, {"n": 2, "depth": 3})
    turned = PythonSource(SOURCE.target, {"depth": 3, "n": 2})
    assert data(source=pair) == data(source=turned) != data()


def test_module_from_elsewhere_is_its_name() -> None:
    source = PythonSource("qiskit.circuit.library:efficient_su2", {"num_qubits": 2})
    assert data(source=source) == b'{"arguments":{"num_qubits":2},"target":"qiskit.circuit.library:efficient_su2"}\n'
    assert module_file(MemoryTree(FILES), source) is None


def test_module_file() -> None:
    assert module_file(MemoryTree(FILES), SOURCE) == "circuits/ansatz.py"
    assert module_file(MemoryTree(FILES), PythonSource("circuits:build")) == "circuits/__init__.py"
    assert module_file(MemoryTree(FILES), PythonSource("..up:build")) is None


def test_relative_import_beyond_the_top_is_passed_over() -> None:
    assert b"top.py\nfrom ... import x\n" in source_data(
        MemoryTree({"top.py": b"from ... import x\n"}), PythonSource("top:build")
    )
