"""How a watch stands, from its epochs alone. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

from qops.drift import onset, staleness
from qops.drift.charts.path import Numbers, Path
from qops.drift.onset import Change
from qops.drift.series import digest, numbers
from qops.model.drift import DriftEntry, Epochs, Frozen
from qops.model.verdict import Outcome, Verdict

_AFTER_A_GAP = 10
"""From so many epochs after a gap on, what came since says enough."""


class Checked(msgspec.Struct, frozen=True):
    """A watch that was looked at: `alarms` are epochs of the whole series by direction; `changes` likewise.

    `undecided` says why nothing could be found out, where that is so. `since` is the first epoch after the baseline.
    """

    entry: DriftEntry
    epochs: Epochs
    baseline: Frozen | None
    verdicts: tuple[Verdict, ...]
    path: Path | None = None
    alarms: dict[str, int] = {}
    change: Change | None = None
    undecided: str = ""

    @property
    def since(self) -> int:
        """The first epoch after the baseline."""
        return self.baseline.begin + self.baseline.epochs if self.baseline else 0

    @property
    def calm(self) -> bool:
        """Whether there is nothing to be told of it."""
        return all(verdict.outcome is Outcome.PASS for verdict in self.verdicts)


class Pending(NamedTuple):
    """A watch whose epochs since the baseline are to be followed."""

    entry: DriftEntry
    epochs: Epochs
    baseline: Frozen
    verdicts: tuple[Verdict, ...]

    @property
    def since(self) -> int:
        """The first epoch after the baseline."""
        return self.baseline.begin + self.baseline.epochs

    @property
    def counts(self) -> tuple[Numbers, Numbers]:
        """Shots and successes since then."""
        return numbers(self.epochs.shots[self.since :]), numbers(self.epochs.successes[self.since :])


def begin(entry: DriftEntry, epochs: Epochs, baseline: Frozen | None, now: str) -> Pending | Checked:
    """What is to be followed, or, where nothing can be said, that and why.

    Args:
        entry: the watch.
        epochs: all of them.
        baseline: None where there is none yet.
        now: the time, ISO 8601.
    """
    late = tuple(_late(entry, epochs, now))
    because, hint = _undecidable(entry, epochs, baseline)
    if baseline is None or because:
        verdict = Verdict(entry.name, Outcome.INCONCLUSIVE, because, hint=hint)
        return Checked(entry, epochs, baseline, (verdict, *late), undecided=because)
    return Pending(entry, epochs, baseline, late)


def conclude(pending: Pending, path: Path) -> Checked:
    """Whether the rate is still that of the baseline, by the way of the chart."""
    entry, epochs, baseline, late = pending
    since = pending.since
    alarms = {direction: since + at for direction, at in path.alarms().items()}
    if not alarms:
        return Checked(entry, epochs, baseline, (_calm(entry, epochs, since, path), *late), path)
    found = onset.change(baseline, numbers(epochs.times_s[since:]), *pending.counts)
    moved = found._replace(onset=found.onset + since, earliest=found.earliest + since, latest=found.latest + since)
    verdict = _alarm(entry, epochs, baseline, path, alarms, moved)
    return Checked(entry, epochs, baseline, (verdict, *late), path, alarms, moved)


def _late(entry: DriftEntry, epochs: Epochs, now: str) -> Iterator[Verdict]:
    if entry.stale_after_s and len(epochs):
        verdict = staleness.verdict(entry.name, epochs.at[-1], now, entry.stale_after_s)
        if verdict.outcome is not Outcome.PASS:
            yield verdict
        recent = numbers(epochs.times_s[-_AFTER_A_GAP - 1 :])
        for place in np.flatnonzero(np.diff(recent) > entry.stale_after_s):
            at = len(epochs) - len(recent) + int(place)
            because = (
                f"no epoch came from {epochs.at[at]} to {epochs.at[at + 1]}, and {len(epochs) - 1 - at} since: "
                f"{_AFTER_A_GAP} say what happened in between"
            )
            yield Verdict(entry.name, Outcome.INCONCLUSIVE, because, hint=f"`qops drift run {entry.name}` counts one")


def _undecidable(entry: DriftEntry, epochs: Epochs, baseline: Frozen | None) -> tuple[str, str]:
    """Why nothing can be said, and the next step; both empty where something can."""
    if baseline is None:
        because = f"there is no baseline; {len(epochs)} of {entry.baseline} epochs are there"
        return because, f"`qops drift baseline {entry.name}`" if len(
            epochs
        ) else f"`qops drift record {entry.name} FILE`"
    end = baseline.begin + baseline.epochs
    if len(epochs) < end or digest(epochs, baseline.begin, end) != baseline.sha256:
        because = "the epochs of the baseline are not those that it was frozen from"
        step = f"`qops drift baseline {entry.name}`"
        return because, f"`dvc checkout series.dvc` brings them back; or freeze anew: {step}"
    if len(epochs) == end:
        return "no epoch has come since the baseline", f"`qops drift record {entry.name} FILE`"
    others = sorted({each for each in epochs.digest[end:] if each and baseline.digest and each != baseline.digest})
    if others:
        because = f"epochs are of another circuit, {others[0][:12]}; the baseline is of {baseline.digest[:12]}"
        return because, f"a new circuit needs a new baseline: `qops drift baseline {entry.name} --since TIME`"
    return "", ""


def _calm(entry: DriftEntry, epochs: Epochs, since: int, path: Path) -> Verdict:
    over = f"; an alarm of {epochs.at[since + place]} is over" if (place := path.first_over()) is not None else ""
    latest = float(path.statistic[:, -1].max())
    because = f"in control: {len(epochs) - since} epochs since the baseline, evidence {latest:.3g} of {path.limit:.4g}"
    return Verdict(entry.name, Outcome.PASS, because + over, latest, path.limit)


def _alarm(
    entry: DriftEntry, epochs: Epochs, baseline: Frozen, path: Path, alarms: dict[str, int], moved: Change
) -> Verdict:
    direction, at = min(alarms.items(), key=lambda alarm: alarm[1])
    because = (
        f"the rate went {direction}, from {baseline.rate:.4g} to {moved.rate:.4g} [{moved.low:.4g}, {moved.high:.4g}], "
        f"since {epochs.at[moved.onset]} (from {epochs.at[moved.earliest]} to {epochs.at[moved.latest]}), "
        f"as {'an' if moved.kind == 'oscillation' else 'a'} {moved.kind}; in alarm since {epochs.at[at]}"
    )
    together = "".join(f"; {what}" for what in changed_at(epochs, moved))
    return Verdict(entry.name, Outcome.FAIL, because + together, float(path.statistic.max()), path.limit)


def changed_at(epochs: Epochs, moved: Change) -> Iterator[str]:
    """What else changed where the rate did; of shots only if they were always the same before."""
    first, last = max(moved.earliest - 1, 0), min(moved.latest, len(epochs) - 1)
    for what, column in (("calibration", epochs.calibration), ("circuit", epochs.digest)):
        if len(set(column[first : last + 1])) > 1:
            yield f"the {what} changed then"
    if len(set(epochs.shots[: first + 1])) == 1 and len(set(epochs.shots[first : last + 1])) > 1:
        yield "the number of shots changed then"
