"""OpenQASM and QPY that panic, crash, exhaust or fool Qiskit's readers, sent to them past our own reader."""

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qiskit import QuantumCircuit, qpy

from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.where import Where
from qops.readers.child import ContainedReader
from qops.readers.messages import Converted, Limits, ReadQasm, ReadQpy

TIGHT = Limits(memory=2 << 30, cpu_seconds=1, wall_seconds=1.5)
HEAD_2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
HEAD_3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def read(contained: ContainedReader, text: str, version: int) -> Circuit:
    answer = contained.ask(ReadQasm(text, "a.qasm", version), TIGHT)
    assert isinstance(answer, Converted)
    return answer.circuit


def refused(contained: ContainedReader, text: str, version: int) -> InputError:
    with pytest.raises(InputError) as caught:
        read(contained, text, version)
    assert caught.value.where is not None
    assert caught.value.where.file == "a.qasm"
    assert "\n" not in caught.value.cause
    return caught.value


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("OPENQASM 99999999999999999999.0;", "panicked: called `Result::unwrap()` on an `Err` value: ParseIntError"),
        ("OPENQASM 2.0;\nqreg q[99999999999999999999];", "panicked"),
        ("OPENQASM 2.0;\nqreg q[18446744073709551616];", "panicked"),
        ("OPENQASM 2.0;\nqreg q[4294967295];", "Qiskit's OpenQASM 2 reader "),
        ("OPENQASM 2.0;\nqreg q[10000000];", "Qiskit's OpenQASM 2 reader "),
        ("OPENQASM 2.0;\nqreg q[200000];", "more than 100,000 qubits or bits are not read"),
        (HEAD_2 + "qreg q[1];\nrx(1e999) q[0];", "`rx` on qubit 0: the angle is not a finite number"),
        (HEAD_2 + "qreg q[1];\nrx(1e999-1e999) q[0];", "`rx` on qubit 0: the angle is not a finite number"),
        (HEAD_2 + "gate g(a) q { rx(1/a) q; }\nqreg q[1];\ng(0) q[0];", "cannot divide by zero"),
        ('OPENQASM 2.0;\ninclude "/etc/passwd";', "unable to find '/etc/passwd'"),
        ('OPENQASM 2.0;\ninclude "a.qasm";', "unable to find 'a.qasm'"),
        (
            "OPENQASM 2.0;\ngate g0 a { U(0,0,0) a; }\n"
            + "".join(f"gate g{n} a {{ g{n - 1} a; }}\n" for n in range(1, 500))
            + "qreg q[1];\ng499 q[0];",
            "it is nested too deeply",
        ),
    ],
    ids=range(12),
)
def test_openqasm_2(contained: ContainedReader, text: str, cause: str) -> None:
    assert cause in refused(contained, text, 2).cause


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "failed"),
        ("OPENQASM 3.0;\nqubit q;\nrx(1e999) q;", "is not defined"),
        (HEAD_3 + "qubit q;\nrx(1e999) q;", "`rx` on qubit 0: the angle is not a finite number"),
        (HEAD_3 + "qubit q;\nbit c;\n" + "if (c) {" * 500 + "x q;" + "}" * 500, "it is nested too deeply"),
        (HEAD_3 + f"qubit q;\nrx({'(' * 1000}1{')' * 1000}) q;", "it is nested too deeply"),
        (HEAD_3 + f"qubit q;\nrx({'+'.join(['1'] * 1000)}) q;", "it is nested too deeply"),
        (HEAD_3 + f"qubit q;\nrx({'-' * 10_000}1) q;", "Qiskit's OpenQASM 3 reader"),
        (HEAD_3 + "qubit q;\nrx(1/0) q;", "ZeroDivisionError"),
        (HEAD_3 + f"qubit[{'9' * 5000}] q;", "Qiskit's OpenQASM 3 reader"),
        (HEAD_3 + "qubit[10000000] q;", "Qiskit's OpenQASM 3 reader"),
        (HEAD_3 + "qubit q;\nfor int i in [0:100000000] { x q; }", "a loop over more than 100,000 values"),
        (HEAD_3 + "def f() { }", "SubroutineDefinition is not supported"),
    ],
    ids=range(12),
)
def test_openqasm_3(contained: ContainedReader, text: str, cause: str) -> None:
    assert cause in refused(contained, text, 3).cause


def test_places_count_from_one(contained: ContainedReader) -> None:
    assert refused(contained, HEAD_2 + "qreg q[1];\n  foo q[0];", 2).where == Where("a.qasm", 4, 3)
    assert refused(contained, HEAD_3 + "qubit q;\n  foo q;", 3).where == Where("a.qasm", 4, 3)
    syntax = refused(contained, "OPENQASM 3.0;\nqubit[2 q;", 3)
    assert syntax.excerpt == "qubit[2 q;"
    assert (syntax.where, syntax.cause) == (Where("a.qasm", 2, 9), "unexpected `q` (Qiskit's OpenQASM 3 reader)")


def test_a_small_file_of_doubling_gates_stays_small(contained: ContainedReader) -> None:
    gates = "".join(f"gate g{n} a {{ g{n - 1} a; g{n - 1} a; }}\n" for n in range(1, 11))
    text = f"OPENQASM 2.0;\ngate g0 a {{ U(0,0,0) a; }}\n{gates}qreg q[1];\ng10 q[0];"
    assert len(read(contained, text, 2).gates) == 11


@settings(max_examples=15)
@given(st.text(alphabet='OPENQASM 320.;qubitrx[]()"{}gate+-*/\x00\ud800é', max_size=60), st.sampled_from([2, 3]))
def test_noise_is_read_or_refused(contained: ContainedReader, text: str, version: int) -> None:
    with contextlib.suppress(InputError):
        read(contained, text.encode("utf-8", "replace").decode(), version)


def good_qpy() -> bytes:
    circuit = QuantumCircuit(2)
    circuit.h(0)
    circuit.cx(0, 1)
    stream = io.BytesIO()
    qpy.dump(circuit, stream)
    return stream.getvalue()


def read_qpy(contained: ContainedReader, data: bytes) -> Circuit:
    answer = contained.ask(ReadQpy(data, "a.qpy", 0), TIGHT)
    assert isinstance(answer, Converted)
    return answer.circuit


def test_good_qpy(contained: ContainedReader) -> None:
    circuit = read_qpy(contained, good_qpy())
    assert [operation.gate for operation in circuit.operations] == ["h", "cx"]
    assert circuit.source_format == "qpy"


def test_every_truncation_of_qpy_is_refused(contained: ContainedReader) -> None:
    data = good_qpy()
    for length in range(18, len(data), 23):
        with pytest.raises(InputError, match=r"damaged or cut short|QPY reader"):
            read_qpy(contained, data[:length])


def test_what_follows_the_circuits_is_noticed(contained: ContainedReader) -> None:
    with pytest.raises(InputError, match="something follows the last circuit"):
        read_qpy(contained, good_qpy() + b"\0")


def test_flipped_bytes_are_read_or_refused(contained: ContainedReader) -> None:
    data = good_qpy()
    for place in range(18, len(data), 11):
        flipped = bytearray(data)
        flipped[place] ^= 0xFF
        with contextlib.suppress(InputError):
            read_qpy(contained, bytes(flipped))
