"""Arcs against the eigenphases of the gates' matrices."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qiskit.circuit.library import get_standard_gate_name_mapping
from qiskit.circuit.library.standard_gates import CU1Gate, CU3Gate, U1Gate, U2Gate, U3Gate
from qiskit.quantum_info import Operator

from qops.circuits.arcs import (
    CONTROLLED_ROTATIONS,
    ROTATIONS,
    controlled_arc,
    matrix_arc,
    one_qubit,
    rotation_arc,
    shortest_arc,
)

CLASSES = {"u1": U1Gate, "u2": U2Gate, "u3": U3Gate, "cu1": CU1Gate, "cu3": CU3Gate}
GENERAL = {"u": 3, "u2": 2, "u3": 3, "r": 2, "cu": 4, "cu3": 3, "xx_plus_yy": 2, "xx_minus_yy": 2}
TURNS = st.floats(-15, 15)


def matrix(name: str, angles: list[float]) -> np.ndarray:
    maker = CLASSES.get(name) or get_standard_gate_name_mapping()[name].__class__
    return Operator(maker(*angles)).data


def exact(name: str, old: list[float], new: list[float]) -> float:
    change = matrix(name, old).conj().T @ matrix(name, new)
    return shortest_arc([float(phase) for phase in np.angle(np.linalg.eigvals(change))])


@pytest.mark.parametrize("name", sorted(ROTATIONS | CONTROLLED_ROTATIONS))
@given(old=TURNS, new=TURNS)
def test_gates_of_one_angle(name: str, old: float, new: float) -> None:
    arc = rotation_arc if name in ROTATIONS else controlled_arc
    assert arc(new - old) == pytest.approx(exact(name, [old], [new]), abs=1e-6)


@pytest.mark.parametrize("name", GENERAL)
@given(data=st.data())
def test_general_gates(name: str, data: st.DataObject) -> None:
    old = [data.draw(TURNS) for _ in range(GENERAL[name])]
    new = [data.draw(TURNS) for _ in range(GENERAL[name])]
    controlled = name not in {"u", "u2", "u3", "r"}
    arc = matrix_arc(one_qubit(name, old), one_qubit(name, new), controlled=controlled)
    assert arc == pytest.approx(exact(name, old, new), abs=1e-6)


@pytest.mark.parametrize("name", GENERAL)
def test_no_change_has_no_arc_and_a_tiny_one_is_not_lost(name: str) -> None:
    angles = [0.3, 0.7, 1.1, 1.9][: GENERAL[name]]
    here = one_qubit(name, angles)
    assert matrix_arc(here, here, controlled=True) == pytest.approx(0, abs=1e-15)
    there = one_qubit(name, [angles[0] + 1e-9, *angles[1:]])
    assert 1e-10 < matrix_arc(here, there, controlled=False) < 1.1e-9


@given(st.lists(TURNS, min_size=1, max_size=6))
def test_the_shortest_arc_holds_every_phase(phases: list[float]) -> None:
    arc = shortest_arc(phases)
    assert 0 <= arc < math.tau
    assert any(
        all((phase - start) % math.tau <= arc + 1e-9 or (start - phase) % math.tau < 1e-9 for phase in phases)
        for start in phases
    )
