"""The metrics that a gate can watch: how each is read from a compiled circuit, and on which scale it is judged.

All are turned so that greater is worse. Counts are judged as logarithms, so that differences are ratios; the estimated
success probability is a logarithm already.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from qops.model.matrix import Metrics

FAULTY = math.log(4)
"""What an operation at a place with an error of 1 costs: a gate that depolarises two qubits has a fidelity of 1/4."""

NONE = 0.5
"""What a count of 0 is taken for: ratios need something, and 1 is twice as much."""


class Metric(NamedTuple):
    """One metric: its name in a sentence, its value, None where it is not known, and whether that is a count."""

    words: str
    value: Callable[[Metrics], float | None]
    counted: bool

    def judged(self, metrics: Metrics) -> float | None:
        """The value on the gate's scale."""
        value = self.value(metrics)
        return value if value is None or not self.counted else math.log(max(value, NONE))

    def told(self, size: float) -> float:
        """A difference on the gate's scale as the share by which the metric itself moved.

        >>> round(METRICS["two_qubit"].told(math.log(1.02)), 6), round(METRICS["log_success"].told(math.log(1.25)), 6)
        (0.02, -0.2)
        """
        return math.expm1(size if self.counted else -size)


def _failure(metrics: Metrics) -> float | None:
    return None if metrics.log_success is None else metrics.faulty * FAULTY - metrics.log_success


METRICS = {
    "two_qubit": Metric("two-qubit count", lambda metrics: metrics.two_qubit, counted=True),
    "two_qubit_depth": Metric("two-qubit depth", lambda metrics: metrics.two_qubit_depth, counted=True),
    "log_success": Metric("estimated success", _failure, counted=False),
}
