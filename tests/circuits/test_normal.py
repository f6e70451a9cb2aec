"""One spelling for each operation."""

import pytest

from qops.circuits.normal import operation
from qops.model.circuit import Operation


@pytest.mark.parametrize(
    ("gate", "qubits", "angles", "modifiers", "expected"),
    [
        ("x", (0, 1), (), ("ctrl:1",), Operation("cx", (0, 1))),
        ("x", (2, 1, 0), (), ("ctrl:11",), Operation("ccx", (1, 2, 0))),
        ("cx", (2, 1, 0), (), ("ctrl:1",), Operation("ccx", (1, 2, 0))),
        ("x", (3, 2, 1, 0), (), ("ctrl:111",), Operation("mcx", (1, 2, 3, 0))),
        ("mcx", (3, 2, 1, 0), (), (), Operation("mcx", (1, 2, 3, 0))),
        ("mcx", (1, 0), (), (), Operation("cx", (1, 0))),
        ("mcx", (2, 1, 0), (), ("ctrl:1",), Operation("ccx", (1, 2, 0))),
        ("mcx", (2, 1, 0), (), ("inv",), Operation("ccx", (1, 2, 0))),
        ("csx", (0, 1), (), ("inv",), Operation("sxdg", (0, 1), modifiers=("ctrl:1",))),
        ("cx", (0, 1), (), ("inv",), Operation("cx", (0, 1))),
        ("x", (0, 1), (), ("ctrl:0",), Operation("x", (0, 1), modifiers=("ctrl:0",))),
        ("x", (5, 3, 1), (), ("ctrl:01",), Operation("x", (3, 5, 1), modifiers=("ctrl:10",))),
        ("s", (0,), (), ("inv",), Operation("sdg", (0,))),
        ("rx", (0,), (0.5,), ("inv",), Operation("rx", (0,), (-0.5,))),
        ("rx", (0,), (0.5,), ("pow:3.0",), Operation("rx", (0,), (1.5,))),
        ("u", (0,), (1.0, 2.0, 3.0), ("inv",), Operation("u", (0,), (-1.0, -3.0, -2.0))),
        ("u", (0, 1), (1.0, 2.0, 3.0), ("ctrl:1",), Operation("cu", (0, 1), (1.0, 2.0, 3.0, 0.0))),
        ("h", (0, 1, 2), (), ("ctrl:1", "ctrl:1"), Operation("h", (0, 1, 2), modifiers=("ctrl:11",))),
        ("h", (0,), (), ("pow:0.5",), Operation("h", (0,), modifiers=("pow:0.5",))),
        ("iswap", (1, 0), (), ("inv", "inv"), Operation("iswap", (0, 1))),
        ("gphase", (1,), (0.5,), ("ctrl:1",), Operation("p", (1,), (0.5,))),
        ("gphase", (1, 0), (0.5,), ("ctrl:11",), Operation("cp", (0, 1), (0.5,))),
        ("swap", (2, 1, 0), (), ("ctrl:1",), Operation("cswap", (2, 0, 1))),
    ],
)
def test_normal_form(gate, qubits, angles, modifiers, expected) -> None:  # noqa: ANN001
    assert operation(gate, qubits, angles, modifiers) == expected


def test_a_users_gate_keeps_its_operands_and_its_modifiers() -> None:
    made = operation("mine", (2, 1, 0), (), ("inv", "ctrl:1"), users=True)
    assert made == Operation("mine", (2, 1, 0), modifiers=("ctrl:1", "inv"))
