"""The shared circuits, each read, written, and read again."""

from support.data import circuit_files, needs_circuits

from qops.circuits.identity import digests
from qops.circuits.order import lexicographic
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.errors import InputError

LARGEST_BYTES = 40_000
# OpenQASM 3 that no circuit reader is meant to take: fragments of programs, and texts that are wrong on purpose.
FRAGMENTS = 27


@needs_circuits
def test_reads_every_whole_circuit() -> None:
    problems: list[str] = []
    for path in circuit_files(300_000):
        try:
            read(path.read_bytes(), path.name)
        except InputError as error:
            problems.append(f"{path.parent.name}/{path.name}: {error}")
    assert [line for line in problems if not line.startswith("openqasm/")] == []
    assert len(problems) == FRAGMENTS


@needs_circuits
def test_canonical_text_is_the_same_circuit() -> None:
    for path in circuit_files(LARGEST_BYTES):
        data = path.read_bytes()
        try:
            circuit = read(data, path.name)
        except InputError:
            continue
        text = write(circuit)
        again = read(text.encode(), "canonical.qasm")
        assert digests(again, data) == digests(circuit, data), path
        assert write(again) == text, path
        assert lexicographic(again.operations) == list(again.operations), path
