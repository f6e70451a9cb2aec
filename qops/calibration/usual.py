"""How much a calibration usually changes: the measure by which a move is large.

A change is the absolute logarithm of the ratio of two values of one parameter, measured at two times. The usual change
is the median of these over all qubits and gates of a kind, which a few wild ones do not move [1]_. Devices are
recalibrated, so the change hardly grows with the time between: three bands of time are enough.

Assumptions: values that are equal were not measured anew, and are left out; qubits of one device are alike in how they
change. The median is no significance level: of 1,000 parameters some are always far out, and the share that is beyond
a multiple of it is in `docs/explanation/calibration.md`.

References:
    [1] F. R. Hampel, The Influence Curve and Its Role in Robust Estimation, JASA 69 (1974): the median deviation.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

from qops.calibration.values import values
from qops.model.calibration import Calibration

KINDS = ("T1", "T2", "readout error", "one-qubit error", "two-qubit error")
BANDS = (3.0, 100.0, math.inf)
"""The greatest number of days between two calibrations of each band."""

USUAL: Mapping[str, tuple[float, ...]] = {
    "T1": (0.145, 0.194, 0.241),
    "T2": (0.133, 0.206, 0.272),
    "readout error": (0.277, 0.292, 0.465),
    "one-qubit error": (0.163, 0.275, 0.373),
    "two-qubit error": (0.154, 0.218, 0.291),
}
"""The usual change by kind, one a band, from the records of 37 devices, 2019 to 2026: `benchmarks/usual_changes.py`."""

FEWEST = 3
"""From so many calibrations on, a backend's own history says what is usual for it."""


class Usual:
    """What is usual between two calibrations, so many days apart; of unknown times, what is usual within months."""

    def __init__(self, before: Calibration, after: Calibration, history: Sequence[Calibration] = ()) -> None:
        self.days = days_between(before, after)
        band = next(at for at, most in enumerate(BANDS) if (1.0 + BANDS[0] if self.days is None else self.days) <= most)
        self._sizes = {kind: sizes[band] for kind, sizes in USUAL.items()}
        own = _own(history) if len(history) >= FEWEST else {}
        self.own = sorted(own)
        self._sizes |= own

    def of(self, kind: str) -> float | None:
        """The usual size of a change, None of a kind that nothing is known of."""
        return self._sizes.get(kind)


def days_between(before: Calibration, after: Calibration) -> float | None:
    """Days from one calibration to the other, whichever is first; None where a time is not known."""
    if not before.captured_at or not after.captured_at:
        return None
    first, second = (datetime.fromisoformat(each.captured_at) for each in (before, after))
    return abs((second - first).total_seconds()) / 86400


def _own(history: Iterable[Calibration]) -> dict[str, float]:
    """The usual change by kind between consecutive calibrations of one backend, where enough was measured anew."""
    sizes: dict[str, list[float]] = {}
    for old, new in pairwise(map(values, history)):
        for parameter in old.keys() & new.keys():
            size = change(old[parameter], new[parameter])
            if size:
                sizes.setdefault(parameter.kind, []).append(abs(size))
    return {kind: median(found) for kind, found in sizes.items() if len(found) >= 20}


def change(before: float, after: float) -> float | None:
    """The logarithm of the ratio of two values; None where one is nought.

    >>> change(0.01, 0.01), change(0.0, 0.1)
    (0.0, None)
    """
    return math.log(after / before) if before > 0 and after > 0 else None
