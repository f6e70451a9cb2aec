"""`qops drift baseline`: freeze what the series was like while it was well."""

from datetime import datetime

from qops.drift import baselines, entries
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles, digest, numbers
from qops.errors import InconclusiveError, InputError
from qops.model.drift import DriftEntry, Epochs, Frozen
from qops.model.report import Cell, Report
from qops.model.verdict import Outcome, Verdict


def run(ports: DriftPorts, name: str, since: str | None, *, force: bool = False) -> Report:
    """Freeze the first epochs, or the first from a time on, as the baseline of a watch.

    Args:
        ports: the doors to the world.
        name: of the watch.
        since: the time from which epochs count; None for the beginning.
        force: freeze it though it drifts, or its epochs hang together.

    Raises:
        InconclusiveError: there are too few epochs, or without `force` they are no baseline.
        InputError: there is no such watch, or the time is none.
    """
    _, (entry,) = entries.declared(ports.base.tree, [name])
    with ports.base.exclusive():
        series = ports.base.series()
        files = WatchFiles(series, name)
        epochs, before = files.epochs(), files.baseline()
        begin = _begin(epochs, since)
        baseline = frozen(entry, epochs, begin, force=force)
        files.freeze(baseline)
        saved = series.save()
        ports.base.history.stage(saved.staged)
    return _report(entry, baseline, before)


def _begin(epochs: Epochs, since: str | None) -> int:
    if since is None:
        return 0
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputError(f"`{since}` is no time with an offset", hint="for example 2026-01-31T12:00:00Z")
    return sum(time < moment.timestamp() for time in epochs.times_s)


def frozen(entry: DriftEntry, epochs: Epochs, begin: int, *, force: bool) -> Frozen:
    """The baseline that these epochs make, from the `begin`-th on.

    Raises:
        InconclusiveError: there are too few, or without `force` they are no baseline.
    """
    end = min(len(epochs), begin + entry.baseline)
    if end - begin < baselines.FEWEST:
        raise InconclusiveError(
            f"{end - begin} epochs are too few for a baseline: {baselines.FEWEST} are the least",
            hint=f"`qops drift record {entry.name} FILE` adds more",
        )
    shots, successes = numbers(epochs.shots[begin:end]), numbers(epochs.successes[begin:end])
    rate = baselines.estimate(shots, successes)
    objections = tuple(baselines.objections(rate, numbers(epochs.times_s[begin:end]), shots, successes))
    circuits = {each for each in epochs.digest[begin:end] if each}
    if len(circuits) > 1:
        objections = (*objections, f"it is of {len(circuits)} different circuits")
    if objections and not force:
        hint = "wait until it is steady; `--since TIME` begins later, `--force` freezes it as it is"
        raise InconclusiveError(f"these epochs are no baseline: {'; '.join(objections)}", hint=hint)
    guarded = end - begin < baselines.GUARDED
    return Frozen(
        watch=entry.name,
        begin=begin,
        epochs=end - begin,
        first=epochs.at[begin],
        last=epochs.at[end - 1],
        sha256=digest(epochs, begin, end),
        rate=rate.rate,
        between=rate.between,
        low=rate.low if guarded else rate.rate,
        high=rate.high if guarded else rate.rate,
        confidence=baselines.CONFIDENCE,
        shots=baselines.frozen_shots(shots),
        guarded=guarded,
        digest=next(iter(sorted(circuits)), ""),
        calibrations=tuple(sorted({each for each in epochs.calibration[begin:end] if each})),
        forced=objections,
    )


def _report(entry: DriftEntry, frozen: Frozen, before: Frozen | None) -> Report:
    facts: list[tuple[str, Cell]] = [
        ("epochs", f"{frozen.epochs}, from {frozen.first} to {frozen.last}"),
        ("rate", f"{frozen.rate:.6g}"),
        ("between epochs", f"{frozen.between:.3g}" if frozen.between else "no more than shots explain"),
        ("held against", f"{frozen.low:.6g} to {frozen.high:.6g}" if frozen.guarded else "the rate itself"),
    ]
    if len(frozen.calibrations) > 1:
        facts.append(("calibrations", f"{len(frozen.calibrations)} different ones"))
    if before and before.sha256 != frozen.sha256:
        facts.append(("instead of", f"{before.rate:.6g}, from {before.first} to {before.last}"))
    few = frozen.epochs < baselines.FEW
    because = f"frozen from {frozen.epochs} epochs" + (f"; with {baselines.FEW} it sees more" if few else "")
    verdicts = (Verdict(entry.name, Outcome.PASS, because),)
    if frozen.forced:
        verdicts = (Verdict(entry.name, Outcome.INCONCLUSIVE, f"frozen by force: {'; '.join(frozen.forced)}"),)
    return Report(
        command="drift baseline",
        title=f"Baseline of {entry.name}",
        facts=tuple(facts),
        verdicts=verdicts,
        data={"watch": entry.name, "rate": frozen.rate, "between": frozen.between, "sha256": frozen.sha256},
    )
