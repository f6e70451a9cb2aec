"""The calibrations that a snapshot records: of the backends whose targets are at hand, or are always the same."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from qops.errors import EnvironmentFault
from qops.formats import calibration_json
from qops.formats.kept_target import Targets
from qops.model.calibration import Calibration, of_target
from qops.model.manifest import BackendEntry
from qops.model.report import Cell
from qops.model.snapshot import CalibrationRecord
from qops.recorded import records


class Calibrations(msgspec.Struct, frozen=True):
    """Those that are new, those that stay as they were recorded, and why others are not recorded."""

    fresh: dict[str, Calibration]
    kept: dict[str, CalibrationRecord]
    missing: dict[str, str]

    def contents(self) -> dict[str, bytes]:
        """The artifacts of the new ones by their paths inside the store."""
        return {records.calibration(name): calibration_json.write(one) for name, one in self.fresh.items()}

    def keep(self) -> dict[str, str]:
        """The artifacts that stay, by path, with their MD5."""
        return {records.calibration(name): record.file for name, record in self.kept.items()}

    def recorded(self, files: Mapping[str, str]) -> dict[str, CalibrationRecord]:
        """The records, once the store has named the artifacts."""
        fresh = {
            name: CalibrationRecord(
                name,
                calibration_json.identity(one),
                one.captured_at,
                len(one.qubits),
                files.get(records.calibration(name), ""),
            )
            for name, one in self.fresh.items()
        }
        return dict(sorted({**self.kept, **fresh}.items()))

    def facts(self) -> Iterator[tuple[str, Cell]]:
        """What the report says of them."""
        if self.fresh:
            yield "calibrations", f"new ones of {', '.join(sorted(self.fresh))}"
        for name, reason in self.missing.items():
            yield f"calibration of {name}", f"not recorded: {reason}"


def gather(
    backends: Iterable[BackendEntry],
    targets: Targets | None,
    before: Mapping[str, CalibrationRecord],
    declared: set[str],
) -> Calibrations:
    """The calibrations of backends; those that were recorded stay, as long as the manifest declares their backend.

    Raises:
        EnvironmentFault: what is at hand cannot be read; of a backend that cannot be opened the reason is told.
    """
    found: dict[str, Calibration] = {}
    missing: dict[str, str] = {}
    for entry in backends:
        if targets is None or not entry.keeps or entry.kind == "aer":  # its noise is another backend's
            continue
        target = targets.peek(entry)
        if target is None and entry.reproducible:
            try:
                target = targets.get(entry)
            except EnvironmentFault as fault:
                missing[entry.name] = fault.cause
        calibration = of_target(target.target()) if target else None
        if calibration and _says_something(calibration):
            found[entry.name] = calibration
    fresh = {name: one for name, one in found.items() if not _same(one, before.get(name))}
    kept = {name: record for name, record in before.items() if name in declared and name not in fresh}
    return Calibrations(fresh, kept, missing)


def _says_something(calibration: Calibration) -> bool:
    """Whether anything was measured; of an ideal simulator nothing is."""
    qubits = (value for qubit in calibration.qubits for value in (qubit.t1_s, qubit.t2_s, qubit.readout_error))
    return bool(calibration.gates) or any(value is not None for value in qubits)


def _same(calibration: Calibration, record: CalibrationRecord | None) -> bool:
    return record is not None and calibration_json.identity(calibration) == record.identity
