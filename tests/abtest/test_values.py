"""Metrics on counts, and the bases that they are measured in."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.backends import circuit

from qops.abtest.bases import bases, basis_of, measured
from qops.abtest.values import value
from qops.errors import InputError
from qops.model.abtest import Observable, Pass, Score
from qops.model.counts import CountedJob, Tally

PLAIN = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n'


def job(times: dict[str, int], basis: str = "") -> CountedJob:
    return CountedJob("a", basis, Tally("d", times))


def test_a_share_of_passes_and_its_variance() -> None:
    found = value(Pass(("00", "11")), [job({"00": 40, "11": 40, "01": 20})])
    assert found == pytest.approx((0.8, 0.8 * 0.2 / 100, 100))


def test_the_first_pattern_that_matches_gives_the_score() -> None:
    found = value(Score({"1*": 0.5, "11": 1.0}), [job({"11": 50, "00": 50})])
    assert found.mean == 0.25


def test_an_expectation_adds_up_over_bases() -> None:
    metric = Observable({"ZZ": 0.5, "ZI": 1.0, "XX": 0.25, "II": 2.0})
    found = value(metric, [job({"00": 75, "10": 25}, "ZZ"), job({"01": 100}, "XX")])
    assert found.mean == pytest.approx(2.0 + 0.5 * 0.5 + 1.0 * 0.5 - 0.25)
    assert found.shots == 200
    scores = [3.5] * 75 + [0.5] * 25
    mean = sum(scores) / 100
    assert found.variance == pytest.approx(sum((x - mean) ** 2 for x in scores) / 100 / 100)


def test_words_that_agree_are_measured_at_once() -> None:
    metric = Observable({"XXI": 1.0, "IXX": 0.9, "ZZZ": 0.5, "ZII": 0.1, "III": 3.0})
    assert bases(metric) == ("XXX", "ZZZ")
    assert basis_of("ZII", {"XXX": 0, "ZZZ": 0}) == "ZZZ"
    assert bases(Pass(("0",))) == ("",)


@given(st.dictionaries(st.text("IXYZ", min_size=3, max_size=3), st.floats(-1, 1), min_size=1))
def test_every_word_can_be_read_from_some_basis(terms: dict[str, float]) -> None:
    found = dict.fromkeys(bases(Observable(terms)))
    for word in terms:
        basis = basis_of(word, found)
        assert all(letter in ("I", other) for letter, other in zip(word, basis, strict=True))


@pytest.mark.parametrize(("word", "expected"), [("ZZ", 1.0), ("XX", 1.0), ("YY", -1.0), ("ZI", 0.0), ("IX", 0.0)])
def test_expectations_of_a_bell_state_are_those_of_the_book(word: str, expected: float) -> None:
    backends = pytest.importorskip("qiskit.quantum_info")
    found = measured(circuit(PLAIN), bases(Observable({word: 1.0}))[0])
    interchange = pytest.importorskip("qops.interchange.to_qiskit")
    theirs = interchange.circuit_to_qiskit(found).remove_final_measurements(inplace=False)
    shares = backends.Statevector(theirs).probabilities_dict()
    counts = {outcome: round(4096 * share) for outcome, share in shares.items()}
    metric = Observable({word: 1.0})
    assert value(metric, [job(counts, bases(metric)[0])]).mean == pytest.approx(expected, abs=1e-9)


def test_final_measurements_are_replaced_and_others_refused() -> None:
    final = PLAIN + "bit[2] c;\nc[0] = measure q[0];\nc[1] = measure q[1];\n"
    assert [each.gate for each in measured(circuit(final), "ZX").operations].count("measure") == 2
    early = PLAIN + "bit[2] c;\nc[0] = measure q[0];\nh q[0];\nc[1] = measure q[0];\n"
    again = early.replace("c[1] = measure q[0]", "c[0] = measure q[0]")
    for text in (early, again):
        with pytest.raises(InputError, match="measures before its end"):
            measured(circuit(text), "ZZ")


tallies = st.dictionaries(st.sampled_from(["00", "01", "10", "11"]), st.integers(0, 10**6)).map(
    lambda times: Tally("d", times)
)


@given(tallies, tallies, tallies)
def test_counts_are_a_monoid(a: Tally, b: Tally, c: Tally) -> None:
    assert (a + b) + c == a + (b + c)
    assert (a + b).times == (b + a).times
    assert (a + Tally()).shots == (Tally() + a).shots == a.shots
    assert (a + b).shots == a.shots + b.shots


def test_counts_of_different_circuits_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="different circuits"):
        Tally("a", {"0": 1}) + Tally("b", {"0": 1})


@given(tallies.filter(lambda tally: tally.shots > 0), tallies.filter(lambda tally: tally.shots > 0))
def test_a_share_over_both_is_the_mean_weighted_by_shots(a: Tally, b: Tally) -> None:
    metric = Pass(("1*",))
    one, two, both = (value(metric, [CountedJob("a", "", tally)]) for tally in (a, b, a + b))
    assert math.isclose(both.mean * both.shots, one.mean * one.shots + two.mean * two.shots, rel_tol=1e-9, abs_tol=1e-9)
