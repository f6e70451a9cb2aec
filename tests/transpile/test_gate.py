import random
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transpile.conftest import SAME, Make, compiled, loss, matrix, noisy

from qops.errors import ExitCode
from qops.model.gate import Limit, Rules
from qops.model.matrix import Comparable, Matrix, Row
from qops.model.verdict import Outcome, Verdict, exit_code
from qops.transpile import gate
from qops.transpile.gate import judge

RULES = Rules()
QFT = ("qft", "torino", 2)


def named(verdicts: tuple[Verdict, ...], name: str) -> Verdict:
    return next(verdict for verdict in verdicts if verdict.name == name)


def with_outcomes(of: Matrix, key: tuple[str, str, int], **outcomes: object) -> Matrix:
    """The matrix with some outcomes of a row replaced, those given as None taken out."""
    rows = []
    for row in of.rows:
        if (row.circuit, row.backend, row.level) == key:
            changed = {**row.outcomes, **{int(seed[1:]): outcome for seed, outcome in outcomes.items()}}
            kept = {seed: outcome for seed, outcome in changed.items() if outcome is not None}
            rows.append(msgspec.structs.replace(row, outcomes=kept))
        else:
            rows.append(row)
    return msgspec.structs.replace(of, rows=tuple(rows))


def under(of: Matrix, **changes: dict[str, str]) -> Matrix:
    """The matrix with parts of its surroundings replaced."""
    return msgspec.structs.replace(of, comparable=msgspec.structs.replace(of.comparable, **changes))


@pytest.mark.parametrize("seeds", [1, 2, 5])
def test_what_is_the_same_passes(make: Make, seeds: int) -> None:
    verdicts = judge(make(1, seeds=seeds), make(1, seeds=seeds), RULES)
    assert [verdict.because for verdict in verdicts] == ["9 rows with the very circuits of the baseline"]
    assert exit_code(verdicts) is ExitCode.OK


def test_equal_digests_need_no_statistics() -> None:
    program = (
        "import sys; from qops.transpile.gate import judge; from qops.model.gate import Rules\n"
        "from qops.model.matrix import *\n"
        "cell = Compiled('d', Metrics(1, 1, 1, 1, None, 0, None), (), (), 1.0, 1)\n"
        "m = Matrix(Comparable({}, {}, {}, {}), (Row('a', 'b', 1, {0: cell}),))\n"
        "assert len(judge(m, m, Rules())) == 1\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"numpy", "scipy"} & set(done.stdout.split())


def test_a_matrix_that_is_worse_everywhere_is_stopped(make: Make) -> None:
    verdicts = judge(make(1), make(2, factor=1.1), RULES)
    assert exit_code(verdicts) is ExitCode.FINDING
    overall = named(verdicts, "two-qubit count")
    assert overall.outcome is Outcome.FAIL
    assert overall.because.startswith("two-qubit count +")
    assert overall.because.endswith("in the mean of 9 rows, 9 of them changed")
    assert overall.statistic is not None
    assert 0.05 < overall.statistic < 0.16
    assert overall.threshold == 0.01


def test_a_matrix_that_is_better_everywhere_passes(make: Make) -> None:
    verdicts = judge(make(1), make(2, factor=0.8), RULES)
    assert exit_code(verdicts) is ExitCode.OK
    assert "two-qubit count -" in named(verdicts, "two-qubit count").because


def test_one_row_is_named(make: Make) -> None:
    verdicts = judge(make(1), make(2, factor=1.4, only=QFT), RULES)
    verdict = named(verdicts, "qft on torino at level 2")
    assert verdict.outcome is Outcome.FAIL
    assert verdict.because.startswith("two-qubit count +")
    assert verdict.because.endswith("over 5 seeds")
    assert verdict.evidence["circuit"] == "qft"
    assert [v.name for v in verdicts if v.outcome is Outcome.FAIL and " on " in v.name] == [verdict.name]


def test_the_sentence_is_the_one_a_reviewer_reads() -> None:
    old = matrix({QFT: [compiled(count, 50) for count in (100, 101, 99, 100, 100)]})
    new = matrix({QFT: [compiled(count, 50) for count in (110, 111, 109, 110, 110)]})
    verdict = named(judge(old, new, RULES), "qft on torino at level 2")
    assert verdict.because == "two-qubit count +10.0 % [+8.9, +11.1], over 5 seeds"


def test_a_row_that_does_not_vary_is_compared_exactly() -> None:
    old, new = (matrix({QFT: [compiled(count, 10, digest=f"{count}")] * 5}) for count in (19, 21))
    assert named(judge(old, new, RULES), "qft on torino at level 2").outcome is Outcome.FAIL
    assert exit_code(judge(new, old, RULES)) is ExitCode.OK


def test_nothing_where_there_was_nothing_to_begin_with() -> None:
    old = matrix({QFT: [compiled(0, digest=f"old {seed}") for seed in range(5)]})
    new = matrix({QFT: [compiled(0, digest=f"new {seed}") for seed in range(5)]})
    assert exit_code(judge(old, new, RULES)) is ExitCode.OK
    worse = matrix({QFT: [compiled(4, digest=f"new {seed}") for seed in range(5)]})
    assert exit_code(judge(old, worse, RULES)) is ExitCode.FINDING


def test_operations_at_faulty_places_count_against_success() -> None:
    old = matrix({QFT: [compiled(100, 50, -1.0 + seed / 1000) for seed in range(5)]})
    new = matrix({QFT: [compiled(100, 50, -0.9 + seed / 1000, faulty=1) for seed in range(5)]})
    verdict = named(judge(old, new, RULES), "qft on torino at level 2")
    assert verdict.outcome is Outcome.FAIL
    assert verdict.because.startswith("estimated success -72.4 %")


def test_a_target_without_errors_has_no_success_to_lose() -> None:
    old = matrix({QFT: [compiled(100, 50, None, digest=f"old {seed}") for seed in range(5)]})
    new = matrix({QFT: [compiled(100, 50, None, digest=f"new {seed}") for seed in range(5)]})
    assert [v.name for v in judge(old, new, RULES) if "success" in v.name + v.because] == []


@pytest.mark.parametrize(("before", "now"), [(4, 5), (5, 4), (1, 1)])
def test_a_change_seen_through_few_seeds_is_inconclusive(make: Make, before: int, now: int) -> None:
    verdicts = judge(make(1, seeds=before), make(2, seeds=now, factor=1.5), RULES)
    assert exit_code(verdicts) is ExitCode.INCONCLUSIVE
    because = named(verdicts, "qft on torino at level 2").because
    assert "cannot tell a regression from noise" in because


def test_more_seeds_of_the_same_are_the_same(make: Make) -> None:
    assert exit_code(judge(make(1, seeds=5), with_outcomes(make(1, seeds=5), QFT, s7=compiled(1)), RULES)) is (
        ExitCode.FINDING  # seed 7 is asked of one row and missing from the others
    )
    few = Matrix(SAME, tuple(Row(r.circuit, r.backend, r.level, {0: r.outcomes[0]}) for r in make(1).rows))
    assert exit_code(judge(few, make(1), RULES)) is ExitCode.OK


@pytest.mark.parametrize("outcome", [loss(), loss("crashed"), None])
def test_a_cell_that_is_lost_now_is_a_finding(make: Make, outcome: object) -> None:
    verdicts = judge(make(1), with_outcomes(make(1), QFT, s3=outcome), RULES)
    verdict = named(verdicts, "cells of qft on torino at level 2")
    assert verdict.outcome is Outcome.FAIL
    assert verdict.because.startswith("1 of 5 seeds lost that the baseline has: seed 3 ")


def test_a_cell_that_was_lost_before_is_told(make: Make) -> None:
    lame = with_outcomes(make(1), QFT, s3=loss())
    verdicts = judge(lame, lame, RULES)
    assert exit_code(verdicts) is ExitCode.OK
    assert verdicts[0].because.endswith("; 1 cell lost as in the baseline")
    assert exit_code(judge(lame, make(1), RULES)) is ExitCode.OK


def test_a_row_that_came_to_nothing_altogether(make: Make) -> None:
    nothing = with_outcomes(make(1), QFT, **{f"s{seed}": loss() for seed in range(5)})
    assert exit_code(judge(make(1), nothing, RULES)) is ExitCode.FINDING
    verdicts = judge(nothing, make(1), RULES)
    assert "qft on torino at level 2" in named(verdicts, "new rows").because


def test_rows_that_come_and_go_are_told(make: Make) -> None:
    whole = make(1)
    part = Matrix(SAME, whole.rows[1:])
    came, went = judge(part, whole, RULES), judge(whole, part, RULES)
    assert exit_code(came) is exit_code(went) is ExitCode.OK
    assert named(came, "new rows").because.startswith("1 row, nothing in the baseline to compare with: ansatz on")
    assert named(went, "gone").because.startswith("1 row, in the baseline and no longer in the matrix")


def test_a_new_row_that_is_lost_is_a_finding(make: Make) -> None:
    whole = make(1)
    verdicts = judge(Matrix(SAME, whole.rows[1:]), with_outcomes(whole, ("ansatz", "torino", 1), s0=loss()), RULES)
    assert named(verdicts, "cells of ansatz on torino at level 1").because.startswith("1 of 5 seeds lost: seed 0")


def test_without_anything_to_compare_it_is_inconclusive(make: Make) -> None:
    empty = Matrix(SAME, ())
    assert exit_code(judge(empty, make(1), RULES)) is ExitCode.INCONCLUSIVE
    assert exit_code(judge(make(1), empty, RULES)) is ExitCode.INCONCLUSIVE


@pytest.mark.parametrize(
    "changes",
    [
        {"options": {"seeds": "5", "routing_method": "basic"}},
        {"surroundings": {"qiskit": "2.6.2", "QISKIT_PARALLEL": "TRUE"}},
        {"surroundings": {"qiskit": "2.6.2", "architecture": "aarch64"}},
        {"surroundings": {"qiskit": "2.6.2", "something nobody thought of": "1"}},
    ],
)
def test_other_surroundings_are_not_comparable(make: Make, changes: dict[str, dict[str, str]]) -> None:
    verdicts = judge(make(1), under(make(2, factor=2), **changes), RULES)
    assert exit_code(verdicts) is ExitCode.INCONCLUSIVE
    assert verdicts[0].because.startswith("not comparable with the baseline: ")
    assert exit_code(judge(make(1), under(with_outcomes(make(1), QFT, s0=loss()), **changes), RULES)) == 1


@pytest.mark.parametrize("key", ["qiskit", "rustworkx", "numpy", "plugin qiskit_aqt"])
def test_the_compiler_is_under_test(make: Make, key: str) -> None:
    verdicts = judge(make(1), under(make(1), surroundings={"qiskit": "2.6.2", key: "9.9"}), RULES)
    assert exit_code(verdicts) is ExitCode.OK
    assert f"{key} " in named(verdicts, "compiler").because


def test_another_target_makes_its_own_rows_incomparable() -> None:
    both = Comparable({"torino": "a" * 64, "line": "b" * 64}, {}, {}, {})
    keys = [("qft", backend, 1) for backend in ("torino", "line")]
    old = matrix({key: [compiled(100 + seed) for seed in range(5)] for key in keys}, both)
    new = matrix({key: [compiled(200 + seed) for seed in range(5)] for key in keys}, both)
    verdicts = judge(old, under(new, targets={"torino": "c" * 64, "line": "b" * 64}), RULES)
    assert named(verdicts, "comparable: torino").outcome is Outcome.INCONCLUSIVE
    assert named(verdicts, "qft on line at level 1").outcome is Outcome.FAIL
    assert not [verdict for verdict in verdicts if verdict.name == "qft on torino at level 1"]


def test_an_edited_circuit_is_judged_by_itself(make: Make) -> None:
    edited = {**SAME.circuits, "qft": "other"}
    verdicts = judge(make(1), under(make(2, factor=1.5, only=QFT), circuits=edited), RULES)
    assert named(verdicts, "qft on torino at level 2").because.endswith("; the circuit was edited")
    assert named(verdicts, "two-qubit count").because.endswith("of 6 rows, 6 of them changed")
    assert named(verdicts, "two-qubit count").outcome is Outcome.PASS


def test_where_nothing_is_watched_nothing_fails(make: Make) -> None:
    assert exit_code(judge(make(1), make(2, factor=3), Rules({}))) is ExitCode.OK


def test_what_is_watched_and_not_known_is_inconclusive() -> None:
    old = matrix({QFT: [compiled(100, 50, None, digest=f"old {seed}") for seed in range(5)]})
    new = matrix({QFT: [compiled(100, 50, None, digest=f"new {seed}") for seed in range(5)]})
    verdicts = judge(old, new, Rules({"log_success": Limit()}))
    assert named(verdicts, "qft on torino at level 2").outcome is Outcome.INCONCLUSIVE


def test_time_never_fails() -> None:
    old, new = (
        matrix({QFT: [compiled(100, 50, digest=f"{cpu} {seed}", cpu_s=cpu) for seed in range(5)]}) for cpu in (0.1, 9)
    )
    assert exit_code(judge(old, new, RULES)) is ExitCode.OK
    assert gate.compile_time(old, new).startswith("+8,900.0 % processor time")
    assert gate.compile_time(old, old) == ""


def test_limits_are_the_users(make: Make) -> None:
    lenient = Rules({"two_qubit": Limit(row=0.6, overall=0.2)})
    assert exit_code(judge(make(1), make(2, factor=1.15), RULES)) is ExitCode.FINDING
    assert exit_code(judge(make(1), make(2, factor=1.15), lenient)) is ExitCode.OK
    assert exit_code(judge(make(1), make(2, factor=1.3), lenient)) is ExitCode.FINDING


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.floats(1.15, 3.0), st.integers(5, 8))
def test_whatever_the_noise_a_matrix_that_is_much_worse_is_stopped(seed: int, factor: float, seeds: int) -> None:
    chance = random.Random(seed)
    keys = [(circuit, "torino", 1) for circuit in "abcdef"]
    old = matrix({key: [noisy(200, chance) for _ in range(seeds)] for key in keys})
    new = matrix({key: [noisy(200 * factor, chance) for _ in range(seeds)] for key in keys})
    assert exit_code(judge(old, new, RULES)) is ExitCode.FINDING


outcomes = st.builds(compiled, st.integers(0, 300), success=st.none() | st.floats(-9, 0)) | st.builds(
    loss, st.sampled_from(["failed", "timed out", "crashed", "out of memory"])
)
matrices = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.just("torino"), st.integers(0, 3)),
    st.lists(outcomes, min_size=3, max_size=3),
    min_size=1,
).map(matrix)


@given(matrices)
def test_a_matrix_beside_itself_passes_if_anything_was_compiled(same: Matrix) -> None:
    compiled_at_all = any(row.compiled for row in same.rows)
    verdicts = judge(same, same, RULES)
    assert exit_code(verdicts) is (ExitCode.OK if compiled_at_all else ExitCode.INCONCLUSIVE)


@given(matrices, matrices)
def test_any_two_matrices_are_judged(old: Matrix, new: Matrix) -> None:
    verdicts = judge(old, new, RULES)
    assert verdicts
    assert all(verdict.because for verdict in verdicts)


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_seeds_is_irrelevant(first: int, second: int, chance: object) -> None:
    old, new = (build(seed) for seed in (first, second))
    assert judge(shuffled(old, chance), shuffled(new, chance), RULES) == judge(old, new, RULES)


def shuffled(of: Matrix, chance: object) -> Matrix:
    rows = []
    for row in of.rows:
        order = list(row.outcomes.items())
        chance.shuffle(order)
        rows.append(msgspec.structs.replace(row, outcomes=dict(order)))
    chance.shuffle(rows)
    return Matrix(of.comparable, tuple(rows))


def build(seed: int) -> Matrix:
    rows = {(name, "torino", 1): [compiled(100 + (seed * k * 7919) % 37) for k in range(1, 6)] for name in "abc"}
    return matrix(rows)
