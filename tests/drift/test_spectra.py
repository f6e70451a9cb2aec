"""Waves in watches, through the slice."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from drift.test_check import MANIFEST, Watched

from qops.drift import spectra
from qops.errors import InconclusiveError
from qops.model.verdict import Outcome

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 86_400.0


def lines(number: int, amplitude: float, *, even: bool, seed: int = 1) -> str:
    chance = np.random.default_rng(seed)
    seconds = np.arange(number) * 3600.0 if even else np.cumsum(np.ceil(chance.exponential(3600.0, number)))
    shots = np.full(number, 1000) if even else chance.integers(300, 3000, number)
    hits = chance.binomial(shots, 0.95 + amplitude * np.sin(2 * np.pi * seconds / DAY))
    rows = zip(seconds, shots, hits, strict=True)
    return "".join(f"{(START + timedelta(seconds=at)).isoformat()},{n},{k},,,\n" for at, n, k in rows)


@pytest.mark.parametrize("even", [True, False])
def test_a_daily_wave_is_found_with_its_amplitude(*, even: bool) -> None:
    made = Watched()
    made.record(lines(300, 0.006, even=even))
    report = spectra.run(made.ports, [], 0.05)
    assert report.verdicts[0].outcome is Outcome.FAIL
    found = report.data["spectra"]["ghz"]
    assert found["method"] == ("DCT" if even else "Lomb-Scargle")
    (wave,) = found["waves"]
    assert 1 / wave["frequency"] == pytest.approx(DAY, rel=0.03)
    assert abs(wave["amplitude"] - 0.006) < 4 * wave["error"]
    assert 0 < wave["chance"] < 1e-6
    assert [plot.title for plot in report.sections[0].plots] == ["ghz: spectrum", "ghz: share of successes"]


@pytest.mark.parametrize("even", [True, False])
def test_where_nothing_moves_there_is_no_wave(*, even: bool) -> None:
    made = Watched()
    made.record(lines(300, 0.0, even=even, seed=4))
    report = spectra.run(made.ports, [], 0.05)
    assert report.verdicts[0].outcome is Outcome.PASS
    assert report.data["spectra"]["ghz"]["waves"] == []


def test_too_few_epochs_are_inconclusive() -> None:
    made = Watched()
    made.record(lines(49, 0.0, even=True))
    report = spectra.run(made.ports, [], 0.05)
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE
    assert report.verdicts[0].because == "49 epochs are too few for a spectrum"


def test_more_watches_ask_more_of_each() -> None:
    made = Watched()
    made.record(lines(300, 0.0, even=False))
    alone = spectra.run(made.ports, ["ghz"], 0.05).verdicts[0].threshold
    more = "".join(f'  more{number}: {{circuit: ghz, success: ["000"]}}\n' for number in range(9))
    made.project.write("qops.yaml", MANIFEST + more)
    threshold = spectra.run(made.ports, [], 0.05).verdicts[0].threshold
    assert threshold is not None
    assert alone is not None
    assert threshold - alone == pytest.approx(2 * np.log(10))


def test_a_baseline_with_a_wave_is_refused() -> None:
    made = Watched()
    made.record(lines(100, 0.008, even=True))
    with pytest.raises(InconclusiveError, match=r"a wave goes through it, of 24.* h"):
        made.baseline()
    assert made.baseline(force=True).verdicts[0].outcome is Outcome.INCONCLUSIVE
