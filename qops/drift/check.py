"""`qops drift check`: whether watches are still as their baselines, and how they stand for those who act."""

from collections.abc import Sequence

import msgspec

from qops.drift import charts, describe_fleet, entries, fleet, staleness, ways
from qops.drift.describe import describe
from qops.drift.judge import Checked, Pending, begin, conclude
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles
from qops.drift.standing import Standing
from qops.model.incident import Alarm
from qops.model.report import Report
from qops.model.response import STALE, Response


def run(ports: DriftPorts, names: Sequence[str], chart: str = "") -> Report:
    """Look at the watches of these names, or at all; by `chart` where it is not empty, else by that of each watch."""
    return describe(_checked(ports, names, chart))


def standings(ports: DriftPorts, names: Sequence[str]) -> tuple[dict[str, Response], dict[str, Standing]]:
    """What is to be done at alarms, and how each watch stands, by its name."""
    checked = _checked(ports, names)
    return (
        {each.entry.name: each.entry.response for each in checked},
        {each.entry.name: _standing(each, ports.now()) for each in checked},
    )


def run_fleet(ports: DriftPorts, names: Sequence[str]) -> Report:
    """Look at the watches of these names, or at all, as one; the shortest of their run lengths is that of all."""
    begun = _begun(ports, names)
    pending = [each for each in begun if isinstance(each, Pending)]
    run_length = min((each.entry.run_length for each in pending), default=0.0)
    followed = fleet.follow(pending, run_length) if pending else None
    return describe_fleet.describe(followed, [each for each in begun if isinstance(each, Checked)])


def _begun(ports: DriftPorts, names: Sequence[str]) -> list[Pending | Checked]:
    _, watches = entries.declared(ports.base.tree, names)
    series, now = ports.base.series(), ports.now()
    files = ((entry, WatchFiles(series, entry.name)) for entry in watches)
    return [begin(entry, each.epochs(), each.baseline(), now) for entry, each in files]


def _checked(ports: DriftPorts, names: Sequence[str], chart: str = "") -> list[Checked]:
    begun = _begun(ports, names)
    pending = [(charts.of_watch(each.entry, chart), each) for each in begun if isinstance(each, Pending)]
    paths = iter(ways.follow(pending))
    return [conclude(each, next(paths)) if isinstance(each, Pending) else each for each in begun]


def _standing(each: Checked, now: str) -> Standing:
    baseline = each.baseline.sha256 if each.baseline else ""
    alarms = [_alarm(each, baseline, direction, at) for direction, at in each.alarms.items()]
    calm = list(each.path.calm()) if each.path else []
    if each.entry.stale_after_s and len(each.epochs):
        late = staleness.alarm(each.entry.name, baseline, each.epochs.at[-1], now, each.entry.stale_after_s)
        alarms += [late] if late else []
        calm += [] if late else [STALE]
    report = describe([each])
    return Standing(baseline, tuple(alarms), tuple(calm), each.undecided, msgspec.json.encode(report.data) + b"\n")


def _alarm(each: Checked, baseline: str, direction: str, at: int) -> Alarm:
    moved = each.change
    return Alarm(
        baseline,
        each.entry.name,
        direction,
        each.epochs.at[at],
        each.epochs.at[moved.onset] if moved else "",
        moved.rate if moved else None,
    )
