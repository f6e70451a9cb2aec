"""Many watches as one: a run length for all of them, whatever they have in common, and who has moved."""

from datetime import UTC, datetime, timedelta
from typing import Never

import numpy as np
import pytest
from support.project import FILES, Project

from qops.drift import check, fleet, freeze
from qops.drift.judge import Pending
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles
from qops.errors import EnvironmentFault
from qops.model.drift import DriftEntry, Epochs, Frozen
from qops.model.report import Report
from qops.model.verdict import Outcome
from qops.model.where import Where

START = datetime(2026, 1, 1, tzinfo=UTC)
RATE, SHOTS, BASELINE = 0.9, 1000, 60


def epochs(rates: list[float] | np.ndarray, seed: int, offset_s: int = 0) -> Epochs:
    at = [START + timedelta(hours=hour, seconds=offset_s) for hour in range(len(rates))]
    hits = np.random.default_rng(seed).binomial(SHOTS, rates)
    names = ("",) * len(rates)
    return Epochs(
        tuple(each.isoformat().replace("+00:00", "Z") for each in at),
        tuple(each.timestamp() for each in at),
        (SHOTS,) * len(rates),
        tuple(map(int, hits)),
        names,
        names,
        names,
    )


def known(name: str, series: Epochs) -> Pending:
    """A watch whose baseline says what is true."""
    baseline = Frozen(name, 0, 0, "", "", "", RATE, 0.0, RATE, RATE, 0.95, SHOTS, guarded=False, digest="")
    return Pending(DriftEntry(name, "c", Where("qops.yaml")), series, baseline, ())


@pytest.mark.parametrize("alike", [True, False])
def test_the_run_length_holds_for_members_that_are_one_and_for_members_that_are_not(*, alike: bool) -> None:
    """The mean over 60 fleets of 10, cut off at 300 epochs and so too short, is above the limit."""
    limit, lengths = 40.0, []
    for number in range(60):
        series = [epochs([RATE] * 300, 1000 * number + (0 if alike else member)) for member in range(10)]
        found = fleet.follow([known(f"w{place}", each) for place, each in enumerate(series)], limit)
        lengths.append(300 if found.alarm is None else found.alarm + 1)
    assert np.mean(lengths) > limit


def test_those_that_moved_are_named_and_few_others() -> None:
    rates = {f"w{place:02}": RATE if place < 45 else RATE - 0.03 for place in range(50)}
    found = fleet.follow(
        [known(name, epochs([rate] * 60, place)) for place, (name, rate) in enumerate(rates.items())], 1000.0
    )
    assert found.alarm is not None
    named = [each.name for each in found.moved]
    assert {f"w{place}" for place in range(45, 50)} <= set(named)
    assert len(named) <= 6


def test_members_are_looked_at_as_their_epochs_come() -> None:
    """A member an hour late, or one that has ended, counts with its last evidence."""
    long, short = epochs([RATE] * 30, 1), epochs([RATE] * 10, 2, offset_s=60)
    found = fleet.follow([known("long", long), known("short", short)], 1000.0)
    assert len(found.times_s) == 40
    alone = [fleet.follow([known("one", each)], 1000.0).evidence for each in (long, short)]
    assert found.evidence[-1] == pytest.approx((alone[0][-1] + alone[1][-1]) / 2)
    assert found.evidence[0] == pytest.approx(alone[0][0] / 2)


def test_the_bands_of_many_are_wider() -> None:
    series = epochs([RATE] * BASELINE, 3)
    made = freeze.frozen(DriftEntry("w", "c", Where("qops.yaml")), series, 0, force=True)
    one, many = fleet.widened(made, 1), fleet.widened(made, 500)
    assert one.low == pytest.approx(made.low)
    assert many.low < one.low < made.rate < one.high < many.high
    assert (made.rate - many.low) / (made.rate - made.low) == pytest.approx(3.89 / 1.96, rel=0.01)


class Fleet:
    """A project with thirty watches."""

    def __init__(self, rates: dict[str, float]) -> None:
        lines = [f'  {name}: {{circuit: c, success: ["1"], baseline: {BASELINE}}}\n' for name in rates]
        manifest = "version: 1\ncircuits:\n  c: circuits/c.qasm\ndrift:\n" + "".join(lines)
        self.project = Project({**FILES, "circuits/c.qasm": "OPENQASM 3.0;\nbit[1] c;\n", "qops.yaml": manifest})
        self.ports = DriftPorts(
            self.project.ports, self._unused, lambda: "2026-03-01T00:00:00Z", self._unused, self._unused
        )
        for seed, (name, rate) in enumerate(rates.items()):
            files = WatchFiles(self.project.series, name)
            files.append(epochs([RATE] * BASELINE + [rate] * 60, seed))
            freeze.run(self.ports, name, None, force=True)

    def _unused(self, *_: object) -> Never:
        raise EnvironmentFault("no backend is needed")

    def check(self, *names: str) -> Report:
        return check.run_fleet(self.ports, names)


def test_the_report_of_a_fleet() -> None:
    calm = Fleet({f"w{place}": RATE for place in range(30)})
    report = calm.check()
    assert [verdict.outcome for verdict in report.verdicts] == [Outcome.PASS]
    assert report.summary == "30 watches together, 0 named, 0 undecided"
    assert len(report.data["fleet"]["members"]) == 30
    moved = Fleet({f"w{place}": RATE - (0.04 if place in {3, 7} else 0.0) for place in range(30)})
    report = moved.check()
    assert report.verdicts[0].outcome is Outcome.FAIL
    assert {row[0] for row in report.tables[0].rows} == {"w3", "w7"}
    assert report.sections[0].plots


def test_a_fleet_with_a_member_that_cannot_be_decided_is_inconclusive() -> None:
    made = Fleet({f"w{place}": RATE for place in range(3)})
    text = made.project.tree.files["qops.yaml"].decode() + '  new: {circuit: c, success: ["1"]}\n'
    made.project.write("qops.yaml", text)
    outcomes = {verdict.name: verdict.outcome for verdict in made.check().verdicts}
    assert outcomes == {"the fleet": Outcome.PASS, "undecided": Outcome.INCONCLUSIVE}
    assert [verdict.outcome for verdict in made.check("new").verdicts] == [Outcome.INCONCLUSIVE]
