"""What `git diff` shows, by the driver that `qops hooks install` sets up."""

import io
import random
from pathlib import Path

import pytest
from drivers.repository import BELL, HEAD, Repository
from qiskit import QuantumCircuit, qpy

from qops.drivers import textconv


def changed_lines(diff: str) -> list[str]:
    body = diff.split("\n@@", 1)[-1] if "\n@@" in diff else ""
    return [line for line in body.splitlines() if line[:1] in {"+", "-"} and line[:3] not in {"+++", "---"}]


def test_a_re_ordered_circuit_with_one_changed_gate_is_one_changed_line(bare: Repository) -> None:
    draw = random.Random(7)
    wires = [[f"{draw.choice(['h', 'x', 't'])} q[{wire}];" for _ in range(300)] for wire in range(3)]
    bare.write("a.qasm", HEAD + "\n".join(line for wire in wires for line in wire) + "\n")
    bare.commit()
    wires[1][150] = "sdg q[1];"
    order = [wire for wire, lines in enumerate(wires) for _ in lines]
    draw.shuffle(order)
    queues = [iter(lines) for lines in wires]
    bare.write("a.qasm", HEAD + "\n".join(next(queues[wire]) for wire in order) + "\n")
    assert len(changed_lines(bare.git("diff", "--no-textconv").out)) > 500
    lines = changed_lines(bare.git("diff").out)
    assert len(lines) == 2
    assert "+sdg q[1];" in lines


def test_openqasm_2_and_3_diff_as_one_language(bare: Repository) -> None:
    bare.write("a.qasm", 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nrz(pi/2) q[0]; // half\n')
    bare.commit()
    bare.write("a.qasm", HEAD.replace("[3]", "[1]") + f"rz({1.5707963267948966!r}) q[0];\n")
    assert changed_lines(bare.git("diff").out) == []


def test_a_text_that_cannot_be_read_is_shown_as_it_is(bare: Repository) -> None:
    bare.write("a.qasm", BELL)
    bare.commit()
    bare.write("a.qasm", BELL + "nonsense q[0];\n")
    lines = changed_lines(bare.git("diff").out)
    assert "+nonsense q[0];" in lines
    assert [line for line in lines if "shown as it is" in line] == [
        "+// shown as it is, because qops could not read it: a.qasm:8:1: no gate is called `nonsense`"
    ]


def test_a_diff_does_not_fail_when_qops_is_gone(bare: Repository) -> None:
    bare.write("a.qasm", BELL)
    bare.commit()
    bare.write("a.qasm", BELL.replace("0.5", "0.25"))
    command = bare.git("config", "diff.qops-circuit.textconv").out.strip()
    bare.git("config", "diff.qops-circuit.textconv", command.replace("/python ", "/no-python "))
    assert changed_lines(bare.git("diff").out) == ["-rz(0.5) q[2];", "+rz(0.25) q[2];"]


def test_parameters_are_compared_value_by_value(bare: Repository) -> None:
    bare.write("a.qasm", HEAD + "input float t10;\ninput float t9;\nrx(t10) q[0];\nrx(t9) q[1];\n")
    bare.write("qops.yaml", "version: 1\ncircuits:\n  a:\n    source: a.qasm\n    parameters: my angles.csv\n")
    bare.write("my angles.csv", "binding,t10,t9\nfirst,0.50,1\nlast,pi/2,1\n")
    bare.install()
    bare.commit()
    bare.write("my angles.csv", "binding,t9,t10\nfirst,1.0,0.5\nlast,1.5,1.5707963267948966\n")
    assert changed_lines(bare.git("diff").out) == ["-last,t9,1.0", "+last,t9,1.5"]


def test_qpy_is_compared_as_text(bare: Repository) -> None:
    def dump(angle: float) -> None:
        circuit = QuantumCircuit(1)
        circuit.rx(angle, 0)
        stream = io.BytesIO()
        qpy.dump([circuit, circuit], stream)
        (bare.root / "library.qpy").write_bytes(stream.getvalue())

    dump(0.5)
    bare.commit()
    dump(0.25)
    lines = changed_lines(bare.git("diff").out)
    assert lines == 2 * ["-rx(0.5) q[0];", "+rx(0.25) q[0];"]


@pytest.mark.parametrize(("name", "mark"), [("a.qasm", b"//"), ("a.csv", b"#"), ("a.qpy", b"//")])
def test_anything_is_printed(name: str, mark: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    data = b"QISKIT\xff\x00" if name.endswith("qpy") else b"\xff\x00"
    (tmp_path / name).write_bytes(data)
    assert textconv.run([str(tmp_path / name)]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(mark + b" shown as it is, because qops could not read it: " + name.encode())
    assert out.endswith(b"\n" + data)
