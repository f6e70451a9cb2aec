"""river's detectors on the streams of a file; run by `benchmarks.drift_delays` in an environment that has river.

Each is tuned to the run length that it is given, where it has a threshold for that; the streams are standardised
residuals, as on rates themselves its defaults see nothing.
"""

import json
import sys
from collections.abc import Callable

import numpy as np
from river import drift
from river.base import DriftDetector as Detector


def main() -> None:
    """Detector by detector, as JSON: its run length without a change, and its delay in each scenario."""
    data = np.load(sys.argv[1])
    target, change = float(sys.argv[2]), int(sys.argv[3])
    found = {}
    for name, make, tuned, streams in (
        ("PageHinkley", page_hinkley, (1.0, 200.0), 100),
        ("ADWIN", adwin, (1e-4, 0.99), 40),
        ("KSWIN", kswin, None, 12),
    ):
        value = tune(make, tuned, data["null"][:streams], target) if tuned else 0.005
        first = [alarm(make(value), row) for row in data["null"][:streams]]
        found[name] = {
            "run_length": mean_length(first, data["null"].shape[1]),
            "delays": {key: delay(make, value, data[key][:streams], change) for key in data.files if key != "null"},
        }
    print(json.dumps(found))


def page_hinkley(threshold: float) -> drift.PageHinkley:
    """Both directions, its running mean over all epochs."""
    return drift.PageHinkley(min_instances=1, delta=0.5, threshold=threshold, alpha=1.0, mode="both")


def adwin(delta: float) -> drift.ADWIN:
    """Looking at every epoch."""
    return drift.ADWIN(delta=delta, clock=1, min_window_length=5, grace_period=10)


def kswin(alpha: float) -> drift.KSWIN:
    """Its usual windows, and a seed."""
    return drift.KSWIN(alpha=alpha, window_size=100, stat_size=30, seed=1)


def tune(make: Callable[[float], Detector], ends: tuple[float, float], null: np.ndarray, target: float) -> float:
    """The parameter whose run length is nearest to the target, by bisection of its logarithm."""
    low, high = ends
    longer_above = make is page_hinkley
    for _ in range(7):
        middle = float(np.sqrt(low * high))
        length = mean_length([alarm(make(middle), row) for row in null], null.shape[1])
        low, high = (middle, high) if (length < target) == longer_above else (low, middle)
    return float(np.sqrt(low * high))


def alarm(detector: Detector, row: np.ndarray) -> int | None:
    """The epoch of the first alarm, counted from 1."""
    for epoch, value in enumerate(row.tolist(), 1):
        detector.update(value)
        if detector.drift_detected:
            return epoch
    return None


def mean_length(first: list[int | None], epochs: int) -> float:
    """Epochs at risk by alarms."""
    alarms = sum(each is not None for each in first)
    return sum(epochs if each is None else each for each in first) / max(1, alarms)


def delay(make: Callable[[float], Detector], value: float, rows: np.ndarray, change: int) -> float:
    """The mean delay of streams without an earlier alarm; those that are never seen count to their end."""
    first = [alarm(make(value), row) for row in rows]
    seen = [(rows.shape[1] if each is None else each) - change for each in first if each is None or each > change]
    return float(np.mean(seen)) if seen else float("nan")


if __name__ == "__main__":
    main()
