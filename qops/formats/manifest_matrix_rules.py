"""What a level, a seed or an option of the matrix may be."""

import math

from qops.formats.located_values import Objection
from qops.model.spelling import did_you_mean

MOST_SEEDS = 1000
OPTIONS = (
    "approximation_degree",
    "init_method",
    "layout_method",
    "optimization_method",
    "qubits_initially_zero",
    "routing_method",
    "scheduling_method",
    "translation_method",
    "unitary_synthesis_method",
)
"""The options of Qiskit's `transpile` that change what comes out and are no part of the matrix already."""


def level(number: int) -> Objection | None:
    """An optimisation level."""
    return None if 0 <= number <= 3 else Objection("is not an optimisation level", "levels are 0, 1, 2 and 3")


def seed(number: int) -> Objection | None:
    """A seed of the compiler."""
    return None if 0 <= number < 2**32 else Objection("is not a seed", "seeds are from 0 to 4294967295")


def seed_count(number: int) -> Objection | None:
    """How many seeds."""
    good = 1 <= number <= MOST_SEEDS
    return None if good else Objection("is not a number of seeds", f"from 1 to {MOST_SEEDS:,}; 5 tell 2 % from noise")


def qubit(number: int) -> Objection | None:
    """A physical qubit."""
    return None if number >= 0 else Objection("is not a qubit", "qubits are counted from 0")


def option(name: str) -> Objection | None:
    """An option of the compiler."""
    if name in OPTIONS:
        return None
    return Objection("is not an option here", did_you_mean(name, OPTIONS) or f"options are {', '.join(OPTIONS)}")


def time_limit(seconds: float) -> Objection | None:
    """How long one cell may take."""
    good = math.isfinite(seconds) and seconds > 0
    return None if good else Objection("is not a time limit", "write a number of seconds, for example 60")
