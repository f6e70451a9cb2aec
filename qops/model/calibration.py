"""A calibration: how good a device was at a moment. It is data with versions of its own."""

import msgspec

from qops.model.target import Target


class QubitCalibration(msgspec.Struct, frozen=True):
    """One qubit: times in seconds, readout error as a probability; None where it was not measured."""

    t1_s: float | None = None
    t2_s: float | None = None
    readout_error: float | None = None


class GateCalibration(msgspec.Struct, frozen=True):
    """One gate at one place: error as a probability, duration in seconds; None where it was not measured."""

    gate: str
    qubits: tuple[int, ...]
    error: float | None = None
    duration_s: float | None = None


class Calibration(msgspec.Struct, frozen=True):
    """The calibration of a backend, measured at `captured_at` (ISO 8601, UTC; empty where no time is known).

    `qubits` has one entry a qubit; `gates` are sorted by gate and qubits.
    """

    backend: str
    captured_at: str
    qubits: tuple[QubitCalibration, ...]
    gates: tuple[GateCalibration, ...]


def of_target(target: Target) -> Calibration:
    """What a target knows of the moment: everything but what is possible at all.

    >>> of_target(Target("ideal", "", 1, ())).qubits
    (QubitCalibration(t1_s=None, t2_s=None, readout_error=None),)
    """
    places = [(instruction, place) for instruction in target.instructions for place in instruction.places or ()]
    readout = {place.qubits[0]: place.error for instruction, place in places if instruction.name == "measure"}
    qubits = tuple(
        QubitCalibration(quality.t1_s, quality.t2_s, readout.get(qubit))
        if (quality := target.qualities[qubit] if qubit < len(target.qualities) else None)
        else QubitCalibration(readout_error=readout.get(qubit))
        for qubit in range(target.qubits)
    )
    gates = tuple(
        GateCalibration(instruction.name, place.qubits, place.error, place.duration_s)
        for instruction, place in places
        if instruction.name != "measure" and (place.error is not None or place.duration_s is not None)
    )
    return Calibration(target.backend, target.captured_at, qubits, gates)
