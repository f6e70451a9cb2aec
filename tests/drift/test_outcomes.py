"""Drift of outcomes from a file, through the slice."""

import json
from collections.abc import Sequence

import numpy as np
import pytest
from drift.test_check import Watched, moment

from qops.drift import outcomes
from qops.errors import InconclusiveError, InputError
from qops.model.report import Report
from qops.model.verdict import Outcome

WORDS = ("00", "01", "10", "11")


def looked_at(rates: Sequence[Sequence[float]], *, words: Sequence[str] = WORDS) -> Report:
    chance = np.random.default_rng(3)
    epochs = [
        {"at": moment(at), "counts": dict(zip(words, chance.multinomial(800, row).tolist(), strict=True))}
        for at, row in enumerate(rates)
    ]
    made = Watched()
    place = made.project.tree.root / "counts.json"
    made.project.files.write(place, json.dumps(epochs).encode())
    return outcomes.run(made.ports, str(place), 20, 1000.0, 0)


OLD, NEW = (0.46, 0.04, 0.04, 0.46), (0.42, 0.08, 0.04, 0.46)


def test_outcomes_that_stay_are_in_control() -> None:
    report = looked_at([OLD] * 60)
    assert report.verdicts[0].outcome is Outcome.PASS
    assert report.data["alarm"] is None
    assert report.tables == ()
    assert len(report.data["epochs"]) == 40


def test_outcomes_that_change_are_an_alarm_and_named() -> None:
    report = looked_at([OLD] * 40 + [NEW] * 20)
    assert report.verdicts[0].outcome is Outcome.FAIL
    assert moment(40) <= report.data["alarm"] <= moment(50)
    assert {row[0] for row in report.tables[0].rows[:2]} == {"00", "01"}
    assert len(report.sections[0].plots) == 2


def test_what_cannot_be_compared() -> None:
    with pytest.raises(InconclusiveError, match="20 epochs are too few: 20 come before the first comparison"):
        looked_at([OLD] * 20)
    with pytest.raises(InputError, match=r"`011`: .* is no count of an outcome of 2 bits"):
        looked_at([OLD] * 25, words=("00", "01", "10", "011"))
    made = Watched()
    with pytest.raises(InputError, match="there is no file"):
        outcomes.run(made.ports, "nowhere.json", 20, 1000.0, 0)
