"""Two rates from counts of independent shots: tests, intervals, goals."""

from collections.abc import Callable, Mapping

from qops.stats.proportions import barnard, boschloo, fisher, normal
from qops.stats.proportions.table import Table

TESTS: Mapping[str, Callable[[Table], float]] = {
    "barnard": barnard.p_value,
    "boschloo": boschloo.p_value,
    "fisher": fisher.p_value,
    "z": normal.p_value,
}
"""Two-sided p-values; none of them is valid where jobs drift."""
