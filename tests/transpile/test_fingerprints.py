"""A compiled circuit's digest is the same whatever process made it: real compilation, in processes of every kind."""

import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import msgspec
import pytest

from qops.compilers.messages import Source, encode
from qops.compilers.qiskit import QiskitCompiler
from qops.formats import matrix_file
from qops.model.matrix import Compiled, Recipe

QOPS = str(Path(sys.executable).with_name("qops"))
MANIFEST = """\
version: 1
circuits: {"*": "*.qasm"}
backends:
  line: {kind: generic, qubits: 8, seed: 7, coupling: line}
matrix: {levels: [1, 3], seeds: 2}
"""
RING = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[6];\n' + "".join(
    f"h q[{one}];\ncx q[{one}],q[{(one + 2) % 6}];\nrz(0.{one}1) q[{one}];\n" for one in range(6)
)
FAN = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[7];\n' + "".join(
    f"cu1(0.{one}7) q[0],q[{one}];\nrx(1.{one}) q[{one}];\n" for one in range(1, 7)
)
BY_TRANSPILE = """
import sys, msgspec
from qiskit import transpile
from qops.circuits import reader, writer
from qops.compilers.messages import Order, Source
from qops.formats import target_json
from qops.interchange import targets
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.digest import to_hex
payloads, resources = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[list[bytes], dict[str, bytes]])
target = targets.to_qiskit(target_json.read(resources["target"], "target.json"))
for payload in payloads:
    recipe = msgspec.msgpack.decode(payload, type=Order).recipe
    source = msgspec.msgpack.decode(resources[recipe.circuit], type=Source)
    circuit = circuit_to_qiskit(reader.read(source.text, "circuit.qasm"))
    made = transpile(circuit, target=target, optimization_level=recipe.level, seed_transpiler=recipe.seed)
    print(to_hex(writer.write(circuit_from_qiskit(made)).encode())[:32])
"""
IN_ANOTHER_PROCESS = """
import sys, zlib, msgspec
from qops.compilers.messages import Delivery
from qops.compilers.qiskit_work import compile_cell
payloads, resources = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[list[bytes], dict[str, bytes]])
made = [msgspec.msgpack.decode(compile_cell(payload, resources), type=Delivery) for payload in payloads]
print([(each.compiled.digest, zlib.crc32(zlib.decompress(each.packed))) for each in made])
"""


def commanded(here: Path, *words: str, code: int = 3, **environment: str) -> None:
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": str(here.parent), "GIT_CONFIG_NOSYSTEM": "1", **environment}
    done = subprocess.run(words, cwd=here, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr


def repository(place: Path) -> Path:
    place.mkdir()
    commanded(place, "git", "init", "--quiet", code=0)
    for name, text in {"qops.yaml": MANIFEST, "ring.qasm": RING, "fan.qasm": FAN}.items():
        (place / name).write_text(text)
    return place


def digests(file: Path) -> dict[tuple[str, int, int], str]:
    rows = matrix_file.read(file.read_bytes(), file.name).matrix.rows
    return {
        (row.circuit, row.level, seed): outcome.digest
        for row in rows
        for seed, outcome in row.outcomes.items()
        if isinstance(outcome, Compiled)
    }


def compiled(here: Path, *words: str, **environment: str) -> dict[tuple[str, int, int], str]:
    commanded(here, QOPS, "transpile-matrix", "-q", "--verify", "off", "--to", "all.json", *words, **environment)
    return digests(here / "all.json")


def test_whatever_the_executor_the_hash_seed_the_threads_and_the_shards(tmp_path: Path) -> None:
    once = compiled(repository(tmp_path / "a"), "--executor", "serial", PYTHONHASHSEED="1", RAYON_NUM_THREADS="1")
    assert len(once) == 8
    again = compiled(repository(tmp_path / "b"), "--executor", "local", PYTHONHASHSEED="77", RAYON_NUM_THREADS="8")
    assert again == once
    parts = repository(tmp_path / "c")
    for number in (2, 1):
        words = ["-q", "--shard", f"{number}/2", "--to", f"{number}.json"]
        commanded(parts, QOPS, "transpile-matrix", *words, code=0)
    commanded(parts, QOPS, "transpile", "merge", "2.json", "1.json", "--to", "all.json", "-q")
    assert digests(parts / "all.json") == once


def test_shards_in_any_order_are_the_whole_report_byte_for_byte(tmp_path: Path) -> None:
    """Compiled anew on both sides, compared with their sources, and beside a baseline from which rows differ."""
    whole, parts = repository(tmp_path / "whole"), repository(tmp_path / "parts")
    commanded(whole, QOPS, "transpile-matrix", "--accept", "the first", "-q", code=0)
    (parts / "qops.matrix").write_bytes((whole / "qops.matrix").read_bytes())
    for here in (whole, parts):
        (here / "ring.qasm").write_text(RING + "cx q[0],q[3];\n")
    commanded(whole, QOPS, "transpile-matrix", "--format", "json", "--output", "report.json")
    report = (whole / "report.json").read_text()
    assert "did what the source does" in report
    assert "compile time" not in report
    for number in ("1", "2", "3"):
        commanded(parts, QOPS, "transpile-matrix", "-q", "--shard", f"{number}/3", "--to", f"{number}.json", code=0)
    for order in ("123", "312"):
        files = [f"{number}.json" for number in order]
        commanded(parts, QOPS, "transpile", "merge", *files, "--format", "json", "--output", "merged.json")
        assert (parts / "merged.json").read_text() == report
    commanded(parts, QOPS, "transpile", "merge", *files, "--format", "markdown", "--output", "merged.md")
    assert "- compile time: " in (parts / "merged.md").read_text()


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same cells for a worker function, as bytes."""
    here = repository(tmp_path_factory.mktemp("order") / "lab")
    compiled(here, "--executor", "serial", "--only", "ring@line:1")
    (target,) = (here / ".qops" / "cache" / "targets").glob("*.json")
    recipes = [
        Recipe(circuit, "target", level, seed)
        for level in (0, 1, 2, 3)
        for seed in (0, 1)
        for circuit in ("ring", "fan")
    ]
    payloads = [QiskitCompiler().task("", recipe, 60.0, 1.0).payload for recipe in recipes]
    sources = {name: encode(Source(text.encode(), None)) for name, text in {"ring": RING, "fan": FAN}.items()}
    resources = {**sources, "target": target.read_bytes()}
    return msgspec.msgpack.encode((payloads, resources))


def test_with_as_many_threads_as_there_are(order: bytes) -> None:
    """The function itself, without the surroundings that its workers are given."""
    found = set()
    for threads, hash_seed in (("1", "0"), ("3", "5"), ("8", "77")):
        surroundings = {"PATH": "/usr/bin:/bin", "RAYON_NUM_THREADS": threads, "PYTHONHASHSEED": hash_seed}
        words = [sys.executable, "-c", IN_ANOTHER_PROCESS]
        found.add(subprocess.run(words, input=order, env=surroundings, capture_output=True, check=True).stdout)
    assert len(found) == 1
    assert len(set(literal_eval(found.pop().decode()))) > 1  # the cells are not all alike


def test_as_transpile_itself_and_in_any_order(order: bytes) -> None:
    """A worker keeps its pass managers from cell to cell: nothing of a cell may be left in them for the next one."""

    def printed(program: str, text: bytes) -> list[str]:
        words = [sys.executable, "-c", program]
        done = subprocess.run(words, input=text, env={"RAYON_NUM_THREADS": "1"}, capture_output=True, check=True)
        return done.stdout.decode().split("\n")

    payloads, resources = msgspec.msgpack.decode(order, type=tuple[list[bytes], dict[str, bytes]])
    backwards = msgspec.msgpack.encode((payloads[::-1], resources))
    (there, *_), (back, *_) = printed(IN_ANOTHER_PROCESS, order), printed(IN_ANOTHER_PROCESS, backwards)
    made = [digest for digest, _ in literal_eval(there)]
    assert [digest for digest, _ in literal_eval(back)] == made[::-1]
    assert printed(BY_TRANSPILE, order)[:-1] == made
