"""Proofs and exact numbers, by the real program in its own processes."""

import json

import pytest
from end_to_end.lab import Lab, refusal

from qops.oracles.installed import prover_installed

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
SOURCE = HEAD + "qubit[3] q;\nbit[3] c;\nh q[0];\ncx q[0], q[1];\ncx q[0], q[2];\nry(0.3) q[2];\nc = measure q;\n"
ROUTED = (
    HEAD + "bit[3] c;\nh $4;\ncx $4, $2;\ncx $2, $1;\ncx $1, $2;\ncx $2, $1;\ncx $4, $2;\nry(0.3) $2;\n"
    "c[0] = measure $4;\nc[1] = measure $1;\nc[2] = measure $2;\n"
)
LAYOUT = '{"initial": [4, 2, 1], "final": [4, 1, 2]}'
needs_qcec = pytest.mark.skipif(not prover_installed(), reason="mqt.qcec is not installed")


@pytest.fixture
def bench(lab: Lab) -> Lab:
    lab.write("source.qasm", SOURCE)
    lab.write("compiled.qasm", ROUTED)
    lab.write("layout.json", LAYOUT)
    return lab


@needs_qcec
def test_a_compiled_circuit_is_proven_under_its_layout(bench: Lab) -> None:
    words = ("diff", "source.qasm", "compiled.qasm", "--prove", "--layout", "layout.json")
    outcome = bench.qops(*words, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)["data"]["circuits"][0]["equivalence"]
    assert (found["answer"], found["decided_by"]) == ("equivalent", "MQT QCEC")
    assert [(check["by"], check["sameness"]) for check in found["checks"]] == [
        ("random product states", "same"),
        ("MQT QCEC", "same"),
    ]
    assert bench.qops(*words, "--json") == outcome


def test_a_lost_gate_is_found_and_a_missing_layout_is_a_doubt(bench: Lab) -> None:
    bench.write("wrong.qasm", ROUTED.replace("cx $1, $2;\n", ""))
    words = ("diff", "source.qasm", "wrong.qasm", "--prove", "--layout", "layout.json")
    outcome = bench.qops(*words)
    assert outcome.code == 1
    assert "decided by random product states" in outcome.out
    assert bench.qops("diff", "source.qasm", "compiled.qasm", "--prove").code == 3
    bench.write("layout.json", '{"initial": [4, 2, two]}')
    refused = bench.qops(*words)
    assert refused.code == 2
    assert refused.err.startswith("error: layout.json:1:20: item 3 of `initial` must be a whole number")


def test_a_layout_needs_a_proof_to_be_for(bench: Lab) -> None:
    words = ("diff", "source.qasm", "compiled.qasm", "--layout", "layout.json")
    assert bench.qops(*words) == refusal(2, "a layout is for a proof", "add --prove")


def test_exact_distances_are_there_unless_they_are_refused(bench: Lab) -> None:
    bench.write("moved.qasm", SOURCE.replace("0.3", "0.8"))
    told = bench.qops("diff", "source.qasm", "moved.qasm").out
    assert "exactly, from zero: fidelity 0.939, total variation 0.129, Hellinger 0.176" in told
    assert "exactly" not in bench.qops("diff", "source.qasm", "moved.qasm", "--no-exact").out
