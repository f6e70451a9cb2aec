"""`qops drift record`: epochs that were counted elsewhere, added to the series of a watch."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from qops.drift import entries
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles
from qops.errors import InputError
from qops.formats import epochs_csv, epochs_json, epochs_qiskit
from qops.model.drift import DriftEntry, Epochs
from qops.model.report import Report
from qops.model.where import Where
from qops.model.wording import counted


class Told(NamedTuple):
    """What a Qiskit result does not say of itself: when it was counted, and which of several circuits is meant."""

    at: str | None = None
    which: int | None = None


def run(ports: DriftPorts, name: str, file: str, told: Told | None = None, *, save: bool = False) -> Report:
    """Add the epochs of a file; those that are there already are passed over.

    Args:
        ports: the doors to the world.
        name: of the watch.
        file: CSV or JSON; by its name.
        told: what the file does not say.
        save: record the series with DVC.

    Raises:
        InputError: the file is wrong, an epoch is there with other counts, or it is older than the last one.
    """
    _, (entry,) = entries.declared(ports.base.tree, [name])
    data = ports.base.anywhere.read(Path(file))
    if data is None:
        raise InputError(f"there is no file {file}", where=Where(file))
    found = _found(data, file, entry, told or Told())
    with ports.base.exclusive():
        files = WatchFiles(ports.base.series(), name)
        known = files.epochs()
        begin = _first_new(entry, known, found, file)
        new = len(found) - begin
        if new:
            files.append(found, begin)
        facts = (("torn", "a last line that was cut off was left out"),) if found.torn else ()
        if save:
            saved = ports.base.series().save()
            ports.base.history.stage(saved.staged)
    return Report(
        command="drift record",
        title=f"Epochs of {name}",
        facts=facts,
        summary=f"{counted(new, 'new epoch')}, {counted(len(known) + new, 'epoch')} in all; in {files.place}",
        data={"watch": name, "new": new, "epochs": len(known) + new},
    )


def _found(data: bytes, file: str, entry: DriftEntry, told: Told) -> Epochs:
    if not file.endswith(".json"):
        return epochs_csv.read(data, file)
    try:
        content = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        content = None  # the reader below says why
    if epochs_qiskit.is_result(content):
        return epochs_json.epochs([epochs_qiskit.read(content, file, *told)], file, entry.success)
    return epochs_json.read(data, file, entry.success)


def _first_new(entry: DriftEntry, known: Epochs, found: Epochs, file: str) -> int:
    """How many of the found epochs are there already; they come first."""
    places = {at: place for place, at in enumerate(known.at)}
    for place, at in enumerate(found.at):
        where = Where(file, place + 2, 1)
        if at in places:
            there = places[at]
            if (known.shots[there], known.successes[there]) != (found.shots[place], found.successes[place]):
                cause = f"the epoch at {at} is there already, with {known.successes[there]} of {known.shots[there]}"
                raise InputError(cause, where=where, hint="two series under one name? Give each a watch of its own")
        elif known.times_s and found.times_s[place] <= known.times_s[-1]:
            cause = f"the epoch at {at} is older than the last of `{entry.name}`, {known.at[-1]}"
            raise InputError(cause, where=where, hint="epochs are recorded in the order of time")
        else:
            return place
    return len(found)
