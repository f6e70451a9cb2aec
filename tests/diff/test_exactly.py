"""Exact distances beside the bounds: when they are looked for, and how they are told."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.project import Project

from qops.diff import compare
from qops.model.circuit import Circuit
from qops.model.examination import Check, Exact
from qops.model.report import Report
from qops.oracles.examiner import ContainedExaminer
from qops.snapshot import take

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


class Watched:
    """An examiner that remembers what it was asked, and has one answer."""

    def __init__(self, answer: Exact | None = None) -> None:
        self.answer = answer or Exact(2, 0.5, 0.25, 0.125)
        self.asked: list[tuple[int, bool]] = []

    def exact(self, pairs: Sequence[tuple[Circuit, Circuit]], *, thorough: bool) -> list[Exact]:
        self.asked.append((len(pairs), thorough))
        return [self.answer] * len(pairs)

    def try_states(self, *asked: object) -> Check:
        raise AssertionError(asked)

    def prove(self, *asked: object) -> Check:
        raise AssertionError(asked)


def between(old: str, new: str, examiner: Watched | ContainedExaminer, **options: object) -> Report:
    project = Project()
    project.files.outside |= {Path("old.qasm"): (HEAD + old).encode(), Path("new.qasm"): (HEAD + new).encode()}
    return compare.run(project.ports, "old.qasm", "new.qasm", examiner=examiner, **options)


def lines(report: Report) -> list[str]:
    return [line.text for line in report.sections[0].lines]


def test_a_moved_parameter_is_simulated_with_its_values() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("bell.csv", "parameter,value\ntheta,0.9\n")
    report = compare.run(project.ports, examiner=ContainedExaminer())
    exact = report.data["circuits"][0]["exact"]
    assert exact["fidelity"] == pytest.approx(0.9605304970014426)  # cos²(0.4 / 2): a phase between |00⟩ and |11⟩
    assert exact["total_variation"] == pytest.approx(0.0, abs=1e-12)
    told = "exactly, from zero: fidelity 0.961, total variation 0, Hellinger 0 of all qubits"
    assert lines(report)[-1] == told


def test_a_change_of_structure_is_simulated_too() -> None:
    measured = "qubit[2] q;\nbit[2] c;\nh q[0];\n{}c = measure q;\n"
    report = between(measured.format(""), measured.format("x q[1];\n"), ContainedExaminer())
    assert lines(report)[-1] == "exactly, from zero: fidelity 0, total variation 1, Hellinger 1 of the measured bits"


def test_little_is_told_to_three_digits() -> None:
    report = between("qubit[1] q;\nrx(0.5) q[0];\n", "qubit[1] q;\nrx(0.52) q[0];\n", ContainedExaminer())
    assert lines(report)[-1].startswith(
        "exactly, from zero: fidelity 1 - 0.0001, total variation 0.00488, Hellinger 0.007"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("qubit[1] q;\nx q[0];\n", "qubit[1] q;\nx q[0];\n"),
        ("qubit[1] q;\nx q[0];\n", "qubit[1] w;\nx w[0];\n"),
        ("qubit[1] q;\nx q[0];\n", "qubit[1] q;\nsx q[0];\nsx q[0];\n"),
        ("qubit[23] q;\nrx(0.5) q[0];\n", "qubit[23] q;\nrx(0.6) q[0];\n"),
        ("input float t;\nqubit[1] q;\nrx(t) q[0];\n", "input float t;\nqubit[1] q;\nrx(2*t) q[0];\n"),
    ],
)
def test_what_is_known_or_out_of_reach_is_not_simulated(old: str, new: str) -> None:
    examiner = Watched()
    between(old, new, examiner)
    assert examiner.asked == []


def test_it_is_asked_for_or_refused() -> None:
    pair = ("qubit[1] q;\nrx(0.5) q[0];\n", "qubit[1] q;\nrx(0.6) q[0];\n")
    for exact, asked in ((None, [(1, False)]), (True, [(1, True)]), (False, [])):
        examiner = Watched()
        between(*pair, examiner, exact=exact)
        assert examiner.asked == asked


@pytest.mark.parametrize(
    ("qubits", "gates", "exact", "reason"),
    [
        (17, 1, None, "17 qubits, more than 16; `--exact` simulates up to 22"),
        (16, 6000, None, "it would take some 3 s; `--exact` takes them"),
        (23, 1, True, "23 qubits, more than 22"),
    ],
)
def test_what_is_too_large_says_so(qubits: int, gates: int, *, exact: bool | None, reason: str) -> None:
    text = f"qubit[{qubits}] q;\n" + "h q[0];\n" * gates + "rx({}) q[0];\n"
    examiner = Watched()
    report = between(text.format(0.5), text.format(0.6), examiner, exact=exact)
    assert examiner.asked == []
    assert lines(report)[-1] == f"exact distances not examined: {reason}"
    assert report.data["circuits"][0]["exact"]["unexamined"] == reason


@pytest.mark.parametrize("splits", [0, 10])
def test_what_is_measured_midway_takes_longer(splits: int) -> None:
    midway = "c[0] = measure q[0];\nh q[0];\n" * splits
    text = f"qubit[12] q;\nbit[1] c;\n{midway}rx({{}}) q[0];\nc[0] = measure q[0];\n"
    examiner = Watched()
    report = between(text.format(0.5), text.format(0.6), examiner)
    assert bool(examiner.asked) == (splits == 0)
    assert (report.data["circuits"][0]["exact"]["unexamined"] == "") == (splits == 0)


def test_many_circuits_share_one_second() -> None:
    text = "qubit[16] q;\n" + "h q[0];\n" * 1000 + "rx({}) q[0];\n"
    names = ("a", "b", "c", "d")
    manifest = "version: 1\ncircuits:\n" + "".join(f"  {name}: {name}.qasm\n" for name in names)
    project = Project({"qops.yaml": manifest} | {f"{name}.qasm": HEAD + text.format(0.5) for name in names})
    take.run(project.ports, [])
    for name in names:
        project.write(f"{name}.qasm", HEAD + text.format(0.6))
    examiner = Watched()
    report = compare.run(project.ports, examiner=examiner)
    assert examiner.asked == [(2, False)]
    told = [found["exact"]["unexamined"] for found in report.data["circuits"]]
    assert told[:2] == ["", ""]
    assert all("`--exact`" in reason for reason in told[2:])


def test_what_went_wrong_is_a_reason_and_no_error() -> None:
    pair = ("qubit[1] q;\nrx(0.5) q[0];\n", "qubit[1] q;\nrx(0.6) q[0];\n")
    report = between(*pair, Watched(Exact(unexamined="the simulation crashed (SIGSEGV)")))
    assert lines(report)[-1] == "exact distances not examined: the simulation crashed (SIGSEGV)"


def test_without_values_the_reason_is_told_to_who_asks() -> None:
    texts = ("input float t;\nqubit[1] q;\nrx(t) q[0];\n", "input float t;\nqubit[1] q;\nrx(2*t) q[0];\n")
    report = between(*texts, ContainedExaminer(), exact=True)
    assert lines(report)[-1] == "exact distances not examined: `rx` has an angle without a value"
