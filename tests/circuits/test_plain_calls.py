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


@pytest.mark.parametrize("number", ["0.5", "-0", "+1.5", ".5", "5.", "1e-3", " 2 ", "-.5E+2"])
@pytest.mark.parametrize(("head", "tail"), [("rx(", ") q[7];\n"), ("u3(0.1, ", ",0.2) q[7];\n")])
def test_another_number_is_read_as_the_slow_way_reads_it(head: str, number: str, tail: str) -> None:
    first, second = operations(f"{head}0.25{tail}{head}{number}{tail}")
    (slow,) = operations(f"{head}/**/{number}{tail}")
    assert second == slow
    assert (first.gate, first.qubits) == (slow.gate, slow.qubits)
    assert [str(angle) for angle in second.angles] == [str(angle) for angle in slow.angles]  # no negative zero


@pytest.mark.parametrize("number", ["1_0", "nan", "inf", "1e999", "1,2", "", "1.5.", "1 2", "\x1c1", "\u0663", "e"])
def test_what_python_takes_for_a_number_and_openqasm_does_not(number: str) -> None:
    with pytest.raises(InputError) as caught:
        operations(f"rz(0.25) q[0];\nrz({number}) q[0];\n")
    assert caught.value.where is not None
    assert caught.value.where.line == 5


def test_the_body_of_a_gate_is_read_alike() -> None:
    body = "rz(t) a; rz(0.5) a; rz(0.25) a; cx a,b; cx b,a; barrier a,b; u3(t,1,2) b; x b; "
    texts = [f"gate g(t) a,b {{ {body.replace(';', end)}}}\ng(0.1) q[3],q[4];\n" for end in (";", "/**/;")]
    quick, slow = (read((HEAD + text).encode(), "plain.qasm") for text in texts)
    assert quick == slow
    assert [operation.qubits for operation in quick.gates[quick.operations[0].gate].body or ()][3:5] == [(0, 1), (1, 0)]


@pytest.mark.parametrize("line", ["x c;", "x a[0];", "rz(u) a;", "cx a,a;", "g a;"])
def test_what_is_wrong_in_a_body_is_told_with_its_line(line: str) -> None:
    with pytest.raises(InputError) as caught:
        operations(f"gate g(t) a,b {{\nx a;\n{line}\n}}\n")
    assert caught.value.where is not None
    assert caught.value.where.line == 6


def test_stretches_between_statements_of_other_kinds() -> None:
    """Longer and shorter than what is split at once."""
    lines = ["x q[1];", "cx q[1],q[2];", f"rz(0.5){' ' * 700}q[3];"] * 400
    text = "\n".join([*lines, "reset q[1];", *lines, "reset q[1];reset q[2];", *lines])
    assert len(operations(text)) == 3 * len(lines) + 3


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
