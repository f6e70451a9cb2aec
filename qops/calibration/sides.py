"""The two sides of a comparison, and a backend's history: calibrations from wherever the user says they are."""

from pathlib import Path

import msgspec

from qops.errors import EnvironmentFault, InconclusiveError, InputError
from qops.formats import calibration_json, exact_json, target_json
from qops.formats.kept_target import Targets
from qops.model.calibration import Calibration, of_target
from qops.model.manifest import Manifest
from qops.model.ports import Ports
from qops.model.snapshot import CalibrationRecord
from qops.model.spelling import did_you_mean
from qops.recorded import records, repository
from qops.recorded.repository import LOCK

_LONGEST_HISTORY = 30


class Side(msgspec.Struct, frozen=True):
    """A calibration, how the user called it, and the backend of the manifest that it is of, if it is of one."""

    label: str
    calibration: Calibration
    backend: str = ""


def side(ports: Ports, targets: Targets, declaration: Manifest, text: str) -> Side:
    """The calibration that is called `NAME` (as it is known now), `NAME@REV`, `REV:PATH`, or by a file's path.

    Raises:
        InconclusiveError: no calibration of the backend was recorded at the revision.
        InputError: there is no such backend or file, or it holds something else.
    """
    name, at, revision = text.partition("@")
    if name in declaration.backends:
        if at:
            return Side(text, _recorded(ports, name, revision), name)
        return Side(text, of_target(targets.get(declaration.backends[name]).target()), name)
    data = ports.anywhere.read(Path(text))
    if data is None:
        data = _at_revision(ports, declaration, text)
    return Side(text, _read(data, text))


def _recorded(ports: Ports, name: str, revision: str) -> Calibration:
    commit = ports.history.resolve(revision)
    snapshot = repository.recorded_at(ports.history, commit)
    record = snapshot.calibrations.get(name) if snapshot else None
    if snapshot is None or record is None:
        hint = "`qops snapshot` records the calibrations of the backends whose targets are at hand"
        raise InconclusiveError(f"no calibration of `{name}` was recorded at {revision}", hint=hint)
    return _kept(ports, snapshot.store, record)


def _kept(ports: Ports, store: str, record: CalibrationRecord) -> Calibration:
    path = records.calibration(record.name)
    calibration = calibration_json.read(ports.store(store).read(path, record.file), path)
    if calibration_json.identity(calibration) != record.identity:
        hint = "the lock and the store do not belong together; check out both at one revision"
        raise EnvironmentFault(f"the stored calibration of `{record.name}` is not the one that was recorded", hint=hint)
    return calibration


def _at_revision(ports: Ports, declaration: Manifest, text: str) -> bytes:
    revision, colon, path = text.partition(":")
    if not colon:
        hint = did_you_mean(text.partition("@")[0], declaration.backends)
        raise InputError(f"{text} is neither a backend of the manifest nor a file", hint=hint)
    data = ports.history.read(ports.history.resolve(revision), path)
    if data is None:
        raise InputError(f"there is no {path} at {revision}", hint="the path counts from the repository's top")
    return data


def _read(data: bytes, file: str) -> Calibration:
    """The calibration in a file, or that of the target in it."""
    if exact_json.kind_of(data) == target_json.KIND:
        return of_target(target_json.read(data, file))
    return calibration_json.read(data, file)


def history(ports: Ports, name: str) -> tuple[Calibration, ...]:
    """The calibrations of a backend that snapshots recorded, those that are at hand, oldest first."""
    head = ports.history.head()
    found: dict[str, Calibration] = {}
    for commit in ports.history.log(LOCK, head, _LONGEST_HISTORY) if head else ():
        try:
            snapshot = repository.recorded_at(ports.history, commit.revision)
            record = snapshot.calibrations.get(name) if snapshot else None
            if snapshot and record and record.identity not in found:
                found[record.identity] = _kept(ports, snapshot.store, record)
        except (InputError, EnvironmentFault):  # what cannot be had says nothing about what is usual
            continue
    return tuple(sorted(found.values(), key=lambda calibration: calibration.captured_at))
