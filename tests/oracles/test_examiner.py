"""The real examiner: simulation and MQT QCEC, in processes of their own."""

import random

import msgspec
import numpy as np
import pytest
from qiskit import QuantumCircuit, transpile
from qiskit.circuit.random import random_circuit
from qiskit.providers.fake_provider import GenericBackendV2

from qops.circuits.equivalence.gates import Matrices
from qops.circuits.equivalence.provable import statement
from qops.circuits.equivalence.wires import in_use
from qops.circuits.reader import read
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.examination import Sameness
from qops.model.layout import Layout
from qops.oracles import examiner
from qops.oracles.child import Returned
from qops.oracles.examiner import ContainedExaminer
from qops.oracles.installed import prover_installed
from qops.oracles.messages import Limits, Said

GATES = ("h q[{0}];", "t q[{0}];", "cx q[{0}], q[{1}];", "rz(0.5) q[{0}];", "ccx q[{0}], q[{1}], q[{2}];")
HEAD = 'OPENQASM 3.0; include "stdgates.inc"; '
needs_qcec = pytest.mark.skipif(not prover_installed(), reason="mqt.qcec is not installed")
REAL = ContainedExaminer(Limits(cpu_seconds=60, wall_seconds=60.0))


def circuit(text: str) -> Circuit:
    return read((HEAD + text).encode(), "test.qasm")


def compiled(source: QuantumCircuit, level: int) -> tuple[Circuit, Circuit, Layout]:
    size = source.num_qubits + 2
    line = [[i, i + 1] for i in range(size - 1)] + [[i + 1, i] for i in range(size - 1)]
    done = transpile(
        source, GenericBackendV2(size, coupling_map=line, seed=7), optimization_level=level, seed_transpiler=11
    )
    where = done.layout
    layout = Layout(tuple(where.initial_index_layout()), tuple(where.final_index_layout(filter_ancillas=False)))
    return circuit_from_qiskit(source, "python"), circuit_from_qiskit(done, "python"), layout


def test_distances_come_back_in_order() -> None:
    pairs = [(circuit(f"qubit[1] q; rx({angle}) q[0];"), circuit("qubit[1] q;")) for angle in (0.0, 1.0, 2.0)]
    found = [exact.fidelity for exact in REAL.exact(pairs, thorough=False)]
    assert found == pytest.approx([1.0, 0.7701511529340699, 0.2919265817264288])


def test_a_pair_that_cannot_be_simulated_spoils_no_other() -> None:
    good = circuit("qubit[1] q;")
    found = REAL.exact([(good, circuit("input float t; qubit[1] q; rx(t) q[0];")), (good, good)], thorough=False)
    assert found[0].unexamined == "`rx` has an angle without a value"
    assert found[1].fidelity == 1.0


def test_answers_that_a_dying_child_left_out_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examiner, "ask", lambda *_: Returned([], "crashed (SIGSEGV)"))
    pair = (circuit("qubit[1] q;"), circuit("qubit[2] q;"))
    assert [exact.unexamined for exact in REAL.exact([pair], thorough=True)] == ["the simulation crashed (SIGSEGV)"]
    tried = REAL.try_states(*pair, Layout.trivial(1), 0)
    assert (tried.sameness, tried.because) == (Sameness.UNDECIDED, "the simulation crashed (SIGSEGV)")


@needs_qcec
@pytest.mark.parametrize("level", [0, 2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_what_a_compiler_did_is_proven_and_a_lost_gate_disproven(seed: int, level: int) -> None:
    source, result, layout = compiled(random_circuit(5, 5, 3, seed=seed), level)
    assert REAL.prove(source, result, layout).sameness is Sameness.SAME
    place = [i for i, o in enumerate(result.operations) if o.gate == "cx"][1]
    lost = msgspec.structs.replace(result, operations=result.operations[:place] + result.operations[place + 1 :])
    check = REAL.prove(source, lost, layout)
    assert (check.sameness, check.by) == (Sameness.DIFFERENT, "MQT QCEC")


@needs_qcec
def test_a_difference_that_measurements_may_not_show_is_no_finding() -> None:
    pair = (circuit(f"qubit[2] q; bit[2] c; h q; {text} c = measure q;") for text in ("cz q[0], q[1];", ""))
    check = REAL.prove(*pair, Layout.trivial(2))
    assert check.sameness is Sameness.UNDECIDED
    assert "perhaps in nothing that shows" in check.because


@needs_qcec
@pytest.mark.parametrize(
    "result",
    [
        "cx q[1], q[0]; h q[0];",
        "h q[0]; x q[1];",
        "h q[0]; cx q[0], q[1];",
        # an ancilla that is left entangled with a qubit, which QCEC's own notion of ancillas overlooks
        "h q[0]; cx q[3], q[0]; cx q[1], q[2]; cx q[0], q[3]; h q[2]; cx q[0], q[3]; cx q[2], q[3];",
    ],
)
def test_what_happens_to_an_ancilla_is_neither_proven_nor_a_finding(result: str) -> None:
    source = circuit("qubit[2] q; h q[0];") if "q[3]" in result else circuit("qubit[1] q; h q[0];")
    check = REAL.prove(source, circuit("qubit[4] q; " + result), Layout.trivial(source.qubit_count))
    assert check.sameness is Sameness.UNDECIDED


@needs_qcec
def test_the_prover_is_right_about_random_pairs() -> None:
    """Against exact matrices, in this process: what it calls proven is the same, what it calls different is not."""
    from qops.oracles.prover import answer  # noqa: PLC0415 - the extra may be missing

    proven = different = 0
    for seed in range(120):
        chance = random.Random(seed)
        gates = [chance.choice(GATES).format(*chance.sample(range(4), 3)) for _ in range(chance.randint(2, 9))]
        others = list(gates)
        where = chance.randrange(len(gates))
        others[where : where + seed % 2] = chance.choice([["h q[1]; h q[1];"], ["t q[2]; tdg q[2];"]])
        old, new = (circuit("qubit[4] q; " + " ".join(each)) for each in (gates, others))
        one, two = (np.array(Matrices({}).product(each.operations, 4)) for each in (old, new))
        same = abs(abs(np.vdot(one, two)) / 16 - 1) < 1e-9
        word = answer(statement(in_use(old, new, Layout.trivial(4)))).word
        proven += word in ("equivalent", "equivalent_up_to_global_phase")
        different += word == "not_equivalent"
        assert (word not in ("equivalent", "equivalent_up_to_global_phase")) or same
        assert word != "not_equivalent" or not same
    assert proven > 30
    assert different > 30


@needs_qcec
def test_a_prover_without_time_decides_nothing() -> None:
    source, result, layout = compiled(random_circuit(5, 5, 3, seed=1), 2)
    check = ContainedExaminer(Limits(wall_seconds=0.01)).prove(source, result, layout)
    assert (check.sameness, check.because) == (Sameness.UNDECIDED, "MQT QCEC took longer than 0.01 s and was stopped")


@pytest.mark.parametrize(
    ("word", "sameness"),
    [
        ("equivalent", Sameness.SAME),
        ("equivalent_up_to_global_phase", Sameness.SAME),
        ("equivalent_up_to_phase", Sameness.UNDECIDED),
        ("not_equivalent", Sameness.DIFFERENT),
        ("probably_not_equivalent", Sameness.UNDECIDED),
        ("probably_equivalent", Sameness.UNDECIDED),
        ("no_information", Sameness.UNDECIDED),
    ],
)
def test_guesses_are_no_answer(word: str, sameness: Sameness, monkeypatch: pytest.MonkeyPatch) -> None:
    said = memoryview(msgspec.msgpack.encode(Said(word)))
    monkeypatch.setattr(examiner, "ask", lambda *_: Returned([said], ""))
    monkeypatch.setattr(examiner, "prover_installed", lambda: True)
    assert REAL.prove(circuit("qubit[1] q;"), circuit("qubit[1] q;"), Layout.trivial(1)).sameness is sameness


@needs_qcec
def test_the_words_are_those_of_qcec() -> None:
    from mqt.qcec.pyqcec import EquivalenceCriterion  # noqa: PLC0415 - the extra may be missing

    assert {each.name for each in EquivalenceCriterion} == {
        "equivalent",
        "equivalent_up_to_global_phase",
        "equivalent_up_to_phase",
        "not_equivalent",
        "probably_not_equivalent",
        "probably_equivalent",
        "no_information",
    }


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("reset q[0];", "a circuit does more than gates and final measurements: `reset`"),
        ("c[0] = measure q[0]; h q[0];", "a circuit does more than gates and final measurements: `measure`"),
        ("pow(0.5) @ x q[0];", "a power of `x` is not among the words of provers"),
        ("c[0] = measure q[0];", "the circuits do not measure the same qubits at their ends"),
    ],
)
def test_what_no_prover_takes_is_told(text: str, because: str) -> None:
    plain = circuit("qubit[1] q; bit[1] c;")
    other = circuit(f"qubit[1] q; bit[1] c; {text}")
    old = plain if "ends" in because else other
    assert REAL.prove(old, other, Layout.trivial(1)).because == because


def test_a_prover_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examiner, "prover_installed", lambda: False)
    check = REAL.prove(circuit("qubit[1] q;"), circuit("qubit[1] q;"), Layout.trivial(1))
    assert (check.sameness, check.because) == (Sameness.UNDECIDED, "MQT QCEC is not installed")
