"""What a reviewer reads, byte for byte. `REWRITE=1 pytest tests/diff` writes the golden texts anew."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from support.project import Project

from qops.diff import compare
from qops.model.report import Report
from qops.snapshot import take

GOLDEN = Path(__file__).parent / "golden"
MANIFEST = """\
version: 1
circuits:
  ansatz: {source: ansatz.qasm, parameters: ansatz.csv}
  feature_map: feature_map.qasm
  ghz: ghz.qasm
  history: {source: history.qasm, parameters: history.csv}
  teleport: teleport.qasm
"""
ANSATZ = """\
OPENQASM 3.0;
include "stdgates.inc";
input float theta;
input float phi;
gate layer(t) a, b {
  rz(t) a;
  cx a, b;
}
qubit[4] q;
h q[0];
rz(0.3) q[3];
layer(theta) q[0], q[1];
crz(phi) q[1], q[2];
cx q[0], q[1];
U(0.1, pi/2, 0.3) q[2];
barrier q;
t q[3];
"""
FEATURE_MAP = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nrz(0.2) q[0];\nrz(0.4) q[1];\n'
GHZ = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\nh q[0];\ncx q[0],q[1];\ncx q[1],q[2];\n'
HISTORY = "OPENQASM 3.0;\ninput float theta;\ninput float phi;\nqubit[1] q;\nrz(theta) q[0];\nrx(2*phi) q[0];\n"
TELEPORT = """\
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
bit[2] c;
c[0] = measure q[0];
c[1] = measure q[1];
if (c[0]) {
  z q[2];
  rz(0.25) q[2];
} else {
  x q[2];
}
if (c == 3) {
  y q[2];
}
"""
FILES = {
    "qops.yaml": MANIFEST,
    "ansatz.qasm": ANSATZ,
    "ansatz.csv": "parameter,value\ntheta,0.5\nphi,12.5\n",
    "feature_map.qasm": FEATURE_MAP,
    "ghz.qasm": GHZ,
    "history.qasm": HISTORY,
    "history.csv": "binding,theta,phi\nstep_0,0,0\nstep_1,0.1,0.2\n",
    "teleport.qasm": TELEPORT,
}
"""A project of every kind of circuit; `EDITED` is the same project after every kind of edit."""
EDITED = {
    "qops.yaml": MANIFEST.replace("  ghz: ghz.qasm\n", "  w_state: ghz.qasm\n"),
    "ansatz.qasm": ANSATZ.replace("cx a, b", "cz a, b")
    .replace("rz(0.3)", "rz(0.31)")
    .replace("cx q[0]", "cz q[0]")
    .replace("pi/2", "pi/4")
    .replace("barrier q;\n", "")
    .replace("q[", "w[")
    .replace("[4] q", "[4] w")
    .replace("phi", "omega"),
    "ansatz.csv": "parameter,value\ntheta,0.75\nomega,0\n",
    "feature_map.qasm": FEATURE_MAP.replace("0.2", "0.2000000000001").replace("0.4", "0.4 + 2*pi"),
    "history.csv": "binding,theta,phi\nstep_0,0,0\nstep_1,0.1,0.25\nstep_2,0.2,0.3\n",
    "teleport.qasm": TELEPORT.replace("0.25", "0.5").replace("x q[2]", "x q[2];\n  h q[0]").replace("== 3", "== 2"),
}


@pytest.fixture
def project() -> Project:
    """The project with a snapshot, edited since."""
    made = Project(FILES)
    take.run(made.ports, [])
    for path, text in EDITED.items():
        made.write(path, text)
    return made


def plain(report: Report) -> str:
    """The report as bare text: what it says, and in what order, whatever a renderer makes of it."""
    lines = [report.title, *(f"  {name}: {value}" for name, value in report.facts)]
    for section in report.sections:
        lines += ["", section.title, *(f"  {line.mark} {line.text}" for line in section.lines)]
        for table in section.tables:
            lines += ["", *([table.title] if table.title else [])]
            lines += ["  " + " | ".join(map(str, row)) for row in (table.columns, *table.rows)]
    lines += ["", *(f"{v.outcome.name} {v.name}: {v.because}" for v in report.verdicts), "", report.summary]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def check(name: str, text: str) -> None:
    golden = GOLDEN / name
    if os.environ.get("REWRITE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_a_project_after_every_kind_of_edit(project: Project) -> None:
    check("project.txt", plain(compare.run(project.ports)))


def test_long_scripts_are_cut_and_what_is_left_out_is_counted(project: Project) -> None:
    check("limited.txt", plain(compare.run(project.ports, names=["ansatz"], limit=3)))


def test_machines_are_told_everything_whatever_the_limit(project: Project) -> None:
    report = compare.run(project.ports, names=["ansatz", "teleport"], limit=1)
    text = json.dumps(msgspec.to_builtins(report.data), indent=1, ensure_ascii=False, allow_nan=False)
    check("machine.json", text + "\n")
    ansatz, teleport = json.loads(text)["circuits"]
    assert [bool(edit["old"]) - bool(edit["new"]) for edit in ansatz["script"]].count(0) == 2
    assert [len(inside) for inside in teleport["script"][0]["inside"]] == [1, 1]


@pytest.mark.parametrize(
    ("path", "text", "because"),
    [
        (
            "ghz.qasm",
            GHZ.replace("qreg q[3];", "qreg q[3];\nqreg spare[1];"),
            "structure changed: registers or definitions",
        ),
        (
            "ghz.qasm",
            GHZ.replace("qreg q[3];", "qreg q[3];\nbarrier q[1];"),
            "frame only: no operation and no parameter changed",
        ),
        ("ghz.qasm", GHZ + "// said\n", "only the text of the source changed"),
        (
            "history.csv",
            FILES["history.csv"].replace("step_0,0,0", "step_0,0,0.5"),
            "parameters changed: values of other bindings by at most 0.5 rad",
        ),
    ],
)
def test_the_sentence_that_a_reviewer_reads(path: str, text: str, because: str) -> None:
    project = Project(FILES)
    take.run(project.ports, [])
    project.write(path, text)
    first, _ = compare.run(project.ports).verdicts
    assert first.because == because
