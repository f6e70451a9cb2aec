import math

import pytest
from qiskit.circuit.library import get_standard_gate_name_mapping
from qiskit.quantum_info import Operator

from qops.circuits.periods import _PERIODS, Periods, wrapped
from qops.circuits.reader import read

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float t;\ninput float s;\nqubit[3] q;\n'
PI = math.pi


def periods(body: str) -> dict[str, float | None]:
    circuit = read((HEAD + body).encode(), "test.qasm")
    return Periods(circuit.gates).parameters(circuit)


@pytest.mark.parametrize(
    ("body", "period"),
    [
        ("rz(t) q[0];", 2 * PI),
        ("p(t) q[0]; rzz(t) q[0], q[1];", 2 * PI),
        ("crz(t) q[0], q[1];", 4 * PI),
        ("rz(t) q[0]; crx(t) q[0], q[1];", 4 * PI),
        ("ctrl @ rx(t) q[0], q[1];", 4 * PI),
        ("ctrl @ p(t) q[0], q[1];", 2 * PI),
        ("U(t, 0, 0) q[0];", 2 * PI),
        ("ctrl @ U(0, t, 0) q[0], q[1];", 2 * PI),
        ("rz(2*t) q[0];", PI),
        ("rz(t/2) q[0];", 4 * PI),
        ("rz(t/2) q[0]; rz(t/3) q[0];", 12 * PI),
        ("rz(2*t) q[0]; rz(3*t + 0.1) q[0];", 2 * PI),
        ("rz(-(t - s)) q[0];", 2 * PI),
        ("rz(t*s) q[0];", None),
        ("rz(sin(t)) q[0];", None),
        ("rz(0.1*t) q[0];", None),
        ("pow(0.5) @ rx(t) q[0];", 4 * PI),
        ("pow(0.5) @ U(t, 0, 0) q[0];", None),
        ("gate f(a) b { rz(a) b; } f(t) q[0];", 2 * PI),
        ("gate f(a) b { rz(a) b; } ctrl @ f(t) q[0], q[1];", 4 * PI),
        ("gate f(a) b { rz(2*a) b; } gate g(a) b { f(a/2) b; } g(t) q[0];", 2 * PI),
        ("bit c; c = measure q[0]; if (c) { crz(t) q[1], q[2]; }", 4 * PI),
        ("", None),
    ],
)
def test_a_parameter_has_the_least_period_that_all_its_gates_have_in_common(body: str, period: float | None) -> None:
    assert periods(body)["t"] == (pytest.approx(period, rel=1e-15) if period else None)


def test_a_difference_within_half_a_period_is_exact() -> None:
    assert wrapped(0.31 - 0.3, 2 * PI) == 0.31 - 0.3


@pytest.mark.parametrize(("difference", "wrap"), [(2 * PI, 0.0), (-2 * PI, 0.0), (4 * PI + 0.25, 0.25)])
def test_whole_periods_are_no_difference(difference: float, wrap: float) -> None:
    assert wrapped(difference, 2 * PI) == pytest.approx(wrap, abs=1e-12)


GATES = get_standard_gate_name_mapping()
ANGLES = [(name, place, under) for name, each in _PERIODS.items() for place in range(len(each)) for under in (0, 1)]


@pytest.mark.parametrize(("name", "place", "under"), [angle for angle in ANGLES if angle[0] in GATES])
def test_qiskit_agrees_on_every_period_and_that_half_of_it_is_none(name: str, place: int, under: int) -> None:
    def matrix(shift: float) -> Operator:
        values = [0.3 + 0.2 * index for index in range(len(_PERIODS[name]))]
        values[place] += shift
        gate = GATES[name].base_class(*values)
        return Operator(gate.control() if under else gate)

    turns = _PERIODS[name][place][under]
    assert matrix(turns * PI).equiv(matrix(0.0))
    if name != "gphase" or under:
        assert not matrix(turns * PI / 2).equiv(matrix(0.0))
