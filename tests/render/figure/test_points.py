import random
from collections import defaultdict

from qops.model.report import Curve, Plot
from qops.render.figure.points import frame, strokes


def test_a_long_curve_keeps_the_first_the_extremes_and_the_last_of_every_column() -> None:
    draw = random.Random(7)
    count, columns = 20_000, 50
    plot = Plot("", tuple(map(float, range(count))), (Curve("", tuple(draw.gauss(0, 1) for _ in range(count))),))
    axes = frame(plot)
    (thinned,) = strokes(plot, axes, plot.curves[0].values, columns)
    (whole,) = strokes(plot, axes, plot.curves[0].values, count)
    assert len(whole) == count
    assert len(thinned) <= 4 * (columns + 1)
    by_column: dict[int, list[float]] = defaultdict(list)
    for x, y in whole:
        by_column[int(x * columns)].append(y)
    kept: dict[int, list[float]] = defaultdict(list)
    for x, y in thinned:
        kept[int(x * columns)].append(y)
    for column, ys in by_column.items():
        assert (kept[column][0], kept[column][-1]) == (ys[0], ys[-1])
        assert (min(kept[column]), max(kept[column])) == (min(ys), max(ys))


def test_a_curve_is_broken_where_it_has_no_value() -> None:
    values = (1.0, 2.0, None, float("nan"), 3.0)
    plot = Plot("", (0.0, 1.0, 2.0, 3.0, 4.0), (Curve("", values),))
    assert [len(part) for part in strokes(plot, frame(plot), values, 80)] == [2, 1]
