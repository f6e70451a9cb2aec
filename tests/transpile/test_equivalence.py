"""Which compiled circuits are compared with their sources, and what is said of them."""

from transpile.shop import Shop

from qops.model.examination import Check, Sameness
from qops.model.report import Report
from qops.model.verdict import Outcome, Verdict
from qops.transpile import run
from qops.transpile.run import Asked


def verified(shop: Shop) -> list[str]:
    return [task.key for task in shop.executor.did if task.function == "fake:verify"]


def about(report: Report) -> list[Verdict]:
    return [verdict for verdict in report.verdicts if verdict.name.startswith("equivalence")]


def test_the_best_for_each_backend_is_compared_once() -> None:
    shop = Shop()
    report = run.run(shop.ports, Asked())
    assert len(verified(shop)) == 4
    (verdict,) = about(report)
    assert verdict.because == "4 compiled circuits did what the source does on random product states"
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
