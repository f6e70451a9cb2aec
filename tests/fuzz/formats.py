"""Every kind of file that qops reads and did not write: good examples, pieces of it, the reader, and the judge.

A reader gives a value for the judge, or raises a `QopsError` with a place. Growth is one function and one line below.
"""

import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from circuits import test_reader_fuzz as examples
from qiskit import QuantumCircuit, qasm2, qpy
from qiskit.circuit import Parameter
from qiskit.circuit.library import UnitaryGate
from support.data import circuit_files
from support.project import BELL, FILES

from fuzz import nonsense
from fuzz.mutation import mutated
from qops.circuits import reader
from qops.circuits.identity import digests
from qops.circuits.writer import write
from qops.formats import dvc_files, lock, manifest, parameters_csv
from qops.formats.dvc_files import Pointer
from qops.hooks import merge_lock, readable, readable_parameters
from qops.model.circuit import Circuit
from qops.model.parameters import ParameterSet
from qops.model.snapshot import CircuitRecord, Environment, Snapshot
from qops.readers.child import ContainedReader
from qops.readers.loading import CircuitLoader
from qops.readers.messages import Converted, Limits, ReadQasm
from qops.vault.dvc_locks import _HolderFile
from qops.vault.dvc_settings import Settings, read_settings
from qops.circuits.sizes import measure

LARGEST_EXAMPLE = 3000


class Kind(NamedTuple):
    """A kind of file.

    `weight` is its share of the mutations; `placed` says whether every refusal has to name a place in the text.
    """

    seeds: list[bytes]
    words: list[bytes]
    read: Callable[[bytes], Any]
    judge: Callable[[Any], None]
    weight: int = 1
    placed: bool = True

    def mutated(self, chance: random.Random) -> bytes:
        """A file that is nearly one of this kind."""
        return mutated(self.seeds, self.words, chance)


def kinds(place: Path, contained: ContainedReader) -> dict[str, Kind]:
    """All kinds; `place` is a directory for those that are read from a file, `contained` the door to Qiskit."""
    old, new = _circuits("2"), _circuits("3")
    pieces = [word for fragment in examples.FRAGMENTS for word in (fragment,)]
    loader = CircuitLoader(contained)
    return {
        "OpenQASM 2": Kind(old, pieces, _circuit, _faithful, weight=45),
        "OpenQASM 3": Kind(new, pieces, _circuit, _faithful, weight=45),
        "parameters, CSV": Kind(_TABLES, _TABLE_WORDS, _values, nonsense.values, weight=30),
        "qops.yaml": Kind(_MANIFESTS, _MANIFEST_WORDS, _manifest, nonsense.manifest, weight=30),
        "qops.lock": Kind([_lock()], _LOCK_WORDS, lambda data: lock.read(data, "qops.lock"), _recorded, weight=25),
        "merges of qops.lock": Kind([_lock()], _LOCK_WORDS, _merged, _nothing, weight=4),
        "DVC's .dir, JSON": Kind(_LISTINGS, _JSON_WORDS, _listing, _listed, weight=10),
        "DVC's .dvc": Kind(_POINTERS, _MANIFEST_WORDS, _pointer, _pointed, weight=5),
        "DVC's config": Kind(_SETTINGS, _SETTING_WORDS, lambda data: _settings(data, place), _set, 4, placed=False),
        "DVC's rwlock, JSON": Kind(_HOLDERS, _JSON_WORDS, lambda data: _holders(data, place), _nothing, 4, placed=False),
        "git's textconv": Kind([*old, *new, *_TABLES], pieces, _shown, _nothing, weight=4),
        "QPY": Kind(_packed(), [b"QISKIT", b"\0\0", b"q"], lambda data: loader.only_qpy(data, "a.qpy").circuit, nonsense.circuit, weight=10),
        "OpenQASM 2 by Qiskit": Kind(old, pieces, lambda data: _foreign(contained, data, 2), nonsense.circuit, weight=4),
        "OpenQASM 3 by Qiskit": Kind(new, pieces, lambda data: _foreign(contained, data, 3), nonsense.circuit, weight=2),
    }


def _circuits(version: str) -> list[bytes]:
    """The small examples, and where the shared circuits are at hand, some of them."""
    own = [examples.OLD.encode()] if version == "2" else [examples.NEW.encode(), examples.CANONICAL.encode(), BELL.encode()]
    found = []
    for path in random.Random(version).sample(files := circuit_files(LARGEST_EXAMPLE), min(200, len(files))):
        data = path.read_bytes()
        if (b"OPENQASM 3" in data) == (version == "3"):
            found.append(data)
    return own + found[:40]


def _circuit(data: bytes) -> Circuit:
    return reader.read(data, "a.qasm")


def _faithful(read: Circuit) -> None:
    """No nonsense, and its canonical text is the same circuit."""
    nonsense.circuit(read)
    if len(read.operations) < 2000:
        again = reader.read(write(read).encode(), "canonical.qasm")
        if digests(again, b"") != digests(read, b""):
            raise nonsense.Nonsense("the canonical text is another circuit")


def _foreign(contained: ContainedReader, data: bytes, version: int) -> Circuit:
    answer = contained.ask(ReadQasm(data.decode("utf-8", "replace"), "a.qasm", version))
    if not isinstance(answer, Converted):
        raise nonsense.Nonsense("text instead of a circuit")
    return answer.circuit


def _values(data: bytes) -> ParameterSet:
    found = parameters_csv.read(data, "a.csv")
    parameters_csv.check(found, found.names, data, "a.csv")
    return found


def _manifest(data: bytes) -> Any:
    return manifest.read(data, "qops.yaml", lambda pattern: (pattern.replace("*", "x"),))


def _recorded(read: Snapshot) -> None:
    for record in read.circuits.values():
        for file in record.files.values():
            nonsense.digest(file)


def _merged(data: bytes) -> object:
    return merge_lock.merge(data, _lock(), _lock(), "qops.lock", 7)


def _listing(data: bytes) -> dict[str, str]:
    return dvc_files.read_directory_object(data, "an object")


def _listed(read: dict[str, str]) -> None:
    for path, digest in read.items():
        nonsense.inside(path)
        nonsense.digest(digest)


def _pointer(data: bytes) -> Pointer:
    return dvc_files.read_pointer(data, "artifacts.dvc")


def _pointed(read: Pointer) -> None:
    nonsense.digest(read.md5)
    nonsense.inside(read.path)


def _settings(data: bytes, place: Path) -> Settings:
    (place / "config").write_bytes(data)
    return read_settings(place)


def _set(read: Settings) -> None:
    if not all(isinstance(name, str) for name in (*read.unusual, *read.remotes)):
        raise nonsense.Nonsense(f"settings {read}")


def _holders(data: bytes, place: Path) -> object:
    (place / "tmp").mkdir(exist_ok=True)
    (place / "tmp" / "rwlock").write_bytes(data)
    return _HolderFile(place / "tmp", (place / "artifacts",))._blocker()


def _shown(data: bytes) -> bytes:
    return readable_parameters.readable(data, "a.csv") + readable.readable(data, "a.qasm", lambda _data, _file: [])


def _nothing(_read: object) -> None:
    """Whatever it is."""


def _packed() -> list[bytes]:
    theta = Parameter("theta")
    bound = QuantumCircuit(3, 2)
    bound.h(0)
    bound.rx(2 * theta + 1, 1)
    bound.measure(0, 0)
    with bound.if_test((bound.clbits[0], 1)):
        bound.x(2)
    bound.append(UnitaryGate([[0, 1], [1, 0]]), [1])
    return [_qpy([bound]), _qpy([qasm2.loads(examples.OLD.replace("mcx q[0],q[1],q[2];", ""))]), _qpy([QuantumCircuit(1)])]


def _qpy(circuits: Iterable[QuantumCircuit]) -> bytes:
    stream = io.BytesIO()
    qpy.dump(list(circuits), stream)
    return stream.getvalue()


def _lock() -> bytes:
    circuit = reader.read(BELL.encode(), "bell.qasm")
    record = CircuitRecord(
        name="bell",
        source="bell.qasm",
        format="openqasm3",
        digest=digests(circuit, BELL.encode()),
        sizes=measure(circuit),
        parameter_count=1,
        bindings=1,
        parameters_bytes="0" * 64,
        tags=("small",),
        files={"circuit.qasm": "0" * 32, "parameters.csv": "1" * 32},
    )
    other = CircuitRecord(
        "ghz/3", "circuits/ghz: 3.qasm", "openqasm2", record.digest, record.sizes, 0, 0, "", (), {"circuit.qasm": "2" * 32}
    )
    environment = Environment({"python": "3.11.7", "qops": "0.1.0"}, "Linux-x86_64", "a" * 40, False, {"train": 7})
    return lock.write(Snapshot({"bell": record, "ghz/3": other}, environment, "artifacts"))


_TABLES = [
    b"parameter,value\ntheta,0.5\nphi,-pi/4\n",
    b'binding,theta,"a,b"\nstep_1,0.5,-pi/4\nstep_2,1e-3,3*pi/2\n',
    b"\xef\xbb\xbfparameter,value\r\nw[0],1.5\r\nw[1],2\r\n",
]
_TABLE_WORDS = b"parameter value binding theta pi -pi/4 0.5 , ,, \" \"\" =1+1 @a +x -x ; 1e400 sqrt(2) pi**99 2**0.5".split()
_MANIFESTS = [
    FILES["qops.yaml"].encode(),
    b"version: 1\nstore: kept\ncircuits:\n  a: a.qasm\n  q: {source: b.qpy, index: 2}\n"
    b"  p:\n    python: models.ansatz:build\n    arguments: {depth: 3, kind: [x, 1.5, true, null]}\n"
    b'  "nets/*": {source: "circuits/*.qasm", parameters: "circuits/*.csv", tags: [a, b]}\n',
]
_MANIFEST_WORDS = (
    b"version: circuits: source: parameters: tags: python: arguments: index: store: {} [] - * & ! a.qasm outs: md5: size: hash:"
).split()
_LOCK_WORDS = b"skeleton: s1: p1: f1: b1: md5: circuits: environment: qubits: 0 files: gates: tags: - true false".split()
_LISTINGS = [
    dvc_files.directory_object({"circuits/a/circuit.qasm": dvc_files.StoredFile("0" * 32, 1)}),
    dvc_files.directory_object({name: dvc_files.StoredFile("ab" * 16, 1) for name in ("a", "b/c", "é")}),
]
_JSON_WORDS = b'[ ] { } "md5": "relpath": "../x" "a\\u0000" null true 1e999 {"md5":1} "write" "read" "pid": -1'.split()
_POINTERS = [dvc_files.write_pointer(Pointer("0" * 32 + ".dir", 10, 2, "artifacts"))]
_SETTINGS = [b"[core]\n    remote = lab\n    autostage = true\n['remote \"lab\"']\n    url = ../lab\n[cache]\n    dir = x\n"]
_SETTING_WORDS = b"[core] [cache] ['remote = url = dir = type = # ; [ ] ' \" ~ ~x ://".split()
_HOLDERS = [b'{"write": {"/a": {"pid": 1, "cmd": "x"}}, "read": {"/b": [{"pid": 2, "cmd": "y"}]}}']


def tight(memory: int) -> Limits:
    """What one file may take when Qiskit reads it: two seconds, and `memory` bytes of address space."""
    return Limits(memory=memory, cpu_seconds=2, wall_seconds=20.0)
