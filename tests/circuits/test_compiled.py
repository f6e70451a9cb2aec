"""Text and metrics in one pass are those of the writer and of the metrics, for any circuit on any device."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_circuits import circuits

from qops.circuits.compiled import Clerk
from qops.circuits.physical import metrics
from qops.circuits.reader import read
from qops.circuits.success import Cost, Costs, costs
from qops.circuits.writer import write
from qops.model.circuit import Circuit, Operation, Register
from qops.model.target import Instruction, Place, Target

NUMBERS = st.sampled_from([None, 0.0, 1e-4, 0.013, 0.25, 1.0])
TIMES = st.sampled_from([None, 0.0, 20e-9, 35.5e-9, 1e-6])
PLACES = (
    ("sx", (0,)),
    ("sx", (1,)),
    ("rz", (0,)),
    ("rz", (1,)),
    ("rz", (2,)),
    ("cz", (0, 1)),
    ("cz", (1, 2)),
    ("measure", (0,)),
    ("measure", (2,)),
    ("barrier", (1,)),
    ("barrier", (0, 1, 2)),
    ("ccx", (0, 1, 2)),
)


@st.composite
def compiled(draw: st.DrawFn) -> Circuit:
    """A circuit of what devices can do."""

    def operation(place: tuple[str, tuple[int, ...]]) -> Operation:
        gate, qubits = place
        angles = (draw(st.floats(-7, 7)),) if gate == "rz" else ()
        return Operation(gate, qubits, angles, bits=(draw(st.integers(0, 1)),) if gate == "measure" else ())

    operations = [operation(place) for place in draw(st.lists(st.sampled_from(PLACES), max_size=30))]
    again = operations[: draw(st.integers(0, 9))]  # one object for two operations that are equal
    return Circuit((Register("q", 3),), (Register("c", 2),), (), (*operations, *again), phase=draw(st.floats(-1, 1)))


def known_of(place: tuple[str, tuple[int, ...]], error: float | None, seconds: float | None) -> Instruction:
    gate, qubits = place
    return Instruction(gate, gate, len(qubits), places=(Place(qubits, error, seconds),))


@st.composite
def devices(draw: st.DrawFn) -> Costs:
    """Costs of all places or of some, with errors and times that are known or not."""
    left_out = draw(st.sets(st.sampled_from(PLACES), max_size=2))
    places = [place for place in PLACES if place[0] != "barrier" and place not in left_out]
    return costs(Target("any", "", 3, tuple(known_of(place, draw(NUMBERS), draw(TIMES)) for place in places)))


@given(compiled(), devices())
@settings(max_examples=300, deadline=None)
def test_of_what_devices_can_do(circuit: Circuit, known: Costs) -> None:
    assert Clerk(known).text_and_metrics(circuit) == (write(circuit), metrics(circuit, known))


@given(circuits(), devices())
@settings(max_examples=100, deadline=None)
def test_of_any_circuit(circuit: Circuit, known: Costs) -> None:
    assert Clerk(known).text_and_metrics(circuit) == (write(circuit), metrics(circuit, known))


@pytest.mark.parametrize(
    "body",
    [
        "delay[100dt] q[0];\nsx q[0];\ndelay[3ns] q[1];\n",
        "inv @ sx q[0];\n",
        "sx q[0];\nif (c[0] == true) {\n  sx q[1];\n}\ncz q[0], q[1];\n",
        "barrier q[1];\nsx q[1];\n",
        "",
    ],
)
@pytest.mark.parametrize("dt_s", [None, 1e-9])
def test_of_delays_modifiers_and_control_flow(body: str, dt_s: float | None) -> None:
    text = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[2] c;\n{body}'
    circuit = read(text.encode(), "a.qasm")
    free = frozenset({"delay"})
    known = Costs({("sx", (qubit,)): Cost(1e-3, 2e-8) for qubit in range(3)} | {("cz", (0, 1)): Cost(0.1, 1e-7)}, free)
    known = msgspec.structs.replace(known, dt_s=dt_s)
    assert Clerk(known).text_and_metrics(circuit) == (write(circuit), metrics(circuit, known))


@given(st.lists(st.one_of(compiled(), circuits()), min_size=2, max_size=5), devices())
@settings(max_examples=100, deadline=None)
def test_of_one_circuit_after_another(found: list[Circuit], known: Costs) -> None:
    clerk = Clerk(known)
    for circuit in [*found, *found]:
        assert clerk.text_and_metrics(circuit) == (write(circuit), metrics(circuit, known))
