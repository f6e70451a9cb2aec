"""How soon a change is seen: every chart, and river's detectors, in six scenarios, each at a run length of 500.

Epochs of 1000 shots at 0.95; the change comes at epoch 200. Limits are tuned on streams without a change, so that what
is compared is not who is the more careful. A stream that is never seen counts to its end.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import aside, outcome
from benchmarks.outcome import Row
from qops.drift.charts import chart, simulated
from qops.drift.charts.path import Numbers, Usual
from qops.drift.residuals import standardised

RIVALS = Path(__file__).with_name("drift_rivals.py")
RIVER = "river==0.26.1"
RATE, SHOTS, CHANGE, RUN_LENGTH = 0.95, 1000, 200, 500.0
CHARTS = ("joint", "e-detector", "cusum", "ewma", "shewhart", "glr", "page-hinkley", "spectrum")
BAR = 1.45
USUAL = Usual(RATE, 0.0, RATE, RATE, SHOTS)
SIGMA = (RATE * (1 - RATE) / SHOTS) ** 0.5


def scenarios(after: int) -> dict[str, Numbers]:
    """The rate after the change, epoch by epoch."""
    epochs = np.arange(after)
    return {
        "to 0.93": np.full(after, 0.93),
        "to 0.945": np.full(after, 0.945),
        "to 0.9475": np.full(after, 0.9475),
        "ramp": np.maximum(0.5, RATE - 1e-4 * (epochs + 1)),
        "wave of 12": RATE + 0.7 * SIGMA * np.sin(2 * np.pi * epochs / 12),
        "wave of 60": RATE + 0.7 * SIGMA * np.sin(2 * np.pi * epochs / 60),
    }


def rows(*, small: bool) -> Iterator[Row]:
    """Mean delays, the run length that they were tuned to, and the worst ratio to the best of a scenario."""
    null, streams, after = (60, 20, 300) if small else (400, 200, 1800)
    chance = np.random.default_rng(17)
    calm = _drawn(chance, np.full(4 * int(RUN_LENGTH), RATE), null)
    changed = {
        name: _drawn(chance, np.concatenate([np.full(CHANGE, RATE), course]), streams)
        for name, course in scenarios(after).items()
    }
    found = {name: _of_chart(name, calm, changed) for name in CHARTS}
    if not small:
        found |= _of_river(calm, changed)
    best = {name: min(delays[name] for _, delays in found.values()) for name in changed}
    for detector, (length, delays) in found.items():
        yield Row(f"{detector}_null", f"{detector}: epochs to a false alarm", length)
        for name in changed:
            yield Row(f"{detector}_{name}", f"{detector}: delay, {name}", delays[name])
        worst = max(delays[name] / best[name] for name in changed)
        bar = BAR if detector == "joint" else None
        yield Row(f"{detector}_worst", f"{detector}: worst ratio to the best of a scenario", worst, "x", bar)


def _drawn(chance: np.random.Generator, rates: Numbers, streams: int) -> Numbers:
    return chance.binomial(SHOTS, np.tile(rates, (streams, 1))).astype(float)


def _of_chart(name: str, calm: Numbers, changed: dict[str, Numbers]) -> tuple[float, dict[str, float]]:
    highest = np.maximum.accumulate(_statistic(name, calm), axis=1)
    low, high = 0.0, float(highest.max()) + 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if simulated.length(highest, middle) < RUN_LENGTH else (low, middle)
    delays = {scenario: _delay(_statistic(name, streams), high) for scenario, streams in changed.items()}
    return simulated.length(highest, high), delays


def _statistic(name: str, successes: Numbers) -> Numbers:
    shots = np.full(successes.shape, float(SHOTS))
    found: Numbers = chart(name).statistic(USUAL, shots, successes, np.inf).max(axis=0)
    return found


def _residuals(successes: Numbers) -> Numbers:
    return standardised(USUAL, np.full(successes.shape, float(SHOTS)), successes)


def _delay(statistic: Numbers, limit: float) -> float:
    over = statistic >= limit
    over = over[~over[:, :CHANGE].any(axis=1)][:, CHANGE:]
    return float(np.where(over.any(axis=1), over.argmax(axis=1) + 1, over.shape[1]).mean())


def _of_river(calm: Numbers, changed: dict[str, Numbers]) -> dict[str, tuple[float, dict[str, float]]]:
    with TemporaryDirectory() as directory:
        place = Path(directory) / "streams.npz"
        streams = {"null": calm, **changed}
        np.savez(place, **{name: _residuals(each) for name, each in streams.items()})
        python = aside.interpreter("river", RIVER)
        told = json.loads(aside.output([str(python), str(RIVALS), str(place), str(RUN_LENGTH), str(CHANGE)]))
    return {f"river {name}": (one["run_length"], one["delays"]) for name, one in told.items()}


if __name__ == "__main__":
    outcome.run("drift_delays", rows)
