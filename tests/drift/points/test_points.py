"""Test points: where they go, that they cost neither depth nor time, and that a proof of theirs can fail."""

from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.devices import BODY, CHAIN, EDGES, LONG, WIDTH, circuit, measured

from qops.backends.simulated import Simulated
from qops.circuits import success
from qops.circuits.physical import metrics
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.drift.points.coupling import distances
from qops.drift.points.insertion import Room
from qops.drift.points.proof import prove
from qops.drift.points.schedule import schedule
from qops.drift.points.sites import AFTER, BEFORE, OUTSIDE, sites
from qops.drift.watch import Wanted, insert
from qops.errors import InconclusiveError, InputError
from qops.model.circuit import Circuit, Operation, Register
from qops.model.ports import Job
from qops.model.target import Instruction, Place

KNOWN = success.costs(CHAIN)


LATE = circuit(*BODY[:-4], *measured(0, 1), Operation("cx", (1, 2)), *measured(2))


@st.composite
def applications(draw: st.DrawFn) -> Circuit:
    """Circuits of the device's gates on the first three qubits, mid-circuit measurements and resets among them."""
    operations = []
    for _ in range(draw(st.integers(1, 14))):
        qubit = draw(st.integers(0, 2))
        kind = draw(st.sampled_from(["sx", "sx", "rz", "cx", "cx", "measure", "reset"]))
        if kind == "cx":
            operations.append(Operation("cx", draw(st.sampled_from(EDGES[:2]))))
        elif kind == "rz":
            operations.append(Operation("rz", (qubit,), (draw(st.floats(-3, 3)),)))
        else:
            operations.append(Operation(kind, (qubit,), bits=(qubit,) if kind == "measure" else ()))
    return circuit(*operations, *measured(*draw(st.sets(st.integers(0, 2)))))


@settings(max_examples=40, deadline=None)
@given(applications(), st.integers(1, 3), st.integers(1, 3), st.integers(1, 4))
def test_points_cost_nothing_and_leave_the_application_alone(
    plain: Circuit, distance: int, points: int, most: int
) -> None:
    try:
        found = insert(plain, CHAIN, Wanted(distance, most_sites=most, room=Room(points)))
    except InconclusiveError:
        return
    before, after = metrics(plain, KNOWN), metrics(found.circuit, KNOWN)
    assert after.depth == before.depth
    assert after.duration_s == pytest.approx(before.duration_s, rel=1e-12)
    used = {qubit for each in plain.operations for qubit in each.qubits}
    for point in found.points:
        reached = distances(CHAIN, used - {point.site.qubit})
        assert reached.get(point.site.qubit, WIDTH) >= distance
    proof = prove(plain, found.circuit)
    assert proof.objections == ()
    assert proof.difference is not None
    assert proof.difference <= 1e-12
    assert write(read(write(found.circuit).encode(), "w.qasm")) == write(found.circuit)


def test_sites_are_where_qubits_are_idle() -> None:
    plan = schedule(LATE, KNOWN)
    found = {(site.qubit, site.when): site for site in sites(LATE, plan, CHAIN, KNOWN, 1)}
    assert {qubit for qubit, when in found if when == OUTSIDE} == {3, 4, 5, 6}
    assert found[3, OUTSIDE].distance == 1
    assert found[6, OUTSIDE].room_s == plan.duration_s
    assert (0, AFTER) in found
    assert found[0, AFTER].distance == 1
    assert found[2, BEFORE].room_s > 1e-7 > found[0, BEFORE].room_s


def test_by_default_neighbours_are_left_alone() -> None:
    found = insert(LONG, CHAIN, Wanted(most_sites=9))
    assert {point.site.qubit for point in found.points} == {4, 5, 6}
    assert {point.site.qubit for point in insert(LONG, CHAIN, Wanted(1, most_sites=9)).points} >= {3, 4, 5, 6}


def test_several_points_share_the_time_and_are_reset_between() -> None:
    found = insert(LONG, CHAIN, Wanted(qubits=(5,), room=Room(2)))
    gates = [each.gate for each in found.circuit.operations if each.qubits == (5,)]
    assert len(found.points) == 2
    assert gates == ["sx", "delay", "sx", "measure", "reset", "sx", "delay", "sx", "measure"]


def test_a_qubit_is_watched_before_it_begins_and_after_it_has_ended() -> None:
    slow = circuit(*BODY, *BODY, *measured(0, 1), *[Operation("cx", (1, 2))] * 12, *measured(2))
    after = insert(slow, CHAIN, Wanted(1, (0,)))
    assert [each.gate for each in after.circuit.operations if each.qubits == (0,)][-4:] in (
        ["reset", "sx", "delay", "sx", "measure"][-4:],
        ["reset", "sx", "sx", "measure"],
    )
    late = circuit(*BODY[:4], *[Operation("cx", (0, 1))] * 20, Operation("cx", (1, 2)), *measured(0, 1, 2))
    before = insert(late, CHAIN, Wanted(1, (2,)))
    chain = [each.gate for each in before.circuit.operations if each.qubits == (2,)]
    assert chain[-2:] == ["reset", "measure"]
    for found, plain in ((after, slow), (before, late)):
        assert prove(plain, found.circuit).difference == 0.0


def test_a_wait_is_what_was_asked_for() -> None:
    found = insert(LONG, CHAIN, Wanted(room=Room(wait_s=1e-7)))
    assert [round(point.wait_s, 12) for point in found.points] == [1e-7, 1e-7]


@pytest.mark.parametrize(
    "spoilt",
    [
        Operation("rz", (2,), (0.05,)),
        Operation("cx", (3, 4)),
        Operation("reset", (0,)),
        Operation("measure", (4,), bits=(0,)),
    ],
)
def test_what_disturbs_is_objected_to(spoilt: Operation) -> None:
    found = insert(LONG, CHAIN, Wanted())
    operations = list(found.circuit.operations)
    operations.insert(len(BODY) - 2, spoilt)
    proof = prove(LONG, msgspec.structs.replace(found.circuit, operations=tuple(operations)))
    assert proof.objections
    assert not proof.holds


@pytest.mark.parametrize("spoilt", [Operation("rz", (2,), (0.05,)), Operation("rx", (0,), (1e-10,))])
def test_states_tell_a_disturbance_by_themselves(spoilt: Operation) -> None:
    """The negative control: without a look at the structure, the density matrices differ."""
    plain = circuit(Operation("h", (0,)), Operation("h", (2,)), Operation("cx", (0, 1)), *measured(0, 1, 2))
    where = len(plain.operations) - 3
    operations = (*plain.operations[:where], spoilt, *plain.operations[where:])
    proof = prove(plain, msgspec.structs.replace(plain, operations=operations))
    assert proof.difference is not None
    assert proof.difference > 1e-12


def test_an_operation_of_the_application_that_is_missing_is_seen() -> None:
    proof = prove(LONG, msgspec.structs.replace(LONG, operations=LONG.operations[1:]))
    assert proof.objections == ("the operations of the application are not those of the circuit",)


def test_of_a_wide_application_the_structure_is_looked_at() -> None:
    wide = msgspec.structs.replace(
        LONG, qubits=(Register("$", 12),), operations=(*LONG.operations, *(Operation("sx", (q,)) for q in range(12)))
    )
    proof = prove(wide, wide)
    assert (proof.holds, proof.difference, proof.because) == (True, None, "12 qubits are too many for density matrices")


@pytest.mark.parametrize(
    ("plain", "wanted", "told"),
    [
        (circuit(Operation("sx", (0,)), *measured(0)), Wanted(), "there is no room for a test point"),
        (LONG, Wanted(qubits=(3,)), "no idle qubit among 3 is 2 couplings or more"),
        (LONG, Wanted(room=Room(wait_s=1.0)), "there is no room"),
    ],
)
def test_where_there_is_no_room_it_is_refused(plain: Circuit, wanted: Wanted, told: str) -> None:
    with pytest.raises(InconclusiveError, match=told):
        insert(plain, CHAIN, wanted)


def test_control_flow_and_unknown_durations_are_refused() -> None:
    text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nbit[1] c;\nc[0] = measure $0;\nif (c[0]) { x $0; }\n'
    with pytest.raises(InputError, match="control flow"):
        insert(read(text.encode(), "f.qasm"), CHAIN, Wanted())
    timeless = msgspec.structs.replace(CHAIN, instructions=(Instruction("sx", "sx", 1, places=(Place((0,)),)),))
    with pytest.raises(InputError, match="does not say how long `sx` takes"):
        insert(circuit(Operation("sx", (0,))), timeless, Wanted())


def test_qubits_that_are_measured_with_the_circuits_are_left_out() -> None:
    together = msgspec.structs.replace(CHAIN, measured_together=((2, 4),))
    assert {point.site.qubit for point in insert(LONG, together, Wanted(most_sites=9)).points} == {5, 6}


def test_points_leave_the_counts_of_the_application_alone() -> None:
    """Chi-square of the application's counts with and without points, 7 degrees of freedom below its quantile at one in
    100,000, 36; and points that are as good as the qubits."""
    found = insert(LONG, CHAIN, Wanted(room=Room(2)))
    backend, shots = Simulated(CHAIN), 3000
    with_points, without = backend.run([Job(found.circuit, shots, 5), Job(found.plain, shots, 6)])
    one, other = Counter[str](), Counter(without.counts)
    for outcome, times in with_points.counts.items():
        one[outcome[len(found.points) :]] += times
    assert sum(one.values()) == shots
    assert sum((one[key] - other[key]) ** 2 / (one[key] + other[key]) for key in {*one, *other}) < 36
    for point in found.points:
        place = len(found.points) - 1 - (point.bit - LONG.bit_count)
        assert sum(times for outcome, times in with_points.counts.items() if outcome[place] == "1") > 0.9 * shots
