"""The quick way through plain gate calls reads what the slow one would, and remembers nothing for too long."""

import pytest

from qops.circuits.reader import read
from qops.errors import InputError
from qops.model.circuit import Operation

HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[60];\n'


def operations(text: str) -> tuple[Operation, ...]:
    return read((HEAD + text).encode(), "plain.qasm").operations


def test_a_line_read_before_means_the_new_gate_once_there_is_one() -> None:
    before, after = operations("ch q[0],q[1];\ngate ch a,b { x a; cx a,b; }\nch q[0],q[1];\n")
    assert before.gate == "ch"
    assert after.gate != "ch"


@pytest.mark.parametrize("angle", ["0.5", " 0.5 ", "5e-1", "1/2", "sin(pi/6)", "(1)/(2)"])
def test_equal_lines_are_equal_operations(angle: str) -> None:
    first, second, slow = operations(f"rx({angle}) q[7];\nrx({angle}) q[7];\nrx/**/({angle}) q[7];\n")
    assert first == second
    assert first.gate == slow.gate == "rx"
    assert first.angles[0] == pytest.approx(0.5)
    assert first.angles == slow.angles


def test_lines_longer_than_those_that_are_remembered() -> None:
    blanks = " " * 300
    assert operations(f"cx{blanks}q[1],q[2];\ncx{blanks}q[1],q[2];\n") == operations("cx q[1],q[2];\n" * 2)


def test_comments_between_remembered_lines() -> None:
    text = "x q[3];\nx q[3]; // x q[4];\n/* x q[3]; */ x q[3];\n"
    assert operations(text) == (Operation("x", (3,)),) * 3


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("rz(1e999) q[0];", "finite"),
        ("rz q[0];", "1 angle"),
        ("x(0.5) q[0];", "0 angles"),
        ("rz() q[0];", "1 angle"),
        ("x q[60];", "60"),
        ("cx q[0],q[0];", "twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        operations(f"x q[0];\n{line}\n")
    assert caught.value.where is not None
    assert caught.value.where.line == 5
    assert cause in caught.value.cause
