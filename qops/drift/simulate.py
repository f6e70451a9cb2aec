"""`qops drift simulate`: a rehearsal; what a check would say on a device that ages as is declared, or does not age."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from qops.circuits.success import costs
from qops.drift import charts, entries, ways
from qops.drift.describe import describe
from qops.drift.freeze import frozen
from qops.drift.judge import Checked, Pending, begin, conclude
from qops.drift.ports import DriftPorts
from qops.drift.run import job, refuse_unplaced
from qops.errors import InputError
from qops.formats import epochs_csv
from qops.formats.epochs_json import matches
from qops.model.drift import DriftEntry, Epochs
from qops.model.manifest import BackendEntry, Manifest
from qops.model.ports import Job
from qops.model.report import Cell, Report
from qops.model.wording import counted

KIND = "drifting"


class Rehearsal(NamedTuple):
    """`epochs` of them, `every_s` seconds apart; where `null`, on a device that does not age. `seed` of the shots."""

    epochs: int | None
    every_s: float
    seed: int
    null: bool


def run(ports: DriftPorts, name: str, wanted: Rehearsal, chart: str, to: Path | None) -> Report:
    """Count epochs of a watch along the path of its backend, freeze their baseline, and check the rest.

    Nothing of it enters the series of the watch; `to` is a file for the epochs.

    Raises:
        InputError: the backend of the watch is not `drifting`, or its circuit is not in the gates of the device.
        InconclusiveError: there are too few epochs for a baseline.
    """
    manifest, (entry,) = entries.declared(ports.base.tree, [name])
    backend = _backend(manifest, entry)
    epochs = _counted(ports, manifest, entry, backend, wanted)
    baseline = frozen(entry, epochs, 0, force=True)
    checked = begin(entry, epochs, baseline, epochs.at[-1])
    if isinstance(checked, Pending):
        checked = conclude(checked, *ways.follow([(charts.of_watch(entry, chart), checked)]))
    if to is not None:
        ports.base.anywhere.write(to, epochs_csv.HEADER + epochs_csv.lines(epochs))
    return msgspec.structs.replace(
        describe([checked]),
        command="drift simulate",
        title=f"Rehearsal of {name}",
        facts=tuple(_facts(checked, backend, wanted, to)),
        summary=f"{counted(len(epochs), 'epoch')}, none of them in the series of the watch",
    )


def _backend(manifest: Manifest, entry: DriftEntry) -> BackendEntry:
    backend = manifest.backends.get(entry.backend)
    if backend is None or backend.kind != KIND:
        hint = f"declare one of `kind: {KIND}`, with `noise_from`, `start` and `path`"
        raise InputError(f"the watch `{entry.name}` has no backend that ages", where=entry.where, hint=hint)
    return backend


def _counted(
    ports: DriftPorts, manifest: Manifest, entry: DriftEntry, backend: BackendEntry, wanted: Rehearsal
) -> Epochs:
    circuit, digest, _ = job(ports, manifest, entry)
    number = wanted.epochs or 2 * entry.baseline
    times = [place * wanted.every_s for place in range(number)]
    jobs = [Job(circuit, entry.shots, wanted.seed + place) for place in range(number)]
    aged = ports.aged(msgspec.structs.replace(backend, path=()) if wanted.null else backend)
    refuse_unplaced(entry, circuit, costs(aged.target()))
    ran = [aged.at(time).run([each])[0] for time, each in zip(times, jobs, strict=True)]
    start = datetime.fromisoformat(backend.start)
    at = [start + timedelta(seconds=time) for time in times]
    return Epochs(
        tuple(each.isoformat().replace("+00:00", "Z") for each in at),
        tuple(each.timestamp() for each in at),
        tuple(sum(each.counts.values()) for each in ran),
        tuple(sum(n for word, n in each.counts.items() if matches(word, entry.success)) for each in ran),
        tuple(each.calibration for each in ran),
        (digest,) * number,
        tuple(each.job for each in ran),
    )


def _facts(checked: Checked, backend: BackendEntry, wanted: Rehearsal, to: Path | None) -> list[tuple[str, Cell]]:
    begins = [motion.at_s for motion in backend.path if not wanted.null]
    onset = next((at for at in range(len(checked.epochs)) if begins and at * wanted.every_s >= min(begins)), None)
    moves = "nothing moves" if not begins else f"moves from {min(begins):g} s on"
    facts: list[tuple[str, Cell]] = [("device", f"{backend.name}, as {backend.noise_from}; {moves}")]
    if onset is not None and onset < checked.since:
        facts.append(("beware", "it moves within the baseline already: say more `--epochs`, or let it begin later"))
    elif onset is not None and checked.alarms:
        facts.append(("seen after", counted(min(checked.alarms.values()) - onset + 1, "epoch")))
    if checked.baseline and checked.baseline.forced:
        facts.append(("baseline", f"would be refused: {'; '.join(checked.baseline.forced)}"))
    if to is not None:
        facts.append(("epochs", str(to)))
    return facts
