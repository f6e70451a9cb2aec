"""Good files of every kind, and pieces of them: what mutations begin with."""

import io
import random
from collections.abc import Iterable

from circuits import test_reader_fuzz as texts
from qiskit import QuantumCircuit, qasm2, qpy
from qiskit.circuit import Parameter
from qiskit.circuit.library import UnitaryGate
from support.data import circuit_files
from support.project import BELL, FILES

from qops.circuits import reader
from qops.circuits.identity import digests
from qops.circuits.sizes import measure
from qops.formats import calibration_json, dvc_files, lock, matrix_file, pairs_csv, target_json
from qops.formats.dvc_files import Pointer
from qops.model.angle import Symbol
from qops.model.baseline import Acceptance, Baseline
from qops.model.calibration import of_target
from qops.model.gate import Sample, Watermark
from qops.model.matrix import Comparable, Compiled, Lost, Matrix, Metrics, Row
from qops.model.snapshot import CalibrationRecord, CircuitRecord, Environment, Snapshot
from qops.model.target import Instruction, Place, QubitQuality, Target

LARGEST = 3000
PIECES = texts.FRAGMENTS


def circuits(version: str) -> list[bytes]:
    """The small examples, and where the shared circuits are at hand, some of them."""
    own = [texts.OLD.encode()] if version == "2" else [texts.NEW.encode(), texts.CANONICAL.encode(), BELL.encode()]
    found = []
    for path in random.Random(version).sample(files := circuit_files(LARGEST), min(200, len(files))):
        data = path.read_bytes()
        if (b"OPENQASM 3" in data) == (version == "3"):
            found.append(data)
    return own + found[:40]


def packed() -> list[bytes]:
    theta = Parameter("theta")
    bound = QuantumCircuit(3, 2)
    bound.h(0)
    bound.rx(2 * theta + 1, 1)
    bound.measure(0, 0)
    with bound.if_test((bound.clbits[0], 1)):
        bound.x(2)
    bound.append(UnitaryGate([[0, 1], [1, 0]]), [1])
    return [
        _qpy([bound]),
        _qpy([qasm2.loads(texts.OLD.replace("mcx q[0],q[1],q[2];", ""))]),
        _qpy([QuantumCircuit(1)]),
    ]


def _qpy(circuits: Iterable[QuantumCircuit]) -> bytes:
    stream = io.BytesIO()
    qpy.dump(list(circuits), stream)
    return stream.getvalue()


def lock_file() -> bytes:
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
        "ghz/3",
        "circuits/ghz: 3.qasm",
        "openqasm2",
        record.digest,
        record.sizes,
        0,
        0,
        "",
        (),
        {"circuit.qasm": "2" * 32},
    )
    environment = Environment(
        {"python": "3.11.7", "qops": "0.1.0"}, "Linux-x86_64", "a" * 40, dirty=False, seeds={"train": 7}
    )
    measured = {"line": CalibrationRecord("line", "3" * 64, "2026-01-01T00:00:00Z", 5, "4" * 32)}
    compiled = {"transpiled/bell/line-level2.qasm": "5" * 32}
    return lock.write(Snapshot({"bell": record, "ghz/3": other}, environment, "artifacts", measured, compiled))


TABLES = [
    b"parameter,value\ntheta,0.5\nphi,-pi/4\n",
    b'binding,theta,"a,b"\nstep_1,0.5,-pi/4\nstep_2,1e-3,3*pi/2\n',
    b"\xef\xbb\xbfparameter,value\r\nw[0],1.5\r\nw[1],2\r\n",
]
TABLE_WORDS = (
    b'parameter value binding theta pi -pi/4 0.5 , ,, " "" =1+1 @a +x -x ; 1e400 sqrt(2) pi**99 2**0.5'
).split()
FEATURES = [
    b"day,u,v\n2020-01-01,1,2.5\n2020-01-02,-1e-3,0\n",
    b'"u, v",w\n0.1,0.2\n0.3,0.4\n',
]
PAIRS = [pairs_csv.HEADER + b"0,1,7,10,job-1,2026-01-31T12:00:00Z,,abc\n2,5,0,10,job-2,2026-01-31T12:00:00Z,cal,abc\n"]
MANIFESTS = [
    FILES["qops.yaml"].encode(),
    (
        b"version: 1\nstore: kept\ncircuits:\n  a: a.qasm\n  q: {source: b.qpy, index: 2}\n"
        b"  p:\n    python: models.ansatz:build\n    arguments: {depth: 3, kind: [x, 1.5, true, null]}\n"
        b'  "nets/*": {source: "circuits/*.qasm", parameters: "circuits/*.csv", tags: [a, b]}\n'
    ),
]
MATRICES = [
    FILES["qops.yaml"].encode()
    + b"backends:\n  hanoi: {kind: target, file: t.json}\n  line: {kind: generic, qubits: 5, coupling: line, seed: 1}\n"
    b"matrix:\n  circuits: [bell]\n  levels: [1, 2]\n  seeds: [3, 4]\n  options: {routing_method: sabre}\n"
    b"  layouts: {bell: [0, 1]}\n  gate: {two_qubit: {worse_by: 2%}, false_alarms: 1%}\n  time_limit: 2.5\n"
]
SIMILARITIES = [
    FILES["qops.yaml"].encode() + b"abtests:\n  near:\n    a: {kernel: [{kind: rbf, factor: 2}, {kind: cosine}]}\n"
    b"    b: {kernel: {map: zz, qubits: 4, scale: 0.3, shots: 100, pairs: linear}}\n    goal: equivalent\n"
    b"    margin: 0.1\n    metric:\n      two-sample: {first: x.csv, second: y.csv, columns: [u], block: 20}\n"
]
SIMILARITY_WORDS = (
    b"a: b: kernel: kind: map: rbf zz bell {} [] two-sample: first: second: block: purge: window: windows: -1 1e999"
    b" permutations: test: seed: goal: superior margin: alpha: backend: shots: 99999999999999999999"
).split()
MATRIX_WORDS = (
    b"backends: kind: fake ibm aer target generic qubits: seed: coupling: basis: noise_from: matrix: levels: seeds:"
    b" layouts: gate: worse_by: 1e999 -1 99999999999999999999 [0,0] {} true 3% time_limit: watch:"
).split()
TARGET = Target(
    "small",
    "2026-01-01T00:00:00Z",
    2,
    (
        Instruction("cx", "cx", 2, places=(Place((0, 1), 0.01, 6e-08), Place((1, 0), 0.02, None))),
        Instruction("if_else", "if_else", 0),
        Instruction("measure", "measure", 1, places=(Place((0,), 0.5, 1e-6), Place((1,), 1.0, 1e-6))),
        Instruction("rz", "rz", 1, (Symbol("a"),), ((-1.0, 1.0),), (Place((0,), 0.0, 0.0),)),
    ),
    (QubitQuality(1e-4, 2e-4, 5e9), QubitQuality(None, None, None)),
    2e-10,
)
TARGETS = [target_json.write(TARGET)]
CALIBRATIONS = [calibration_json.write(of_target(TARGET))]
NUMBER_WORDS = b'[ ] { } null true -1 2 1e999 -0.0 1.5 NaN 99999999999999999999 [0,0] [[0,1],0.1,1e-8] "x" , :'.split()
_CELL = Compiled("ab" * 16, Metrics(3, 2, 5, 9, -0.5, 0, 1e-6), (), (), 0.1, 0)
BASELINES = [
    matrix_file.write(
        Baseline(
            Matrix(
                Comparable({"line": "t" * 64}, {"bell": "c" * 64}, {"seed": "1"}, {"qiskit": "2.6.2"}),
                (Row("bell", "line", 2, {0: _CELL, 1: Lost("failed", "no gate"), 2: _CELL}),),
            ),
            (Watermark("bell", "line", 2, "t" * 64, "c" * 64, {"two_qubit": Sample(5, 1.5, 0.25)}),),
            (Acceptance("2026-01-01T00:00:00Z", "why not"),),
        )
    )
]
MANIFEST_WORDS = (
    b"version: circuits: source: parameters: tags: python: arguments: index: store: {} [] - * & ! a.qasm"
    b" outs: md5: size: hash:"
).split()
LOCK_WORDS = (
    b"skeleton: s1: p1: f1: b1: md5: circuits: environment: qubits: 0 files: gates: tags: - true false"
).split()
LISTINGS = [
    dvc_files.directory_object({"circuits/a/circuit.qasm": dvc_files.StoredFile("0" * 32, 1)}),
    dvc_files.directory_object({name: dvc_files.StoredFile("ab" * 16, 1) for name in ("a", "b/c", "é")}),
]
JSON_WORDS = b'[ ] { } "md5": "relpath": "../x" "a\\u0000" null true 1e999 {"md5":1} "write" "read" "pid": -1'.split()
POINTERS = [dvc_files.write_pointer(Pointer("0" * 32 + ".dir", 10, 2, "artifacts"))]
SETTINGS = [
    b"[core]\n    remote = lab\n    autostage = true\n['remote \"lab\"']\n    url = ../lab\n[cache]\n    dir = x\n"
]
SETTING_WORDS = b"[core] [cache] ['remote = url = dir = type = # ; [ ] ' \" ~ ~x ://".split()
HOLDERS = [b'{"write": {"/a": {"pid": 1, "cmd": "x"}}, "read": {"/b": [{"pid": 2, "cmd": "y"}]}}']
