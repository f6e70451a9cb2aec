"""Many experiments judged together."""

import itertools

import msgspec
import numpy as np
import pytest

from qops.abtest.kernels.judge import Judged, Side
from qops.abtest.kernels.matrix import describe, holm, judged_together
from qops.abtest.kernels.run import Found
from qops.model.kernels import ClassicalKernel, KernelArm, QuantumKernel, SimilarityEntry, TwoSample
from qops.model.report import Section
from qops.model.verdict import Outcome
from qops.model.where import Where
from qops.stats import binomial

HERE = Where("qops.yaml", 5, 3)
SAMPLES = TwoSample("a.csv", "b.csv", HERE)
ENTRY = SimilarityEntry(
    "s", KernelArm((QuantumKernel("zz"),), HERE), KernelArm((ClassicalKernel("rbf"),), HERE), SAMPLES, HERE
)


def found(name: str, only_a: int, only_b: int, cases: int = 100, **others: object) -> Found:
    """An experiment in which so many windows were told apart by one arm alone, and the rest by neither."""
    a = (0.01,) * only_a + (0.5,) * (cases - only_a)
    b = (0.5,) * only_a + (0.01,) * only_b + (0.5,) * (cases - only_a - only_b)
    entry = msgspec.structs.replace(ENTRY, name=name, **others)
    return Found(entry, Judged(Side(a, 0.5), Side(b, 0.5), 40, 0.05, {}), "", Section(name), {"cost_ratio": 0.5})


def outcomes(experiments: list[Found]) -> list[Outcome]:
    return [verdict.outcome for verdict in judged_together(experiments)]


def test_one_experiment_is_judged_as_if_alone() -> None:
    for only_b in (3, 6, 20):
        alone = found("s", 0, only_b)
        assert judged_together([alone]) == (alone.verdict,)


def test_company_makes_claims_harder() -> None:
    """0 against 7 has p = 1/64: enough for one experiment, and for the last of four, not for the first of four."""
    assert outcomes([found("s", 0, 7)]) == [Outcome.PASS]
    assert outcomes([found("s", 0, 7), *(found(f"t{i}", 5, 5) for i in range(3))])[0] is Outcome.INCONCLUSIVE
    assert outcomes([found("s", 0, 7), *(found(f"t{i}", 0, 30) for i in range(3))]) == [Outcome.PASS] * 4
    assert outcomes([found("s", 7, 0)]) == [Outcome.FAIL]


def test_intervals_are_widened() -> None:
    near = {"goal": "equivalent", "margin": 0.12}
    assert outcomes([found("s", 5, 5, **near)]) == [Outcome.PASS]
    assert outcomes([found("s", 5, 5, **near), *(found(f"t{i}", 5, 5) for i in range(9))])[0] is Outcome.INCONCLUSIVE


def test_one_table_is_not_in_the_family() -> None:
    null = found("null", 2, 3, samples=msgspec.structs.replace(SAMPLES, second="a.csv"))
    assert outcomes([found("s", 0, 7), null]) == [Outcome.PASS, Outcome.PASS]
    report = describe([found("s", 0, 7), null])
    assert report.facts[0][1] == "Holm over 1 experiment: the chance of any false claim is at most α"
    assert report.tables[0].rows[0][:3] == ("s", "zz", "rbf")


def test_holm_is_bonferroni_over_all_subsets() -> None:
    """The closure principle: a hypothesis is rejected if every intersection that holds it is, by Bonferroni."""
    chance = np.random.default_rng(1)
    for _ in range(20):
        p_values = chance.uniform(0, 0.2, 4).tolist()
        places = range(4)
        subsets = [set(each) for size in (1, 2, 3, 4) for each in itertools.combinations(places, size)]
        by_closure = [
            max(min(1.0, len(each) * min(p_values[i] for i in each)) for each in subsets if place in each)
            for place in places
        ]
        assert holm(p_values, 4) == pytest.approx(by_closure)


def test_the_chance_of_any_false_claim() -> None:
    """Six experiments without a difference, four by p-value and two by a margin: any claim at all is false."""
    chance, claims = np.random.default_rng(2), 0
    for _ in range(400):
        counts = chance.multinomial(60, [0.15, 0.15, 0.7], 4)
        edges = chance.multinomial(60, [0.35, 0.15, 0.5], 2)
        experiments = [found(f"s{i}", int(a), int(b), 60, goal="different") for i, (a, b, _) in enumerate(counts)]
        experiments += [
            found(f"e{i}", int(a), int(b), 60, goal="non-inferior", margin=0.2) for i, (a, b, _) in enumerate(edges)
        ]
        claims += any(outcome is Outcome.PASS for outcome in outcomes(experiments))
    assert binomial.interval(claims, 400, 0.999)[0] <= 0.05
