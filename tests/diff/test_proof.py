"""`--prove`: which rung decided, and what each says where it did not."""

import json
from pathlib import Path

import pytest
from qiskit import QuantumCircuit, qpy, transpile
from qiskit.providers.fake_provider import GenericBackendV2
from support.project import Project

from qops.diff import compare
from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.examination import Check, Exact, Sameness
from qops.model.layout import Layout
from qops.model.report import Report
from qops.model.verdict import Outcome
from qops.oracles.examiner import ContainedExaminer
from qops.oracles.installed import prover_installed

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
TRIED = Check(Sameness.SAME, "random product states", fidelity=1.0, states=2, seed=0)
OPEN = Check(Sameness.UNDECIDED, "MQT QCEC", "MQT QCEC found no proof")
PROVEN = Check(Sameness.SAME, "MQT QCEC")
REFUTED = Check(Sameness.DIFFERENT, "MQT QCEC")
needs_qcec = pytest.mark.skipif(not prover_installed(), reason="mqt.qcec is not installed")


class Scripted:
    """An examiner that says what it is told to, and remembers under which layout it was asked."""

    def __init__(self, tried: Check, proven: Check) -> None:
        self.tried, self.proven = tried, proven
        self.layouts: list[Layout] = []

    def exact(self, _pairs: object, *, thorough: bool) -> list[Exact]:
        raise AssertionError(thorough)

    def try_states(self, source: Circuit, compiled: Circuit, layout: Layout, seed: int) -> Check:
        assert (source.parameters, compiled.parameters, seed) == ((), (), 0)
        self.layouts.append(layout)
        return self.tried

    def prove(self, _source: Circuit, _compiled: Circuit, layout: Layout) -> Check:
        self.layouts.append(layout)
        return self.proven


FAR = "".join(f"cx q[{i}], q[{i + 1}];\n" for i in range(6))
OPEN_OLD = f"qubit[7] q;\nh q[0];\n{FAR}t q[6];\n{FAR}"
OPEN_NEW = f"qubit[7] q;\n{FAR}h q[0];\nt q[6];\n{FAR}"


def between(old: str, new: str, asked: object, **files: str) -> Report:
    project = Project()
    texts = {"old.qasm": HEAD + old, "new.qasm": HEAD + new, **files}
    project.files.outside |= {Path(name): text.encode() for name, text in texts.items()}
    layout = Path("layout.json") if "layout.json" in files else None
    return compare.run(project.ports, "old.qasm", "new.qasm", prove=True, exact=False, examiner=asked, layout=layout)


def told(report: Report) -> tuple[Outcome, str]:
    verdict = report.verdicts[0]
    return verdict.outcome, verdict.because.partition("; ")[2]


def test_the_prover_decides_what_the_rungs_below_left_open() -> None:
    outcome, because = told(between(OPEN_OLD, OPEN_NEW, Scripted(TRIED, PROVEN)))
    assert outcome is Outcome.PASS
    assert because == "equivalent up to global phase: decided by MQT QCEC"


def test_a_refutation_fails() -> None:
    outcome, because = told(between(OPEN_OLD, OPEN_NEW, Scripted(TRIED, REFUTED)))
    assert outcome is Outcome.FAIL
    assert because.startswith("different: decided by MQT QCEC, at most ")


def test_a_state_on_which_they_differ_is_enough() -> None:
    seen = Check(Sameness.DIFFERENT, "random product states", fidelity=0.42, states=1, seed=0)
    asked = Scripted(seen, PROVEN)
    outcome, because = told(between(OPEN_OLD, OPEN_NEW, asked))
    assert outcome is Outcome.FAIL
    assert because.startswith("different: decided by random product states (fidelity 0.42 on one of them, seed 0)")
    assert len(asked.layouts) == 1


def test_what_stays_open_is_inconclusive_with_its_evidence() -> None:
    old, new = "qubit[7] q;\nreset q[0];\n", "qubit[7] q;\nx q[1];\nx q[2];\nreset q[0];\nreset q[1];\n"
    outcome, because = told(between(old, new, Scripted(TRIED, OPEN)))
    assert outcome is Outcome.INCONCLUSIVE
    assert because == (
        "equivalence not decided: an edit touches `reset`, which is no unitary gate; MQT QCEC found no proof; "
        "the same on 2 random product states (fidelity 1, seed 0)"
    )


def test_a_prover_that_is_not_there_is_told_with_the_way_to_get_it() -> None:
    absent = Check(Sameness.UNDECIDED, "MQT QCEC", "MQT QCEC is not installed")
    report = between(OPEN_OLD, OPEN_NEW, Scripted(TRIED, absent))
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE
    assert report.verdicts[0].hint == "pip install 'qops[verify]'"


def test_what_is_proven_below_asks_nobody() -> None:
    asked = Scripted(TRIED, REFUTED)
    assert told(between("qubit[1] q;\nx q[0];\n", "qubit[1] q;\nsx q[0];\nsx q[0];\n", asked))[0] is Outcome.PASS
    assert asked.layouts == []


SOURCE, COMPILED = "qubit[2] q;\nh q[0];\ncx q[0], q[1];\n", "qubit[9] w;\nh w[7];\ncx w[7], w[3];\nswap w[3], w[4];\n"


def test_without_a_layout_other_qubits_are_other_qubits() -> None:
    asked = Scripted(TRIED, PROVEN)
    report = between(SOURCE, COMPILED, asked)
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE
    assert report.verdicts[0].hint == "say where its qubits are with `--layout FILE`"
    assert asked.layouts == []


def test_a_layout_is_handed_on() -> None:
    asked = Scripted(TRIED, PROVEN)
    written = json.dumps({"initial": [7, 3], "final": [7, 4]})
    assert told(between(SOURCE, COMPILED, asked, **{"layout.json": written}))[0] is Outcome.PASS
    assert asked.layouts == [Layout((7, 3), (7, 4))] * 2


def test_compilers_drop_what_is_too_small_to_matter() -> None:
    layout = json.dumps({"initial": [7, 3], "final": [7, 4]})
    outcome, because = told(between(SOURCE, COMPILED, Scripted(TRIED, REFUTED), **{"layout.json": layout}))
    assert outcome is Outcome.INCONCLUSIVE
    assert "MQT QCEC tells the two apart, and 2 random states do not" in because


def test_a_layout_without_a_proof_is_refused() -> None:
    project = Project()
    project.files.outside |= {Path(name): (HEAD + SOURCE).encode() for name in ("old.qasm", "new.qasm")}
    with pytest.raises(InputError, match="a layout is for a proof"):
        compare.run(project.ports, "old.qasm", "new.qasm", layout=Path("layout.json"))
    with pytest.raises(InputError, match=r"there is no file nowhere\.json"):
        compare.run(project.ports, "old.qasm", "new.qasm", prove=True, layout=Path("nowhere.json"))


ANSATZ = "input float t;\nqubit[2] q;\nrz({}) q[0];\ncx q[0], q[1];\n"


def test_symbols_that_stop_a_proof_get_their_recorded_values() -> None:
    manifest = "version: 1\ncircuits:\n  a: {source: a.qasm, parameters: a.csv}\n"
    project = Project({"qops.yaml": manifest, "a.qasm": HEAD + ANSATZ.format("t"), "a.csv": "parameter,value\nt,0.5\n"})
    from qops.snapshot import take  # noqa: PLC0415 - of this test alone

    take.run(project.ports, [])
    project.write("a.qasm", HEAD + ANSATZ.format("2*t").replace("cx", "rz(0) q[1];\ncx"))
    project.write("a.csv", "parameter,value\nt,0.25\n")
    report = compare.run(project.ports, prove=True)
    outcome, because = told(report)
    assert outcome is Outcome.PASS
    assert because.endswith("equivalent up to global phase, for the recorded values: decided by normal form")
    project.write("a.csv", "parameter,value\nt,0.26\n")
    outcome, because = told(compare.run(project.ports, prove=True))
    assert outcome is Outcome.INCONCLUSIVE
    assert "apart (operator norm, up to global phase), for the recorded values" in because


@needs_qcec
@pytest.mark.parametrize("level", [0, 3])
def test_a_compiled_circuit_carries_its_layout(level: int, tmp_path: Path) -> None:
    """Through the real program parts: QPY as Qiskit writes it, states, and QCEC."""
    made = QuantumCircuit(4, 4)
    for qubit in range(4):
        made.ry(0.3 + qubit, qubit)
    for one, other in ((0, 1), (0, 2), (0, 3), (1, 3)):
        made.cx(one, other)
    made.measure(range(4), range(4))
    line = [[i, i + 1] for i in range(5)] + [[i + 1, i] for i in range(5)]
    done = transpile(made, GenericBackendV2(6, coupling_map=line, seed=7), optimization_level=level, seed_transpiler=3)
    project = Project()
    for name, circuit in (("source.qpy", made), ("compiled.qpy", done)):
        with (tmp_path / name).open("wb") as file:
            qpy.dump(circuit, file)
        project.files.outside[Path(name)] = (tmp_path / name).read_bytes()
    report = compare.run(project.ports, "source.qpy", "compiled.qpy", prove=True, examiner=ContainedExaminer())
    assert told(report)[0] is Outcome.PASS
    assert "decided by MQT QCEC" in told(report)[1]
