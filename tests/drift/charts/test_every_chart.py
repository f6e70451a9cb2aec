"""What every chart promises, by seeded simulation."""

from importlib.metadata import EntryPoint

import numpy as np
import pytest

from qops.drift import charts
from qops.drift.charts import CHARTS, chart, follow
from qops.drift.charts.path import Numbers, Path, Usual
from qops.errors import InconclusiveError, InputError
from qops.model.drift import Frozen

RUN_LENGTH = 60.0
EQUAL_SHOTS = {"binomial-cusum"}
FOR_STEPS = [name for name in CHARTS if name not in {"spectrum", "betting"}]
ABOUT = {"glr", "page-hinkley"}
"""Their limits are simulated, so that their run length is as it is said give or take a few percent."""
STREAMS, EPOCHS = 300, 400


def baseline(rate: float, between: float = 0.0, low: float | None = None, high: float | None = None) -> Frozen:
    return Frozen(
        watch="w",
        begin=0,
        epochs=100,
        first="",
        last="",
        sha256="",
        rate=rate,
        between=between,
        low=rate if low is None else low,
        high=rate if high is None else high,
        confidence=0.95,
        shots=1000,
        guarded=low is not None,
        digest="",
    )


def way(name: str, made: Frozen, shots: Numbers, successes: Numbers, run_length: float) -> Path:
    return follow(chart(name), Usual.of(made), shots, successes, run_length)


def counts(name: str, rate: float, between: float, epochs: int, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Shots that vary forty-fold if the chart allows it, and successes at a rate that varies from epoch to epoch."""
    shots = np.exp(chance.uniform(np.log(100), np.log(4000), epochs)).astype(int)
    if name in EQUAL_SHOTS:
        shots = np.full(epochs, 1000)
    rates = np.clip(rate + between * chance.normal(size=epochs), 0, 1)
    return shots.astype(float), chance.binomial(shots, rates).astype(float)


def first_alarm(path: Path) -> int:
    over = np.flatnonzero((path.statistic >= path.limit).any(axis=0))
    return int(over[0]) + 1 if len(over) else path.statistic.shape[1]


@pytest.mark.parametrize("name", list(CHARTS))
@pytest.mark.parametrize(("rate", "between"), [(0.5, 0.0), (0.95, 0.0), (0.95, 0.01), (0.998, 0.0)])
def test_false_alarms_are_no_more_frequent_than_promised(name: str, rate: float, between: float) -> None:
    """The mean run length, cut off at `EPOCHS` and so too short, with three of its standard errors."""
    if between and name in EQUAL_SHOTS:
        return
    chance = np.random.default_rng([7, int(1000 * rate), int(1000 * between)])
    usual, made = Usual.of(baseline(rate, between)), chart(name)
    streams = [counts(name, rate, between, EPOCHS, chance) for _ in range(STREAMS)]
    shots, successes = (np.array(side) for side in zip(*streams, strict=True))
    limit = made.limit(usual, shots[0], RUN_LENGTH)
    found = made.statistic(usual, shots, successes, RUN_LENGTH).max(axis=0) >= limit.limit
    lengths = np.where(found.any(axis=1), found.argmax(axis=1) + 1, EPOCHS)
    error = lengths.std() / STREAMS**0.5
    assert lengths.mean() > RUN_LENGTH * (0.9 if name in ABOUT else 1.0) - 3 * error


@pytest.mark.parametrize("name", list(CHARTS))
def test_several_series_together_are_as_each_by_itself(name: str) -> None:
    chance = np.random.default_rng(3)
    usual, made = Usual.of(baseline(0.95)), chart(name)
    shots, successes = (
        np.array(side) for side in zip(*(counts(name, 0.95, 0.0, 50, chance) for _ in range(3)), strict=True)
    )
    together = made.statistic(usual, shots, successes, RUN_LENGTH)
    for row in range(3):
        alone = made.statistic(usual, shots[row], successes[row], RUN_LENGTH)
        assert np.allclose(together[:, row], alone, rtol=1e-12)


@pytest.mark.parametrize("name", FOR_STEPS)
@pytest.mark.parametrize(("after", "direction"), [(0.85, "down"), (0.99, "up")])
def test_a_gross_change_is_seen_at_once_in_its_direction(name: str, after: float, direction: str) -> None:
    chance = np.random.default_rng(11)
    shots = np.full(60, 1000.0)
    successes = chance.binomial(1000, np.r_[np.full(40, 0.95), np.full(20, after)]).astype(float)
    path = way(name, baseline(0.95), shots, successes, 1000.0)
    (found,) = path.alarms().items()
    assert found[0] == direction
    assert 40 <= found[1] <= 43
    assert direction not in path.calm()


@pytest.mark.parametrize("name", FOR_STEPS)
def test_an_alarm_ends_when_the_evidence_is_gone(name: str) -> None:
    shots = np.full(80, 1000.0)
    successes = np.r_[np.full(5, 880.0), np.full(75, 950.0)]
    path = way(name, baseline(0.95), shots, successes, 1000.0)
    assert path.statistic[0].max() >= path.limit
    while_it_lasts = way(name, baseline(0.95), shots[:5], successes[:5], 1000.0)
    assert list(while_it_lasts.alarms()) == ["down"]


@pytest.mark.parametrize("name", list(CHARTS))
@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_rate_at_the_edge_raises_no_alarm_by_itself(name: str, rate: float) -> None:
    shots = np.full(3000, 100.0)
    path = way(name, baseline(rate), shots, rate * shots, 1000.0)
    assert path.alarms() == {}


@pytest.mark.parametrize("name", list(CHARTS))
def test_no_epoch_is_no_alarm(name: str) -> None:
    path = way(name, baseline(0.9), np.zeros(0), np.zeros(0), 100.0)
    assert path.alarms() == {}
    assert path.calm() == ("down", "up")


def test_the_guard_holds_for_baselines_that_are_off() -> None:
    """Rates anywhere in the guard band keep the run length; against the estimate alone they do not."""
    chance = np.random.default_rng(5)
    guarded, bare = baseline(0.95, low=0.94, high=0.96), baseline(0.95)
    lengths = {False: [], True: []}
    for _ in range(100):
        shots = np.full(EPOCHS, 1000.0)
        successes = chance.binomial(1000, 0.941, EPOCHS).astype(float)
        for guard, made in ((True, guarded), (False, bare)):
            lengths[guard].append(first_alarm(way("e-detector", made, shots, successes, RUN_LENGTH)))
    assert np.mean(lengths[True]) > RUN_LENGTH > 2 * np.mean(lengths[False])


def test_what_is_not_a_chart() -> None:
    with pytest.raises(InputError, match="no chart is called `cusun`"):
        chart("cusun")
    with pytest.raises(InputError, match=r"the chart cusum: .*unknown field `q`"):
        chart("cusum", {"q": 1})
    with pytest.raises(InputError, match=r"the chart ewma: .*>= 0\.01"):
        chart("ewma", {"weight": 0.0})


def test_a_chart_of_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = EntryPoint("mine", "qops.drift.charts.cusum:Cusum", "qops.charts")
    monkeypatch.setattr(charts, "entry_points", lambda group: [offered] if group == "qops.charts" else [])
    assert chart("mine", {"k": 0.25}) == chart("cusum", {"k": 0.25})


def test_the_binomial_cusum_says_when_it_cannot_be_used() -> None:
    with pytest.raises(InconclusiveError, match="have different shots"):
        way("binomial-cusum", baseline(0.9), np.array([100.0, 200.0]), np.array([90.0, 180.0]), 100.0)
    with pytest.raises(InconclusiveError, match="differ by more than shots explain"):
        way("binomial-cusum", baseline(0.9, 0.02), np.array([100.0]), np.array([90.0]), 100.0)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("cusum", {"head": 0.5}),
        ("cusum", {"k": 0.25}),
        ("ewma", {"varying": True}),
        ("ewma", {"by_shots": True}),
    ],
)
def test_options_keep_the_promise(name: str, options: dict[str, object]) -> None:
    chance = np.random.default_rng(23)
    usual, made = Usual.of(baseline(0.5)), chart(name, options)
    shots = np.exp(chance.uniform(np.log(100), np.log(4000), (STREAMS, EPOCHS))).astype(int).astype(float)
    successes = chance.binomial(shots.astype(int), 0.5).astype(float)
    limit = made.limit(usual, shots[0], RUN_LENGTH)
    found = made.statistic(usual, shots, successes, RUN_LENGTH).max(axis=0) >= limit.limit
    lengths = np.where(found.any(axis=1), found.argmax(axis=1) + 1, EPOCHS)
    assert abs(lengths.mean() - RUN_LENGTH) < 0.1 * RUN_LENGTH + 3 * lengths.std() / STREAMS**0.5


def test_one_side_looks_one_way() -> None:
    shots, successes = np.full(30, 1000.0), np.full(30, 980.0)
    path = follow(chart("cusum", {"side": "down"}), Usual.of(baseline(0.95)), shots, successes, 1000.0)
    assert path.alarms() == {}
    assert list(way("cusum", baseline(0.95), shots, successes, 1000.0).alarms()) == ["up"]


def test_bets_hold_where_the_variance_is_not_what_it_is_thought_to_be() -> None:
    """Epochs that are bad at random, one in fifty, and no baseline that says so: the default chart cries wolf."""
    chance = np.random.default_rng(31)
    rates = np.where(chance.random((STREAMS, EPOCHS)) < 0.02, 0.7, 0.955)
    mean = 0.02 * 0.7 + 0.98 * 0.955
    shots, successes = np.full(rates.shape, 1000.0), chance.binomial(1000, rates).astype(float)
    lengths = {}
    for name in ("betting", "joint"):
        over = chart(name).statistic(Usual.of(baseline(mean)), shots, successes, RUN_LENGTH).max(axis=0) >= RUN_LENGTH
        lengths[name] = np.where(over.any(axis=1), over.argmax(axis=1) + 1, EPOCHS).mean()
    assert lengths["betting"] > RUN_LENGTH
    assert lengths["joint"] < RUN_LENGTH


def test_bets_see_a_drop_too() -> None:
    shots = np.full(140, 1000.0)
    successes = np.random.default_rng(12).binomial(1000, np.r_[np.full(40, 0.95), np.full(100, 0.85)]).astype(float)
    assert 40 <= way("betting", baseline(0.95), shots, successes, 1000.0).alarms()["down"] <= 60
