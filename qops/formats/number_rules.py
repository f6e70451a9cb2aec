"""What a number of a target or a calibration may be, one rule a function, for messages; msgspec enforces the same."""

import math
import re
from collections.abc import Callable

from qops.formats.located_values import Objection

MOMENT = r"^(?:[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](?:\.[0-9]{1,9})?Z)?\Z"


def qubit(number: int) -> Objection | None:
    """The number of a qubit."""
    return None if number >= 0 else Objection("is no qubit", "qubits are counted from 0")


def count(number: int) -> Objection | None:
    """How many qubits an instruction takes."""
    return None if number >= 0 else Objection("is no number of qubits", "0 stands for any number")


def qubit_count(most: int) -> Callable[[int], Objection | None]:
    """How many qubits a device may have."""
    return lambda number: None if 0 <= number <= most else Objection(f"is no number of qubits from 0 to {most}")


def step(number: int) -> Objection | None:
    """A number of units of time."""
    return None if number >= 1 else Objection("is no number of steps", "1 is the least")


def probability(number: float) -> Objection | None:
    """An error rate."""
    return None if 0 <= number <= 1 else Objection("is no probability", "an error is a number from 0 to 1")


def duration(number: float) -> Objection | None:
    """A time in seconds."""
    if not math.isfinite(number):
        return Objection("is not a finite number")
    return None if number >= 0 else Objection("is no duration", "write it in seconds, from 0 up")


def finite(number: float) -> Objection | None:
    """Any number but those that are none."""
    return None if math.isfinite(number) else Objection("is not a finite number")


def moment(text: str) -> Objection | None:
    """A time in UTC, or nothing."""
    return None if re.search(MOMENT, text) else Objection("is no time in UTC", "write 2026-01-31T12:00:00Z")
