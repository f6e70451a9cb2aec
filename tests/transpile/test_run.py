"""The whole command in memory: what is compiled, what is kept, what is said."""

import json
from functools import partial
from pathlib import Path

import pytest
from transpile.shop import MANIFEST, Shop, text_of

from qops.errors import EnvironmentFault, ExitCode, InputError
from qops.formats import matrix_file
from qops.model.examination import Check, Sameness
from qops.model.report import Report
from qops.model.verdict import Outcome, exit_code
from qops.transpile import best, run
from qops.transpile.run import Asked as Whole

CELLS = 2 * 2 * 2 * 5
Asked = partial(Whole, verify="off")


def outcome(report: Report) -> ExitCode:
    return exit_code(report.verdicts)


def recorded(shop: Shop) -> Shop:
    run.run(shop.ports, Asked(accept="the first"))
    shop.executor.did.clear()
    return shop


def test_without_a_baseline_it_is_inconclusive() -> None:
    report = run.run(Shop().ports, Asked())
    assert outcome(report) is ExitCode.INCONCLUSIVE
    assert report.summary == "8 rows, 40 cells; inconclusive"


def test_a_second_run_compiles_nothing_and_passes() -> None:
    shop = recorded(Shop())
    report = run.run(shop.ports, Asked())
    assert (shop.executor.did, outcome(report)) == ([], ExitCode.OK)


def test_only_what_changed_is_compiled() -> None:
    shop = recorded(Shop())
    shop.project.write("ghz.qasm", shop.project.tree.files["ghz.qasm"].decode().replace("h q[0];", "h q[1];"))
    run.run(shop.ports, Asked())
    assert len(shop.executor.did) == CELLS // 2
    shop.executor.did.clear()
    shop.project.write(
        "bell.csv", "parameter,value\ntheta,0.7\n"
    )  # compiled with the symbol, so the value is no matter
    run.run(shop.ports, Asked())
    assert shop.executor.did == []


def test_the_executor_may_begin_as_soon_as_a_circuit_is_new_and_not_without_one() -> None:
    shop = recorded(Shop())
    assert shop.prepared == 1
    run.run(shop.ports, Asked())
    assert shop.prepared == 1
    shop.project.write("ghz.qasm", shop.project.tree.files["ghz.qasm"].decode() + "// as before\n")
    run.run(shop.ports, Asked())
    assert shop.prepared == 2


def test_worse_circuits_fail_and_better_ones_pass() -> None:
    shop = recorded(Shop())
    shop.compiler.versions["qiskit"] = "2.7.0"
    shop.compiler.count = lambda recipe: 130 - 10 * recipe.level + recipe.seed % 3
    report = run.run(shop.ports, Asked())
    assert outcome(report) is ExitCode.FINDING
    assert any("two-qubit count" in verdict.because for verdict in report.verdicts if verdict.outcome is Outcome.FAIL)
    shop.compiler.versions["qiskit"] = "2.7.1"
    shop.compiler.count = lambda recipe: 80 - 10 * recipe.level + recipe.seed % 3
    assert outcome(run.run(shop.ports, Asked())) is ExitCode.OK


def test_another_target_is_not_comparable() -> None:
    shop = recorded(Shop())
    shop.targets.steps["line"] = 3.0
    report = run.run(shop.ports, Asked())
    assert outcome(report) is ExitCode.INCONCLUSIVE
    assert "another target" in str(report.verdicts)


def test_lost_cells_are_findings_and_only_failures_are_remembered() -> None:
    shop = recorded(Shop())
    shop.compiler.versions["qiskit"] = "2.7.0"
    shop.executor.lost = {
        0: ("timed out", "no answer in 60 s"),
        1: ("failed", "no such gate"),
        2: ("crashed", "signal 11"),
    }
    report = run.run(shop.ports, Asked())
    assert outcome(report) is ExitCode.FINDING
    assert "no answer in 60 s" in str(report.verdicts)
    shop.executor.did.clear()
    shop.executor.lost = {}
    run.run(shop.ports, Asked())
    assert len(shop.executor.did) == 2


def test_what_ended_before_an_interruption_is_kept() -> None:
    shop = Shop()
    shop.executor.breaks_after = 7
    with pytest.raises(KeyboardInterrupt):
        run.run(shop.ports, Asked())
    shop.executor.breaks_after = None
    shop.executor.did.clear()
    run.run(shop.ports, Asked())
    assert len(shop.executor.did) == CELLS - 7


def test_a_worker_with_other_versions_is_refused() -> None:
    shop = Shop()
    shop.compiler.elsewhere = {"qiskit": "2.5.0", "machine": "x86_64"}
    with pytest.raises(EnvironmentFault, match=r"qiskit 2\.5\.0 there, 2\.6\.2 here"):
        run.run(shop.ports, Asked())
    assert shop.cache.cells == {}


UNDECIDED = Check(Sameness.UNDECIDED, "random product states", "127 qubits are in use")
DIFFERENT = Check(Sameness.DIFFERENT, "random product states", fidelity=0.25, states=1, seed=7)


@pytest.mark.parametrize("verify", ["off", "auto", "all"])
@pytest.mark.parametrize("answers", [{}, {"ghz": DIFFERENT, "bell": UNDECIDED}])
def test_shards_in_any_order_are_the_whole(verify: str, answers: dict[str, Check]) -> None:
    whole = recorded(Shop())
    whole.compiler.answers = answers
    expected = run.run(whole.ports, Asked(verify=verify))
    shop = Shop()
    shop.compiler.answers = answers
    shop.project.tree.files["qops.matrix"] = whole.project.tree.files["qops.matrix"]
    for number in (1, 2, 3):
        run.run(shop.ports, Asked(shard=(number, 3), to=f"/elsewhere/shard-{number}", verify=verify))
    assert sum(task.function == "fake:work" for task in shop.executor.did) == CELLS
    shop.executor.did.clear()
    for order in ("123", "312", "1123"):
        merged = run.merge(shop.ports, [f"/elsewhere/shard-{number}" for number in order], Asked(verify=verify))
        assert merged == expected
    assert shop.executor.did == []


def test_what_no_shard_looked_at_is_not_examined() -> None:
    shop = recorded(Shop())
    run.run(shop.ports, Asked(shard=(1, 1), to="/elsewhere/whole", verify="off"))
    report = run.merge(shop.ports, ["/elsewhere/whole"], Asked(verify="auto"))
    assert outcome(report) is ExitCode.OK
    assert str(dict(report.facts)["not examined"]).startswith("4 compiled circuits not compared: bell on line")
    assert [verdict for verdict in report.verdicts if verdict.name.startswith("equivalence")] == []


def test_a_missing_shard_is_a_finding() -> None:
    shop = recorded(Shop())
    run.run(shop.ports, Asked(shard=(1, 2), to="/elsewhere/half"))
    report = run.merge(shop.ports, ["/elsewhere/half"], Asked())
    assert outcome(report) is ExitCode.FINDING
    assert "no shard has it" in str(report.verdicts)


def test_shards_of_different_matrices_are_refused() -> None:
    shop = Shop()
    run.run(shop.ports, Asked(shard=(1, 2), to="/elsewhere/one"))
    shop.compiler.versions["qiskit"] = "2.7.0"
    run.run(shop.ports, Asked(shard=(2, 2), to="/elsewhere/two"))
    with pytest.raises(InputError, match="not parts of one matrix"):
        run.merge(shop.ports, ["/elsewhere/one", "/elsewhere/two"], Asked())
    with pytest.raises(InputError, match="no file"):
        run.merge(shop.ports, ["/elsewhere/three"], Asked())


def test_a_recheck_compiles_a_share_again() -> None:
    shop = recorded(Shop())
    report = run.run(shop.ports, Asked(recheck=0.1))
    assert len(shop.executor.did) == 4
    assert report.verdicts[0].because == "4 of 4 cells compiled again in other processes gave the same circuit"
    shop.compiler.count = lambda _: 7
    report = run.run(shop.ports, Asked(recheck=0.1))
    assert report.verdicts[0].outcome is Outcome.FAIL
    assert report.verdicts[0].name == "deterministic"


def test_a_part_is_compared_with_that_part() -> None:
    shop = recorded(Shop())
    report = run.run(shop.ports, Asked(only=("bell@line:2",)))
    assert (outcome(report), report.summary) == (ExitCode.OK, "1 row, 5 cells; no worse than the baseline")
    assert "gone" not in str(report.verdicts)


@pytest.mark.parametrize("only", ["bel", "bell@circle", "bell@line:0", "bell:7", "@", ""])
def test_a_part_that_is_none_is_refused(only: str) -> None:
    with pytest.raises(InputError, match="names no row"):
        run.run(Shop().ports, Asked(only=(only,)))


def test_accepting_keeps_the_reason_and_lowers_the_mark() -> None:
    shop = recorded(Shop())
    shop.compiler.versions["qiskit"] = "2.7.0"
    shop.compiler.count = lambda recipe: 130 - 10 * recipe.level + recipe.seed % 3
    run.run(shop.ports, Asked(accept="a new routing"))
    kept = matrix_file.read(shop.project.tree.files["qops.matrix"], "qops.matrix")
    assert [each.reason for each in kept.accepted] == ["the first", "a new routing"]
    assert outcome(run.run(shop.ports, Asked())) is ExitCode.OK
    with pytest.raises(InputError, match="reason is empty"):
        run.run(shop.ports, Asked(accept=" "))


def test_a_manifest_without_a_matrix_is_told() -> None:
    with pytest.raises(InputError, match="no `matrix`"):
        run.run(Shop(MANIFEST.partition("matrix:")[0]).ports, Asked())


def test_the_report_is_the_same_whenever_it_was_compiled() -> None:
    shop = recorded(Shop())
    assert "cpu_s" not in json.dumps(run.run(shop.ports, Asked()).data)


def test_the_plan_changes_with_what_outcomes_depend_on() -> None:
    shop = Shop()
    first = run.plan_hash(shop.ports, Asked())
    assert run.plan_hash(Shop().ports, Asked()) == first
    assert shop.executor.did == []
    shop.compiler.versions["rustworkx"] = "1"
    assert run.plan_hash(shop.ports, Asked()) != first


def test_the_best_has_the_greatest_success() -> None:
    shop = Shop()
    shop.compiler.count = lambda recipe: 20 if (recipe.seed, recipe.level) == (3, 1) else 50
    found = best.run(shop.ports, "bell", "ring", None)
    assert (found.cell.recipe.seed, found.cell.recipe.level) == (3, 1)
    assert found.text == text_of(found.compiled.digest)
    with pytest.raises(InputError, match="2 backends"):
        best.run(shop.ports, "bell", None, None)
    with pytest.raises(InputError, match="no circuit `bel`"):
        best.run(shop.ports, "bel", "ring", None)


def test_outcomes_can_be_written_beside() -> None:
    shop = Shop()
    run.run(shop.ports, Asked(to="/elsewhere/whole"))
    written = matrix_file.read(shop.project.files.outside[Path("/elsewhere/whole")], "whole")
    assert len(written.matrix.rows) == 8
