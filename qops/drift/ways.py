"""The ways of many series through their charts, those of one chart together. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from qops.drift.charts import Chart
from qops.drift.charts.path import Numbers, Path, Usual
from qops.drift.judge import Pending

_TOGETHER = 100


def follow(pending: Sequence[tuple[Chart, Pending]]) -> list[Path]:
    """The way of each, in the order in which they are given."""
    alike: defaultdict[tuple[Chart, float], list[int]] = defaultdict(list)
    for place, (chart, each) in enumerate(pending):
        alike[chart, each.entry.run_length].append(place)
    found: dict[int, Path] = {}
    for (chart, run_length), places in alike.items():
        by_length = sorted(places, key=lambda place: len(pending[place][1].epochs))
        for first in range(0, len(by_length), _TOGETHER):
            some = by_length[first : first + _TOGETHER]
            found |= zip(some, _together(chart, run_length, [pending[place][1] for place in some]), strict=True)
    return [found[place] for place in range(len(pending))]


def _together(chart: Chart, run_length: float, pending: Sequence[Pending]) -> Iterator[Path]:
    """Series of about the same length, the shorter ones with epochs added that are not looked at."""
    counts = [each.counts for each in pending]
    longest = max(len(shots) for shots, _ in counts)
    if len(pending) == 1 or any(len(shots) < longest / 2 for shots, _ in counts):
        alone = [Usual.of(each.baseline) for each in pending]
        ways = [chart.statistic(usual, *sides, run_length) for usual, sides in zip(alone, counts, strict=True)]
    else:
        shots, successes = (np.array([_padded(sides[side], longest) for sides in counts]) for side in (0, 1))
        all_ways = chart.statistic(Usual.together([each.baseline for each in pending]), shots, successes, run_length)
        ways = [all_ways[:, row, : len(sides[0])] for row, sides in enumerate(counts)]
    for each, (shots, _), way in zip(pending, counts, ways, strict=True):
        yield Path(way, *chart.limit(Usual.of(each.baseline), shots, run_length))


def _padded(column: Numbers, length: int) -> Numbers:
    return np.concatenate([column, np.full(length - len(column), column[-1])])
