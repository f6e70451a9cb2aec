"""The light reader over real circuits: how many it reads, and how fast, beside Qiskit's readers."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from qiskit import qasm2, qasm3

from benchmarks import measure, outcome, rivals
from benchmarks.outcome import Row
from qops.circuits.reader import read
from qops.errors import InputError

CIRCUITS = Path(__file__).parents[2] / "shared" / "data" / "circuits"
_VERSION_2 = re.compile(rb"^\s*OPENQASM\s*2|^\s*include\s+\"qelib1\.inc\"", re.MULTILINE)


class File(NamedTuple):
    """A file, and the operations in it, those in the bodies of its gates included; None where it could not be read."""

    name: str
    data: bytes
    gates: int | None


def rows(*, small: bool) -> Iterator[Row]:
    """Shares of the files that are read, then microseconds a gate on the OpenQASM 2 files that both readers read."""
    paths = sorted(CIRCUITS.glob("*/*.qasm"), key=lambda path: path.stat().st_size)
    if not paths:
        yield Row("openqasm2", "OpenQASM files read", None, skipped="skipped: no circuits beside the repository")
        return
    files = [_file(path) for path in (paths[:9] if small else paths)]
    second = [file for file in files if _VERSION_2.search(file.data)]
    yield _share("openqasm2", f"OpenQASM 2 files read, of {len(second)}", second, 97)
    third = [file for file in files if file not in second and _circuit(file)]
    yield _share("openqasm3", f"plain OpenQASM 3 files read, of {len(third)}", third, 100)
    yield from _speed(second, 1 if small else 3)


def _file(path: Path) -> File:
    data = path.read_bytes()
    try:
        circuit = read(data, path.name)
    except InputError:
        return File(path.name, data, None)
    bodies = sum(len(gate.body or ()) for gate in circuit.gates.values())
    return File(path.name, data, len(circuit.operations) + bodies)


def _circuit(file: File) -> bool:
    """Whether OpenQASM 3 is plain: a circuit for us or for Qiskit, not a fragment that shows a part of the language."""
    return file.gates is not None or _read_by_qiskit(file.data)


def _read_by_qiskit(data: bytes) -> bool:
    try:
        with redirect_stderr(StringIO()):  # the parser says there what it does not like
            qasm3.loads(data.decode())
    except Exception:  # noqa: BLE001 - Qiskit's importer and its parser have no common error
        return False
    return True


def _share(key: str, what: str, files: list[File], percent: float) -> Row:
    read_well = sum(file.gates is not None for file in files)
    return Row(key, what, 100 * read_well / max(len(files), 1), "%", bar=percent, at_least=True)


def _speed(files: list[File], runs: int) -> Iterator[Row]:
    both = [file for file in files if file.gates and _qasm2_reads(file)]
    gates = sum(file.gates or 0 for file in both)
    ours, _ = measure.call(lambda: [read(file.data, file.name) for file in both], runs)
    theirs, _ = measure.call(lambda: [rivals.loads(file.data) for file in both], runs)
    our_import, their_import = _imports(3 * runs)
    yield Row("ours", f"the light reader, {gates:,} gates in {len(both)} files", 1e6 * ours / gates, "µs/gate")
    yield Row("theirs", "`qiskit.qasm2.loads`, the same files", 1e6 * theirs / gates, "µs/gate")
    yield Row("our_import", "importing the light reader", 1e3 * our_import, "ms")
    yield Row("their_import", "importing `qiskit.qasm2`", 1e3 * their_import, "ms")
    with_imports = (ours + our_import) / (theirs + their_import)
    yield Row("with_imports", "the light reader beside Qiskit's, imports included once", with_imports, "x", bar=1)
    yield Row("without_imports", "the same without imports", ours / theirs, "x")


def _qasm2_reads(file: File) -> bool:
    try:
        rivals.loads(file.data)
    except qasm2.QASM2ParseError:
        return False
    return True


def _imports(rounds: int) -> tuple[float, float]:
    """CPU seconds of importing each reader, over those of an interpreter that imports nothing."""

    def start(program: str) -> float:
        return measure.command([sys.executable, "-c", program], Path.cwd(), os.environ)

    seconds = measure.by_turns(
        {
            "nothing": lambda: start("pass"),
            "ours": lambda: start("import qops.circuits.reader"),
            "theirs": lambda: start("import qiskit.qasm2"),
        },
        rounds,
    )
    nothing, ours, theirs = (min(seconds[name]) for name in ("nothing", "ours", "theirs"))
    return ours - nothing, theirs - nothing


if __name__ == "__main__":
    outcome.run("reading", rows)
