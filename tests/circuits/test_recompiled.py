"""One circuit compiled for two calibrations of a device."""

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qiskit import QuantumCircuit, transpile
from qiskit.circuit.random import random_circuit
from qiskit.providers.fake_provider import GenericBackendV2

from qops.circuits.recompiled import Moved, Recompiled, Side, compare
from qops.circuits.success import NotPlacedError, costs, log_success
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.targets import from_qiskit, to_qiskit
from qops.model.circuit import Circuit, Operation, Register
from qops.model.matrix import Compiled, Metrics
from qops.model.target import Instruction, Place, Target

NOTHING = Metrics(0, 0, 0, 0, None, 0, None)
LINE = [(0, 1), (1, 2), (2, 3)]


def device(*errors: float | None) -> Target:
    """A line of four qubits with the errors of its three edges; None for an edge that is gone."""
    edges = zip(LINE, errors, strict=True)
    places = tuple(Place(edge, error) for edge, error in edges if error is not None)
    return Target("line", "", 4, (Instruction("cz", "cz", 2, places=places),))


def side(target: Target, *pairs: tuple[int, int], layout: tuple[int, ...] = (0, 1)) -> Side:
    circuit = Circuit((Register("$", 4),), (), (), tuple(Operation("cz", pair) for pair in pairs))
    return Side(Compiled(str(pairs), NOTHING, layout, layout, 0.0, 0), circuit, target)


def test_a_layout_that_leaves_a_bad_edge_is_explained() -> None:
    old = side(device(0.01, 0.02, 0.02), (0, 1), (0, 1))
    new = side(device(0.2, 0.02, 0.02), (2, 3), (2, 3), layout=(2, 3))
    found = compare(old, new)
    assert found.moved == (Moved(0, 0, 2), Moved(1, 1, 3))
    assert (found.left, found.taken, found.same) == ((0, 1), (2, 3), False)
    (cause,) = found.causes
    assert (cause.gate, cause.qubits, cause.uses, cause.before, cause.after) == ("cz", (0, 1), 2, 0.01, 0.2)
    assert found.drift == cause.share == pytest.approx(2 * math.log(0.8 / 0.99))
    assert found.choice == pytest.approx(2 * math.log(0.98 / 0.8))


def test_where_nothing_changed_there_is_nothing_to_say() -> None:
    old = side(device(0.01, 0.02, 0.03), (0, 1), (1, 2))
    assert compare(old, old) == Recompiled(
        same=True, moved=(), left=(), taken=(), before=compare(old, old).after, after=compare(old, old).before,
        drift=0.0, choice=0.0, causes=(),
    )  # fmt: skip


@pytest.mark.parametrize("error", [1.0, None])
def test_a_place_that_failed_comes_first_and_gives_no_number(error: float | None) -> None:
    old = side(device(0.01, 0.02, 0.03), (0, 1), (1, 2))
    found = compare(old, side(device(0.1, error, 0.03), (0, 1)))
    assert [(cause.qubits, cause.after) for cause in found.causes] == [((1, 2), error), ((0, 1), 0.1)]
    assert found.causes[0].share is None
    assert (found.drift, found.choice) == (None, None)
    assert math.isfinite(found.after)


def test_a_circuit_on_a_target_that_it_does_not_fit_is_refused() -> None:
    with pytest.raises(NotPlacedError):
        compare(side(device(0.1, 0.1, None), (2, 3)), side(device(0.1, 0.1, 0.1), (2, 3)))


ERRORS = st.lists(st.floats(0, 0.9), min_size=3, max_size=3)
PAIRS = st.lists(st.sampled_from(LINE), max_size=6)


@given(ERRORS, ERRORS, PAIRS, PAIRS)
def test_the_two_parts_and_the_shares_add_up(old: Any, new: Any, before: Any, after: Any) -> None:
    found = compare(side(device(*old), *before), side(device(*new), *after))
    assert found.drift is not None
    assert found.choice is not None
    assert found.drift + found.choice == pytest.approx(found.after - found.before, abs=1e-9)
    assert math.fsum(cause.share or 0.0 for cause in found.causes) == pytest.approx(found.drift, abs=1e-12)
    stayed = log_success(side(device(*new), *before).circuit, costs(device(*new)))[0]
    assert found.drift == pytest.approx(stayed - found.before, abs=1e-9)


def test_real_compilations_add_up() -> None:
    backends = [GenericBackendV2(8, coupling_map=[[i, i + 1] for i in range(7)], seed=seed).target for seed in (1, 2)]
    source = random_circuit(4, 6, max_operands=2, seed=3, measure=True)
    sides = [_compiled(source, from_qiskit(target, "x")) for target in backends]
    found = compare(*sides)
    measured = [log_success(each.circuit, costs(each.target))[0] for each in sides]
    assert (found.before, found.after) == pytest.approx(tuple(measured), rel=1e-12)
    assert found.drift is not None
    stayed = log_success(sides[0].circuit, costs(sides[1].target))[0]
    assert found.drift == pytest.approx(stayed - measured[0], rel=1e-9)
    assert found.choice == pytest.approx(measured[1] - stayed, abs=1e-9)
    sizes = [abs(cause.share or 0.0) for cause in found.causes]
    assert sizes == sorted(sizes, reverse=True)


def _compiled(source: QuantumCircuit, target: Target) -> Side:
    done = transpile(source, target=to_qiskit(target), optimization_level=2, seed_transpiler=1)
    layout = tuple(done.layout.initial_index_layout(filter_ancillas=True))
    circuit = msgspec.structs.replace(circuit_from_qiskit(done), annotations=())
    return Side(Compiled("", NOTHING, layout, layout, 0.0, 0), circuit, target)
