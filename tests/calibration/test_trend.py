"""Numbers that change for good: on made histories, and on those of real devices."""

import csv
import gzip
import math
from collections import defaultdict
from random import Random
from statistics import fmean

import msgspec
import pytest
from support.data import REPOSITORY
from support.project import FILES, Project
from support.targets import LINE

from qops.calibration import trend
from qops.calibration.values import Parameter
from qops.errors import InputError
from qops.model.calibration import Calibration, GateCalibration, QubitCalibration, of_target
from qops.model.verdict import Outcome

DATA = REPOSITORY.parent / "shared" / "data" / "ibm-backend-properties"
OLD = "ibm_backend_properties.csv.gz"
UNITS = {"us": 1e-6, "µs": 1e-6, "ns": 1e-9, "s": 1.0}

needs_history = pytest.mark.skipif(not DATA.is_dir(), reason="the devices on record are not beside the repository")


def days(number: int, seed: int, worse: float = 0.0) -> list[Calibration]:
    """Calibrations whose numbers jump by a fifth; T1 of qubit 0 falls besides."""
    chance, first = Random(seed), of_target(LINE)

    def jumped(value: float | None, trend: float = 0.0) -> float | None:
        return None if value is None else value * math.exp(chance.gauss(0, 0.2) + trend)

    found = []
    for day in range(number):
        qubits = tuple(
            msgspec.structs.replace(each, t1_s=jumped(1e-4, -worse * day if place == 0 else 0.0), t2_s=jumped(1e-4))
            for place, each in enumerate(first.qubits)
        )
        gates = tuple(msgspec.structs.replace(each, error=jumped(each.error)) for each in first.gates)
        moment = f"2026-01-{day + 1:02}T00:00:00Z"
        found.append(msgspec.structs.replace(first, captured_at=moment, qubits=qubits, gates=gates))
    return found


def test_jumps_to_and_fro_are_no_trend() -> None:
    alarms = 0
    for seed in range(60):
        report = trend.describe("line", 15, trend.trends(days(15, seed)), 20)
        alarms += report.verdicts[0].outcome is Outcome.FAIL
    assert alarms <= 12  # 6 are expected at most; more than 12 come by chance once in 200


def test_what_falls_steadily_is_named() -> None:
    report = trend.describe("line", 20, trend.trends(days(20, 1, worse=0.3)), 20)
    assert report.verdicts[0].outcome is Outcome.FAIL
    first = report.tables[0].rows[0]
    assert first[:3] == ("qubit 0", "T1", 20)
    assert first[5] == "worse"


def test_few_calibrations_are_inconclusive() -> None:
    report = trend.describe("line", 4, trend.trends(days(4, 1)), 20)
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE


def test_a_value_that_was_not_measured_anew_counts_once() -> None:
    same = days(6, 1)
    assert trend.trends(same) == trend.trends([each for each in same for _ in range(3)])


def test_it_is_told_of_a_backend_of_the_manifest() -> None:
    project = Project({**FILES, "qops.yaml": "version: 1\nbackends:\n  line: {kind: generic, qubits: 2, seed: 1}\n"})
    with pytest.raises(InputError, match="no backend is called `lime`"):
        trend.run(project.ports, "lime", 20)
    report = trend.run(project.ports, "line", 20)
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE
    assert "0 calibrations are recorded" in report.verdicts[0].because


def on_record() -> dict[str, list[Calibration]]:
    """Every device on record, its calibrations oldest first."""
    cells: defaultdict[tuple[str, str], dict[tuple[str, str, str], float]] = defaultdict(dict)
    with gzip.open(DATA / OLD, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            value = float(row["value"]) if row["value"] else math.nan
            if math.isfinite(value) and value > 0:
                place = (row["kind"], row["qubits"], row["parameter"])
                cells[row["backend"], row["last_update_date"]][place] = value * UNITS.get(row["unit"], 1.0)
    found: defaultdict[str, list[Calibration]] = defaultdict(list)
    for (backend, moment), numbers in sorted(cells.items()):
        found[backend].append(_calibration(backend, moment, numbers))
    return found


def _calibration(backend: str, moment: str, numbers: dict[tuple[str, str, str], float]) -> Calibration:
    width = 1 + max((int(qubits) for kind, qubits, _ in numbers if kind == "qubit"), default=-1)
    qubits = tuple(
        QubitCalibration(
            *(numbers.get(("qubit", str(each), name)) for name in ("T1", "T2")),
            readout_error=numbers.get(("qubit", str(each), "readout_error")),
        )
        for each in range(width)
    )
    gates = tuple(
        GateCalibration(kind, tuple(map(int, places.split("_"))), value)
        for (kind, places, name), value in sorted(numbers.items())
        if name == "gate_error" and places
    )
    return Calibration(backend, moment, qubits, gates)


@needs_history
def test_real_devices_are_a_fleet_and_shuffled_ones_are_silent() -> None:
    """Of 22 devices with five to eleven calibrations each, none has changed for good that could be told by their order.

    While order tells nothing an e-value is 1 on average: so it is, with the calibrations as they came and shuffled.
    """
    chance, wholes = Random(7), []
    for name, calibrations in on_record().items():
        for order in (calibrations, chance.sample(calibrations, len(calibrations))):
            if found := trend.trends(order):
                report = trend.describe(name, len(order), found, 20)
                assert report.verdicts[0].outcome is Outcome.PASS
                wholes.append(report.data["evidence"])
    assert len(wholes) == 44
    assert 0.9 < fmean(wholes[1::2]) < 1.1
    assert 0.9 < fmean(wholes[::2]) < 1.5


@needs_history
def test_a_real_history_has_its_numbers() -> None:
    found = {each.parameter: each for each in trend.trends(on_record()["armonk"])}
    assert Parameter("T1", "", (0,)) in found
    assert all(1e-6 < value < 1e-2 for value in found[Parameter("T1", "", (0,))].values)
