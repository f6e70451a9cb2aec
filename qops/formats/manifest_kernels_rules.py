"""What a value of a kernel, or of a comparison of two samples, may be; one rule a function."""

import math
import re

from qops.formats import manifest_rules
from qops.formats.located_values import Objection
from qops.model.kernels import CLASSICAL
from qops.model.spelling import did_you_mean

MOST_QUBITS = 20
MOST_ROWS = 1_000_000
_TEST = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def kind(name: str) -> Objection | None:
    """A classical kernel."""
    if name in CLASSICAL:
        return None
    hint = did_you_mean(name, CLASSICAL) or f"they are {', '.join(CLASSICAL)}; a quantum one is `{{map: zz}}`"
    return Objection("is no classical kernel", hint)


def qubits(number: int) -> Objection | None:
    """How many qubits a feature map has."""
    good = 1 <= number <= MOST_QUBITS
    return None if good else Objection(f"is no number of qubits from 1 to {MOST_QUBITS}", "each takes one column")


def count(number: int) -> Objection | None:
    """A number of repetitions, rows or shots."""
    return None if 1 <= number <= MOST_ROWS else Objection(f"is no number from 1 to {MOST_ROWS:,}")


def from_nought(number: int) -> Objection | None:
    """A number that may be nought."""
    return None if 0 <= number <= MOST_ROWS else Objection(f"is no number from 0 to {MOST_ROWS:,}")


def permutations(number: int) -> Objection | None:
    """How many permutations: with fewer than 19 no p-value reaches 0.05."""
    good = 19 <= number <= 100_000
    return None if good else Objection("is no number of permutations from 19 to 100,000", "999 is a good number")


def positive(number: float) -> Objection | None:
    """A scale or a bandwidth."""
    return None if math.isfinite(number) and number > 0 else Objection("is not a number above 0")


def pairs(name: str) -> Objection | None:
    """Which qubits are entangled."""
    return None if name in {"full", "linear"} else Objection("names no pairs of qubits", "write `full` or `linear`")


def test(name: str) -> Objection | None:
    """A two-sample test."""
    return None if _TEST.fullmatch(name) else Objection("is no name of a test", "for example `permutation`")


def table_path(path: str) -> Objection | None:
    """A file with one row of numbers for each observation."""
    if objection := manifest_rules.repository_path(path):
        return objection
    if not path.lower().endswith(".csv"):
        return Objection("is not a .csv file", "write one observation a line, under a line with the columns' names")
    return None
