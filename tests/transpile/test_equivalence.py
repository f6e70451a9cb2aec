"""Which compiled circuits are compared with their sources, and what is said of them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from transpile.shop import Shop

from qops.model.circuit import Circuit
from qops.model.examination import Check, Exact, Sameness
from qops.model.layout import Layout
from qops.model.report import Report
from qops.model.verdict import Outcome, Verdict
from qops.transpile import run
from qops.transpile.run import Asked

COMPILED = b'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n'


def verified(shop: Shop) -> list[str]:
    return [task.key for task in shop.executor.did if task.function == "fake:verify"]


def about(report: Report) -> list[Verdict]:
    return [verdict for verdict in report.verdicts if verdict.name.startswith("equivalence")]


def test_the_best_for_each_backend_is_compared_once() -> None:
    shop = Shop()
    report = run.run(shop.ports, Asked())
    assert len(verified(shop)) == 4
    (verdict,) = about(report)
    assert verdict.because == "4 compiled circuits did what the source does, by random product states"
    shop.executor.did.clear()
    assert about(run.run(shop.ports, Asked())) == [verdict]
    assert verified(shop) == []


def test_all_is_the_best_of_every_row_and_off_is_none() -> None:
    shop = Shop()
    run.run(shop.ports, Asked(verify="off"))
    assert verified(shop) == []
    run.run(shop.ports, Asked(verify="all"))
    assert len(verified(shop)) == 8


def test_a_difference_is_a_finding() -> None:
    shop = Shop()
    shop.compiler.answers["ghz"] = Check(Sameness.DIFFERENT, "random product states", fidelity=0.25, states=1, seed=7)
    failed = [verdict for verdict in about(run.run(shop.ports, Asked())) if verdict.outcome is Outcome.FAIL]
    assert [verdict.name for verdict in failed] == [
        "equivalence of ghz on line at level 2",
        "equivalence of ghz on ring at level 2",
    ]
    assert "fidelity 0.250000" in failed[0].because


def test_what_is_not_decided_is_told_and_fails_nothing() -> None:
    shop = Shop()
    shop.compiler.answers["bell"] = Check(Sameness.UNDECIDED, "random product states", "127 qubits are in use")
    report = run.run(shop.ports, Asked())
    assert [verdict.because[:19] for verdict in about(report)] == ["2 compiled circuits"]
    told = str(dict(report.facts)["not examined"])
    assert told.startswith("2 compiled circuits not compared: bell on line at level 2, seed 0: 127 qubits are in use")


def test_a_worker_that_dies_decides_nothing_and_is_asked_again() -> None:
    shop = Shop()
    run.run(shop.ports, Asked(verify="off"))
    shop.executor.did.clear()
    shop.executor.lost = dict.fromkeys(range(4), ("timed out", "no answer in 60 s"))
    report = run.run(shop.ports, Asked())
    assert about(report) == []
    assert str(dict(report.facts)["not examined"]).startswith("4 compiled circuits not compared")
    shop.executor.lost = {}
    shop.executor.did.clear()
    run.run(shop.ports, Asked())
    assert len(verified(shop)) == 4


class Prover:
    """Proves what it was told to, and remembers what it was asked."""

    def __init__(self, sameness: Sameness) -> None:
        self.check = Check(sameness, "a prover")
        self.asked: list[tuple[int, tuple[str, ...]]] = []

    def prove(self, source: Circuit, compiled: Circuit, layout: Layout) -> Check:
        self.asked.append((len(layout.initial), compiled.parameters))
        assert source.parameters == ()
        return self.check

    def exact(self, pairs: Sequence[tuple[Circuit, Circuit]], *, thorough: bool) -> list[Exact]:
        raise AssertionError((pairs, thorough))

    def try_states(self, source: Circuit, compiled: Circuit, layout: Layout, seed: int) -> Check:
        raise AssertionError((source, compiled, layout, seed))


def undecided_with(prover: Prover) -> Shop:
    shop = Shop()
    shop.compiler.answers["bell"] = Check(Sameness.UNDECIDED, "random product states", "127 qubits are in use")
    shop.ports = replace(shop.ports, examiner=prover)
    return shop


def test_what_is_too_wide_for_states_is_proven_once() -> None:
    prover = Prover(Sameness.SAME)
    shop = undecided_with(prover)
    report = run.run(shop.ports, Asked())
    assert len(prover.asked) == 2
    assert [verdict.because for verdict in about(report)] == [
        "4 compiled circuits did what the source does, by a prover, random product states"
    ]
    assert about(run.run(shop.ports, Asked())) == about(report)
    assert len(prover.asked) == 2


@pytest.mark.parametrize("sameness", [Sameness.UNDECIDED, Sameness.DIFFERENT])
def test_a_prover_that_proves_nothing_leaves_it_open(sameness: Sameness) -> None:
    shop = undecided_with(Prover(sameness))
    report = run.run(shop.ports, Asked())
    assert str(dict(report.facts)["not examined"]).startswith("2 compiled circuits not compared: bell")
