"""Charts: when a series has left its baseline. One file a chart, and a line in `CHARTS`.

Another package may offer charts under the entry-point group `qops.charts`.
"""

from collections.abc import Mapping
from typing import Protocol

from qops.drift.charts import cusum, e_detector
from qops.drift.charts.path import Numbers, Path
from qops.model.drift import Frozen


class Chart(Protocol):
    """What a chart does."""

    def follow(self, baseline: Frozen, shots: Numbers, successes: Numbers, run_length: float, /) -> Path:
        """The chart's statistic after each epoch, both ways, and where it is in alarm.

        Args:
            baseline: what the series is to be like.
            shots: of each epoch, shape (T,).
            successes: of each epoch, shape (T,).
            run_length: the mean number of epochs to a false alarm, at least.
        """


CHARTS: Mapping[str, Chart] = {"e-detector": e_detector.EDetector(), "cusum": cusum.Cusum()}
"""The charts by name."""
