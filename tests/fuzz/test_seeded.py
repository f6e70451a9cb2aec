"""A part of the mutations, always the same, and the nonsense that readers are known to let pass: all is `make fuzz`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz import nonsense
from fuzz.nonsense import Nonsense

from qops.circuits import reader
from qops.errors import InputError
from qops.formats import parameters_csv
from qops.model.circuit import Circuit, Operation, Register
from qops.model.parameters import ParameterSet

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = 6000
HEAD_2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
HEAD_3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def test_mutated_files_are_read_or_refused() -> None:
    words = (sys.executable, "-m", "fuzz", "--count", str(FILES))
    environment = os.environ | {"PYTHONPATH": f"{REPOSITORY / 'tests'}:{REPOSITORY}"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=500)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    total = re.search(r"in all: ([\d,]+) files, 0 failures", done.stdout)
    assert total, done.stdout
    assert int(total[1].replace(",", "")) > FILES * 0.95


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OPENQASM 99.9;\nqubit q;",
        "OPENQASM 99999999999999999999.0;",
        HEAD_2 + "qreg q[18446744073709551619];",
        HEAD_2 + "qreg q[4294967295];",
        HEAD_2 + "qreg q[10000000];",
        HEAD_3 + "qubit[18446744073709551619] q;",
        HEAD_3 + f"qubit[{'9' * 5000}] q;",
        HEAD_3 + "qubit[-1] q;",
        HEAD_2 + "qreg q[2];\ncx q[0],q[0];",
        HEAD_3 + "qubit[2] q;\ncx q[0], q[0];",
        HEAD_3 + "qubit[2] q;\nctrl @ x q[1], q[1];",
        HEAD_3 + "qubit[3] q;\nlet a = q[0:1];\ncx a[0], q[0];",
        HEAD_2 + "qreg q[2];\ncx q[0],q[2];",
        HEAD_3 + "qubit q;\nrx(1e999) q;",
        HEAD_2 + "qreg q[1];\nrx(1e999-1e999) q[0];",
        HEAD_3 + "qubit q;\nrx(1/0) q;",
        HEAD_3 + "qubit q;\nrx(ln(0)) q;",
        HEAD_3 + "qubit q;\nrx(sqrt(-1)) q;",
        HEAD_3 + "qubit q;\ngphase(1e999);",
        HEAD_3 + "qubit q;\ndelay[-1ns] q;",
        HEAD_3 + "qubit q;\ndelay[1e999ns] q;",
        HEAD_3 + "qubit q;\nqubit q;",
        HEAD_2 + "gate g a,a { }\nqreg q[2];",
        HEAD_3 + "qubit q;\n" + "if (true) {" * 5000 + "}" * 5000,
        HEAD_3 + f"qubit q;\nrx({'(' * 20_000}1{')' * 20_000}) q;",
        HEAD_2 + 'include "/etc/passwd";',
    ],
    ids=range(27),
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        reader.read(text.encode(), "a.qasm")


@pytest.mark.parametrize("value", ["nan", "inf", "-infinity", "1e400", "1_0", "٣", "１", "1:30", "1/0", "sqrt(-1)"])
def test_a_value_that_is_no_number_of_radians_is_refused(value: str) -> None:
    with pytest.raises(InputError):
        parameters_csv.read(f"parameter,value\ntheta,{value}\n".encode(), "a.csv")


def one(operation: Operation) -> Circuit:
    return Circuit((Register("q", 2),), (), (), (operation,), {}, 0.0, "openqasm3")


@pytest.mark.parametrize(
    "circuit",
    [
        one(Operation("cx", (0, 0))),
        one(Operation("x", (2,))),
        one(Operation("rx", (0,), (float("nan"),))),
        one(Operation("measure", (0,), bits=(0,))),
        Circuit((Register("q", 2**64),), (), (), (), {}, 0.0, "openqasm3"),
        Circuit((), (), (), (), {}, float("inf"), "openqasm3"),
    ],
    ids=range(6),
)
def test_the_judge_knows_nonsense_when_it_sees_it(circuit: Circuit) -> None:
    with pytest.raises(Nonsense):
        nonsense.circuit(circuit)


def test_the_judge_of_values_and_paths() -> None:
    with pytest.raises(Nonsense):
        nonsense.values(ParameterSet(("a",), ("",), ((float("inf"),),)))
    for path in ("", "/etc/passwd", "a/../../b", ".git/config"):
        with pytest.raises(Nonsense):
            nonsense.inside(path)
    for digest in ("0" * 31, "0" * 33, "G" * 32, "../" + "0" * 29):
        with pytest.raises(Nonsense):
            nonsense.digest(digest)
