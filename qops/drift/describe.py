"""What `qops drift check` says, with the charts. Pure."""

from collections.abc import Iterator, Sequence
from statistics import median

from qops.drift.charts.path import DIRECTIONS
from qops.drift.judge import Checked
from qops.model.report import Curve, Limit, Line, Mark, Plot, Report, Section
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

_MARKED_CALIBRATIONS = 12
_MOST_DRAWN = 6
_MOST_CALM = 20
"""Of more than these, watches in control are told of by their number; the JSON has them all."""


def describe(checked: Sequence[Checked]) -> Report:
    """One section a watch, alarms first; the first few of those that are not calm are drawn."""
    ordered = sorted(checked, key=lambda each: (not each.alarms, not each.undecided))
    calm = [each for each in ordered if each.calm]
    shown = ordered if len(calm) <= _MOST_CALM else [each for each in ordered if not each.calm]
    alarms = sum(bool(each.alarms) for each in checked)
    undecided = sum(bool(each.undecided) for each in checked)
    return Report(
        command="drift check",
        title="Drift",
        sections=tuple(
            _section(each, drawn=number < _MOST_DRAWN and (bool(each.alarms) or len(checked) == 1))
            for number, each in enumerate(shown)
        ),
        verdicts=(*(verdict for each in shown for verdict in each.verdicts), *_together(calm)),
        summary=f"{len(checked)} watched, {alarms} in alarm, {undecided} undecided",
        data={"watches": {each.entry.name: _data(each) for each in ordered}},
    )


def _together(calm: Sequence[Checked]) -> Iterator[Verdict]:
    """One verdict in place of many."""
    if len(calm) > _MOST_CALM:
        name, latest = max(
            ((v.name, v.statistic or 0.0) for each in calm for v in each.verdicts), key=lambda each: each[1]
        )
        yield Verdict(f"{len(calm)} watches", Outcome.PASS, f"in control; the most evidence has {name}, {latest:.3g}")


def _section(each: Checked, *, drawn: bool) -> Section:
    plots = tuple(_plots(each)) if drawn and each.path else ()
    return Section(each.entry.name, tuple(Line(text) for text in _lines(each)), plots=plots)


def _lines(each: Checked) -> Iterator[str]:
    if each.epochs.torn:
        yield "a last line that was cut off was left out"
    if each.baseline is None:
        return
    between = f", {each.baseline.between:.3g} between epochs" if each.baseline.between else ""
    yield f"baseline: {each.baseline.rate:.5g}{between}, {each.baseline.epochs} epochs to {each.baseline.last}"
    if each.path:
        yield f"since then: {len(each.epochs) - each.since} epochs; {each.path.promise}"
    new = {one for one in each.epochs.calibration[each.since :] if one} - set(each.baseline.calibrations)
    if new and each.baseline.calibrations:
        yield (
            f"{counted(len(new), 'calibration')} since then; where a change is meant, "
            f"`qops drift baseline {each.entry.name} --since TIME` begins anew"
        )


def _plots(each: Checked) -> Iterator[Plot]:
    if each.path is None or each.baseline is None:
        return
    epochs, since = each.epochs, each.since
    rates = tuple(hit / shot for hit, shot in zip(epochs.successes, epochs.shots, strict=True))
    usual = median(epochs.shots)
    spread = 3 * (each.baseline.rate * (1 - each.baseline.rate) / usual + each.baseline.between**2) ** 0.5
    limits = (
        Limit("+3σ", min(1.0, each.baseline.rate + spread)),
        Limit("baseline", each.baseline.rate),
        Limit("-3σ", max(0.0, each.baseline.rate - spread)),
    )
    yield Plot(
        f"{each.entry.name}: share of successes",
        tuple(epochs.times_s),
        (Curve("rate", rates),),
        limits,
        tuple(_marks(each)),
        x_name="time, UTC",
        y_name="rate",
        times=True,
    )
    yield Plot(
        f"{each.entry.name}: evidence",
        tuple(epochs.times_s[since:]),
        tuple(
            Curve(direction, tuple(map(float, row)))
            for direction, row in zip(DIRECTIONS, each.path.statistic, strict=True)
        ),
        (Limit("alarm", each.path.limit),),
        tuple(mark for mark in _marks(each) if mark.kind == "alarm"),
        x_name="time, UTC",
        y_name="evidence",
        times=True,
        logarithmic=True,
    )


def _marks(each: Checked) -> Iterator[Mark]:
    times, calibrations = each.epochs.times_s, each.epochs.calibration
    changes = [at for at in range(1, len(times)) if calibrations[at] != calibrations[at - 1]]
    for at in changes[-_MARKED_CALIBRATIONS:]:
        yield Mark(times[at], "calibration")
    if each.change:
        yield Mark(times[each.change.onset], "onset", "onset")
    for direction, at in each.alarms.items():
        yield Mark(times[at], f"alarm {direction}", "alarm")


def _data(each: Checked) -> dict[str, object]:
    epochs = each.epochs
    found: dict[str, object] = {
        "epochs": len(epochs),
        "outcome": next((v.outcome.value for v in each.verdicts), Outcome.INCONCLUSIVE.value),
        "undecided": each.undecided,
        "alarms": {direction: epochs.at[at] for direction, at in each.alarms.items()},
    }
    if each.path:
        found |= {"evidence": [float(row[-1]) for row in each.path.statistic], "limit": each.path.limit}
    if each.change:
        found["change"] = {
            "onset": epochs.at[each.change.onset],
            "earliest": epochs.at[each.change.earliest],
            "latest": epochs.at[each.change.latest],
            "rate": each.change.rate,
            "interval": [each.change.low, each.change.high],
            "kind": each.change.kind,
        }
    return found
