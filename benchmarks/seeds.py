"""What Qiskit made of ten circuits on two devices at three levels, seed by seed, as `seed_record.py` wrote it down."""

import json
import math
from pathlib import Path

from qops.transpile.calibrate import Recorded
from qops.transpile.metrics import FAULTY
from qops.transpile.regression import Values

FILE = Path(__file__).with_name("seeds.json")
DEVICES = ("FakeTorino", "FakeSherbrooke")


def recorded(device: str) -> Recorded:
    """The rows of one device, on the gate's scale."""
    rows = [row for row in json.loads(FILE.read_text())["rows"] if row["backend"] == device]
    return {(row["circuit"], row["backend"], row["level"]): _metrics(row) for row in rows}


def _metrics(row: dict[str, list[float]]) -> dict[str, Values]:
    success = zip(row["log_success"], row["faulty"], strict=True)
    return {
        "two_qubit": dict(enumerate(map(math.log, row["two_qubit"]))),
        "two_qubit_depth": dict(enumerate(map(math.log, row["two_qubit_depth"]))),
        "log_success": dict(enumerate(faulty * FAULTY - sound for sound, faulty in success)),
    }
