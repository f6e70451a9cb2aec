"""Epochs of circuits that no device knows as they are: compiled once, kept, told when they change."""

import json

from end_to_end.lab import Lab
from support.project import GHZ

MEASURED = """\
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
c = measure q;
"""
MANIFEST = """\
version: 1
circuits:
  bell: bell.qasm
  ghz: ghz.qasm
backends:
  line: {kind: generic, qubits: 4, coupling: line, seed: 7}
drift:
  bell: {circuit: bell, backend: line, success: ["00", "11"], shots: 300, every: 1}
  ghz: {circuit: ghz, backend: line, success: ["000", "111"], shots: 200, level: 3}
"""


def epoch(lab: Lab, second: int) -> dict[str, object]:
    done = lab.qops("drift", "run", "--json", SOURCE_DATE_EPOCH=str(1_767_225_600 + second))
    assert done.code == 0, done
    return json.loads(done.out)


def digests(lab: Lab, watch: str) -> list[str]:
    return [line.split(",")[4] for line in lab.read(f"series/drift/{watch}/epochs.csv").splitlines()[1:]]


def test_a_circuit_is_compiled_once_until_it_changes(lab: Lab) -> None:
    lab.write("bell.qasm", MEASURED)
    lab.write("ghz.qasm", GHZ)
    lab.write("qops.yaml", MANIFEST)
    first = epoch(lab, 0)
    assert first["facts"] == {"compiled": "bell, ghz: for the first time, or anew"}
    assert {name: one["shots"] for name, one in first["data"]["epochs"].items()} == {"bell": 300, "ghz": 200}
    kept = lab.read("series/drift/ghz/compiled.json")
    again = epoch(lab, 1)
    assert again["facts"] == {}
    assert lab.read("series/drift/ghz/compiled.json") == kept
    assert len(set(digests(lab, "ghz"))) == 1
    lab.write("ghz.qasm", GHZ.replace("cx q[1],q[2];", "cx q[1],q[2];\nry(0.3) q[2];"))
    changed = epoch(lab, 2)
    assert changed["facts"] == {"compiled": "ghz: for the first time, or anew"}
    assert len(set(digests(lab, "ghz"))) == 2
    assert len(set(digests(lab, "bell"))) == 1


def test_what_is_kept_and_damaged_is_told(lab: Lab) -> None:
    lab.write("bell.qasm", MEASURED)
    lab.write("ghz.qasm", GHZ)
    lab.write("qops.yaml", MANIFEST)
    epoch(lab, 0)
    lab.write("series/drift/ghz/compiled.json", "{")
    done = lab.qops("drift", "run", "ghz")
    assert done.code == 2
    assert "series/drift/ghz/compiled.json: the compiled circuit is damaged" in done.err
