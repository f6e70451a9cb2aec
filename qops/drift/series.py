"""The files of a watch, through the port."""

import hashlib
from collections.abc import Sequence

import msgspec
import numpy as np

from qops.drift.charts.path import Numbers
from qops.formats import baseline_json, epochs_csv, epochs_quick
from qops.model.drift import Epochs, Frozen
from qops.model.ports import SeriesStore


class WatchFiles:
    """Epochs and baseline of the watch `name`."""

    def __init__(self, series: SeriesStore, name: str) -> None:
        self._series = series
        self._epochs = f"drift/{name}/epochs.csv"
        self._baseline = f"drift/{name}/baseline.json"

    @property
    def place(self) -> str:
        """Where the epochs are, for the user."""
        return f"{self._series.directory}/{self._epochs}"

    def epochs(self) -> Epochs:
        """All epochs."""
        data = self._series.read(self._epochs)
        if data is None:
            return Epochs()
        return epochs_quick.read(data) or epochs_csv.read(data, self.place)

    def append(self, epochs: Epochs, begin: int = 0) -> None:
        """Add epochs, from the `begin`-th on."""
        self._series.append(self._epochs, epochs_csv.lines(epochs, begin), epochs_csv.HEADER)

    def baseline(self) -> Frozen | None:
        """The baseline, None where there is none."""
        data = self._series.read(self._baseline)
        return None if data is None else baseline_json.read(data, f"{self._series.directory}/{self._baseline}")

    def freeze(self, baseline: Frozen) -> None:
        """Make this the baseline."""
        self._series.write(self._baseline, baseline_json.write(baseline))


def digest(epochs: Epochs, begin: int, end: int) -> str:
    """The digest of some epochs' lines."""
    part = Epochs(
        *(column[begin:end] for column in msgspec.structs.astuple(epochs)[:-1]),
    )
    return hashlib.sha256(epochs_csv.lines(part)).hexdigest()


def numbers(column: Sequence[int] | Sequence[float]) -> Numbers:
    """A column as an array."""
    return np.array(column, dtype=float)
