"""A diagnostic: a circuit that asks a device one question, and what share of its shots is to succeed."""

import msgspec

from qops.model.circuit import Circuit

KINDS = ("t1", "ramsey", "echo", "rb", "mirror-rb", "readout", "germs")


class Diagnostic(msgspec.Struct, frozen=True):
    """What is asked of which physical qubits.

    `delay_s` is how long a qubit is left alone, `length` how many random gates (`rb`) or layers (`mirror-rb`) there
    are, or up to how many gates a germ is repeated (`germs`), `circuits` how many random circuits share the shots; None
    for what suits the device. The same `seed` gives the same circuits.
    """

    kind: str
    qubits: tuple[int, ...]
    delay_s: float | None = None
    length: int | None = None
    circuits: int | None = None
    seed: int = 0


class Question(msgspec.Struct, frozen=True):
    """One circuit of a diagnostic, on physical qubits.

    `success` are the outcomes that count, bit 0 at the right. `duration_s` is what one shot takes by the device's own
    durations; `expected` the share that is to succeed by its calibration. Both are None where that does not say.
    """

    circuit: Circuit
    success: tuple[str, ...]
    duration_s: float | None
    expected: float | None
