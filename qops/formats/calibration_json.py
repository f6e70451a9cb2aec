"""A calibration as JSON: one row a qubit and a gate, exact, the same bytes for the same calibration; and its identity.

A qubit's row is `[T1, T2, readout error]`, a gate's `[gate, qubits, error, duration]`; times are in seconds, and `null`
is what was not measured.
"""

from collections.abc import Iterator

import msgspec

from qops.formats import exact_json
from qops.formats.exact_json import Fault, Format, Head
from qops.formats.rows import quoted, row
from qops.formats.target_json import Duration, Moment, Probability, Qubit
from qops.model.calibration import Calibration, GateCalibration, QubitCalibration
from qops.model.digest import to_bytes, to_hex

KIND = "calibration"

QubitRow = tuple[Duration | None, Duration | None, Probability | None]
GateRow = tuple[str, tuple[Qubit, ...], Probability | None, Duration | None]


class CalibrationFile(Head, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    backend: str
    qubits: tuple[QubitRow, ...]
    gates: tuple[GateRow, ...]
    captured_at: Moment = ""


def write(calibration: Calibration) -> bytes:
    """The file of a calibration."""
    qubits = ",\n".join(row((each.t1_s, each.t2_s, each.readout_error)) for each in calibration.qubits)
    gates = ",\n".join(row((each.gate, each.qubits, each.error, each.duration_s)) for each in calibration.gates)
    lines = [
        "{",
        f'"schema_version": {exact_json.VERSION},',
        f'"kind": "{KIND}",',
        f'"backend": {quoted(calibration.backend)},',
        f'"captured_at": {quoted(calibration.captured_at)},',
        f'"qubits": [\n{qubits}\n],',
        f'"gates": [\n{gates}\n]',
        "}",
    ]
    return to_bytes("\n".join(lines) + "\n")


def read(data: bytes, file: str) -> Calibration:
    """The calibration in a file called `file`.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`, each with line and column.
    """
    return _calibration(exact_json.read(data, file, _FORMAT))


def _calibration(content: CalibrationFile) -> Calibration:
    gates = sorted(content.gates, key=lambda gate: gate[:2])
    return Calibration(
        backend=content.backend,
        captured_at=content.captured_at,
        qubits=tuple(QubitCalibration(*qubit) for qubit in content.qubits),
        gates=tuple(GateCalibration(*gate) for gate in gates),
    )


def _faults(content: CalibrationFile) -> Iterator[Fault]:
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for at, (gate, qubits, *_) in enumerate(content.gates):
        if (gate, qubits) in seen:
            yield Fault(("gates", at), f"`{gate}` is at {list(qubits)} for the second time", "keep one of them")
        seen.add((gate, qubits))
        if qubits and max(qubits) >= len(content.qubits):
            cause = f"there is no qubit {max(qubits)}: the {KIND} has {len(content.qubits)}"
            yield Fault(("gates", at), cause, "qubits are counted from 0")


_FORMAT = Format(KIND, CalibrationFile, _faults, lambda content: write(_calibration(content)))


def identity(calibration: Calibration) -> str:
    """The digest of what was measured, and when; not of the device's name.

    Its ladder is value → text → bytes → hexadecimal digits; the text is the file, the name left empty, under a first
    line with the version of the ladder.
    """
    nameless = msgspec.structs.replace(calibration, backend="")
    return to_hex(b"qops calibration 1\n" + write(nameless))
