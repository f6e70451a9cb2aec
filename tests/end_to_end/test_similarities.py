"""`qops abtest matrix` through the real program: exit codes, streams, and what it does not import."""

import json

import numpy as np
import pytest
from end_to_end.lab import Lab

MANIFEST = """version: 1
circuits: {map: map.qasm}
abtests:
  wide:
    a: {kernel: {kind: linear}}
    b: {kernel: [{kind: rbf}, {map: map}]}
    metric: {two-sample: {first: calm.csv, second: wide.csv, window: 24, windows: 40, permutations: 39}}
    goal: GOAL
"""
MAP = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float a;\ninput float b;\nqubit[2] q;\nry(a) q[0];\nry(b) q[1];\n'


def table(spread: float, seed: int) -> str:
    rows = np.random.default_rng(seed).normal(0, spread, (100, 2))
    return "u,v\n" + "".join(f"{u:.6f},{v:.6f}\n" for u, v in rows)


@pytest.fixture
def compared(lab: Lab) -> Lab:
    lab.write("qops.yaml", MANIFEST.replace("GOAL", "superior"))
    lab.write("map.qasm", MAP)
    lab.write("calm.csv", table(1.0, 1))
    lab.write("wide.csv", table(2.5, 2))
    return lab


def test_a_goal_that_is_reached_and_one_that_is_not(compared: Lab) -> None:
    found = compared.qops("abtest", "matrix", "--json")
    assert (found.code, found.err) == (0, "")
    document = json.loads(found.out)
    assert document["verdicts"][0]["outcome"] == "pass"
    assert document["data"]["experiments"]["wide"]["windows"] == 40
    assert found == compared.qops("abtest", "matrix", "wide", "--json")
    compared.write("qops.yaml", MANIFEST.replace("GOAL", "equivalent\n    margin: 0.01"))
    assert compared.qops("abtest", "matrix").code == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("calm.csv, s", "clam.csv, s", "error: qops.yaml:7:26: there is no file clam.csv"),
        ("window: 24", "window: 240", "error: qops.yaml:7:26: a window of 240 rows has 240 blocks of 1"),
        ("map: map}", "map: mop}", "error: qops.yaml:6:37: no feature map is called `mop`"),
        ("{kind: linear}", "{kind: linear, shots: 5}", "error: qops.yaml:5:32: `shots` is not for a classical kernel"),
    ],
)
def test_mistakes_have_their_place(old: str, new: str, told: str, compared: Lab) -> None:
    compared.write("qops.yaml", MANIFEST.replace("GOAL", "superior").replace(old, new))
    found = compared.qops("abtest", "matrix")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(told)


def test_a_table_that_is_torn(compared: Lab) -> None:
    compared.write("wide.csv", table(2.5, 2).replace("\n", ",\n", 3).replace(",\n", "\n", 1))
    found = compared.qops("abtest", "matrix")
    assert found.code == 2
    assert "wide.csv:2:" in found.err


def test_entries_are_measured_recorded_and_judged(compared: Lab) -> None:
    small = MANIFEST.replace("GOAL", "superior").replace("window: 24, windows: 40", "window: 5, windows: 10")
    small = small.replace("[{kind: rbf}, {map: map}]", "{map: map, shots: 20}").replace("calm.csv", "few.csv")
    small = small.replace("wide.csv", "few.csv").replace("    goal", "    backend: line\n    goal")
    compared.write("few.csv", table(1.0, 1)[:250].rpartition("\n")[0] + "\n")
    compared.write("qops.yaml", small + "backends: {line: {kind: generic, qubits: 2, seed: 1}}\n")
    asked = compared.qops("abtest", "matrix")
    assert asked.code == 3
    assert "0 of 78 entries of `map` are measured" in asked.out
    assert "hint: qops abtest matrix --measure wide" in asked.out
    measured = compared.qops("abtest", "matrix", "--measure")
    assert (measured.code, measured.err) == (0, "")
    assert compared.qops("abtest", "matrix").out == measured.out
    assert compared.read("series/abtests/wide/b1.csv").startswith("left,right,zeros,shots,job")
    assert "series.dvc" in compared.git("diff", "--cached", "--name-only")


def test_neither_qiskit_nor_dvc_nor_scipy_stats_is_imported(compared: Lab) -> None:
    program = (
        "import sys; from qops.cli.boundary import run; code = run(['abtest', 'matrix', '--quiet']); "
        "print(code, *(name for name in ('qiskit', 'dvc', 'scipy.stats') if name in sys.modules))"
    )
    assert compared.run("python", "-c", program).out.split() == ["0"]


def test_samples_have_no_counts_to_calibrate(compared: Lab) -> None:
    refused = compared.qops("abtest", "calibrate", "wide")
    assert refused.code == 2
    assert "`wide` compares samples, and has no counts to calibrate" in refused.err
