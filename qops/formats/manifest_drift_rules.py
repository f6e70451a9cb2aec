"""What a value of the manifest's `drift` may be, one rule a function."""

import math
import re

from qops.formats.located_values import Objection
from qops.formats.manifest_rules import NAME_PART, circuit_name

RESERVED = (
    "plan",
    "run",
    "record",
    "baseline",
    "check",
    "spectrum",
    "calibrate",
    "watch",
    "simulate",
    "trigger",
    "outcomes",
    "gates",
)
NAME = NAME_PART.replace("_-]", "_*-]").replace("[A-Za-z0-9_]", "[A-Za-z0-9_*]")
"""With a `*` anywhere; how many there may be, the rule says."""
FEWEST_EPOCHS = 20
MOST_EPOCHS = 100_000
SPAN = r"(\d+(?:\.\d+)?)(s|min|h|d)"
_UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


def name(text: str) -> Objection | None:
    """The name of a watch: a directory, of one part; with one `*`, that of one for each circuit that matches."""
    if text in RESERVED:
        return Objection("is a command of `qops drift`, and no name", "choose another name")
    text = text.replace("*", "x", 1)
    if "/" in text or "*" in text:
        return Objection("is not a name for a watch", "letters, digits and `._-` make a name")
    objection = circuit_name(text)
    return Objection(objection.cause.replace("circuit", "watch"), objection.hint) if objection else None


def span(text: str) -> Objection | None:
    """A length of time."""
    good = re.fullmatch(SPAN, text)
    return None if good else Objection("is no length of time", "a number and a unit: `90s`, `10min`, `2h`, `1d`")


def seconds(text: str) -> float:
    """A length of time in seconds.

    >>> seconds("2h"), seconds("0.5min")
    (7200.0, 30.0)
    """
    found = re.fullmatch(SPAN, text)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def run_length(number: float) -> Objection | None:
    """How many epochs between false alarms."""
    if math.isfinite(number) and number >= 10:
        return None
    return Objection("epochs between false alarms are too few", "1000 is a good number, 10 the least")


def baseline(number: int) -> Objection | None:
    """How many epochs of a baseline."""
    if number < FEWEST_EPOCHS:
        return Objection(f"epochs are too few for a baseline: {FEWEST_EPOCHS} are the least", "100 are a good number")
    return None if number <= MOST_EPOCHS else Objection(f"epochs are too many: {MOST_EPOCHS:,} are the most")


def count(number: int) -> Objection | None:
    """How often."""
    return None if 0 <= number <= 1000 else Objection("is not from 0 to 1000")
