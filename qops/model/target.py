"""A target: what a device can do, between which qubits, how well and how fast."""

import msgspec

from qops.model.angle import Symbol


class Place(msgspec.Struct, frozen=True):
    """Where an instruction can be applied; `error` is a probability, `duration_s` in seconds, None where not known."""

    qubits: tuple[int, ...]
    error: float | None = None
    duration_s: float | None = None


class Instruction(msgspec.Struct, frozen=True):
    """An instruction of a target, by the name that its circuits use.

    `gate` is the standard gate that it is, which differs from `name` where a target has variants of one (`rx_30`).
    `angles` are the numbers that it is fixed to, symbols where they are free. `bounds` are the least and greatest
    values of each angle in radians, None where all are allowed. `places` are sorted by qubits, and None for an
    instruction that is possible everywhere without error (control flow, or the gates of an ideal simulator);
    `qubit_count` is 0 where any number of qubits will do.
    """

    name: str
    gate: str
    qubit_count: int
    angles: tuple[float | Symbol, ...] = ()
    bounds: tuple[tuple[float, float] | None, ...] = ()
    places: tuple[Place, ...] | None = None


class QubitQuality(msgspec.Struct, frozen=True):
    """What is known of one qubit: relaxation and dephasing times in seconds, frequency in hertz."""

    t1_s: float | None = None
    t2_s: float | None = None
    frequency_hz: float | None = None


class Timing(msgspec.Struct, frozen=True):
    """In which steps of time a device counts, in units of its `dt`."""

    granularity: int = 1
    min_length: int = 1
    pulse_alignment: int = 1
    acquire_alignment: int = 1


class Target(msgspec.Struct, frozen=True):
    """All that compilation depends on.

    `backend` is the device's own name; `captured_at` is when its numbers were measured, ISO 8601 in UTC, empty for
    numbers of no time. `dt_s` is the device's unit of time in seconds.
    `qualities` has one entry a qubit, or none. `instructions` are sorted by name. `measured_together` are groups of
    qubits that can only be measured at once.
    """

    backend: str
    captured_at: str
    qubits: int
    instructions: tuple[Instruction, ...]
    qualities: tuple[QubitQuality, ...] = ()
    dt_s: float | None = None
    timing: Timing = Timing()
    measured_together: tuple[tuple[int, ...], ...] = ()
