"""`qops drift outcomes`: whether all outcomes of a circuit still come as often as they did, from counts in a file."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qops.drift.ports import DriftPorts
from qops.errors import InconclusiveError, InputError
from qops.formats import epochs_json
from qops.formats.epochs_json import Counted
from qops.model.report import Curve, Limit, Mark, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.where import Where
from qops.stats.sequential import outcomes
from qops.stats.sequential.outcomes import Counts, Step

_MOST_OUTCOMES = 4096
_SHOWN = 8


def run(ports: DriftPorts, file: str, first: int, run_length: float, seed: int) -> Report:
    """Compare each epoch of a file, from the `first`-th on, with all before it.

    Raises:
        InputError: the file is wrong, or has too many different outcomes.
        InconclusiveError: it has too few epochs.
    """
    data = ports.base.anywhere.read(Path(file))
    if data is None:
        raise InputError(f"there is no file {file}", where=Where(file))
    epochs = epochs_json.counted(data, file)
    if len(epochs) <= first:
        hint = "`--baseline N` compares with fewer"
        raise InconclusiveError(
            f"{len(epochs)} epochs are too few: {first} come before the first comparison", hint=hint
        )
    names = sorted({word for each in epochs for word in each.counts})
    if len(names) > _MOST_OUTCOMES:
        hint = "make fewer of them first, by bits that matter"
        raise InputError(f"{len(names):,} different outcomes are too many", where=Where(file), hint=hint)
    table = np.array([[each.counts.get(name, 0) for name in names] for each in epochs], dtype=np.int64)
    steps = list(outcomes.steps(table, first, seed))
    return _report(file, epochs[first:], steps, run_length, _moved(names, table, first, steps, run_length))


def _moved(
    names: Sequence[str], table: Counts, first: int, steps: Sequence[Step], run_length: float
) -> list[tuple[str, float, float]]:
    """After an alarm, the outcomes whose shares moved most: before the epochs that were compared, and in the last."""
    if max(step.evidence for step in steps) < run_length:
        return []
    old, new = table[:first].sum(axis=0), table[-max(1, min(first, len(steps) // 2)) :].sum(axis=0)
    before, after = old / old.sum(), new / new.sum()
    order = np.argsort(-np.abs(after - before))[:_SHOWN]
    return [(names[at], float(before[at]), float(after[at])) for at in order]


def _report(
    file: str,
    epochs: Sequence[Counted],
    steps: Sequence[Step],
    run_length: float,
    moved: list[tuple[str, float, float]],
) -> Report:
    alarm = next((at for at, step in enumerate(steps) if step.evidence >= run_length), None)
    rows = tuple((name, f"{before:.4g}", f"{after:.4g}", f"{after - before:+.4g}") for name, before, after in moved)
    columns = ("outcome", "before", "lately", "difference")
    return Report(
        command="drift outcomes",
        title="Drift of outcomes",
        sections=(Section(file, (), plots=_plots(steps, run_length, alarm)),),
        tables=(Table("moved most", columns, rows, columns[1:]),) if rows else (),
        verdicts=(_verdict(file, epochs, steps, run_length, alarm),),
        summary=f"{len(steps)} epochs, each beside all before it",
        data={
            "run_length": run_length,
            "alarm": None if alarm is None else epochs[alarm].at,
            "epochs": [{"at": each.at, **step._asdict()} for each, step in zip(epochs, steps, strict=True)],
        },
    )


def _plots(steps: Sequence[Step], run_length: float, alarm: int | None) -> tuple[Plot, ...]:
    x = tuple(float(place) for place in range(len(steps)))
    marks = () if alarm is None else (Mark(x[alarm], "alarm", "alarm"),)
    distances = (
        Curve("Hellinger", tuple(step.hellinger for step in steps)),
        Curve("by shots alone, nine in ten", tuple(step.usual for step in steps)),
    )
    evidence = (Curve("evidence", tuple(step.evidence for step in steps)),)
    limits = (Limit("alarm", run_length),)
    return (
        Plot("distance from all epochs before", x, distances, (), marks, "epoch", "distance"),
        Plot("evidence", x, evidence, limits, marks, "epoch", "evidence", logarithmic=True),
    )


def _verdict(
    file: str, epochs: Sequence[Counted], steps: Sequence[Step], run_length: float, alarm: int | None
) -> Verdict:
    stated = f"{run_length:g} epochs on average, at least, to a false alarm, if shots are independent"
    last = steps[-1]
    if alarm is None:
        because = f"in control: evidence {last.evidence:.3g} of {run_length:g}; {stated}"
        return Verdict(file, Outcome.PASS, because, last.evidence, run_length)
    because = (
        f"the outcomes changed: in alarm since {epochs[alarm].at}; now {last.hellinger:.3g} away (Hellinger), "
        f"{last.total_variation:.3g} in total variation, where shots alone make {last.usual:.3g}; {stated}"
    )
    return Verdict(file, Outcome.FAIL, because, last.evidence, run_length)
