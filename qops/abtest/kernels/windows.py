"""Windows of two tables: runs of rows drawn at random, which a test may exchange.

A table is cut into runs of consecutive rows from its beginning; what is left at its end is dropped. The first rows of
a run are dropped too, where features were computed from the rows before: so that no two runs share a day. Where both
tables are one, runs are dealt out to both sides at random, and the null hypothesis holds by construction.
"""

import hashlib
import math
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

from qops.errors import InputError
from qops.model.kernels import FeatureTable, TwoSample
from qops.stats.kernels.design import Design, runs
from qops.stats.kernels.gram import Indices, Reals

FARTHEST = 3.0


class Pool(NamedTuple):
    """The rows of both tables, of one if they are the same; and the rows of each run, the first table's first.

    Values are in standard deviations of all rows from their mean, and no farther than three: as blind to which table a
    row is from as any test has to be. `identity` is a digest of the numbers as they were read, and of how they are cut:
    unlike the scaled values, it is the same on every machine.
    """

    rows: Reals
    runs: tuple[Indices, ...]
    first: int
    identity: str


class Window(NamedTuple):
    """Rows of the pool, the first sample's first, and how they may be exchanged."""

    rows: Indices
    design: Design


def pool(first: FeatureTable, second: FeatureTable, samples: TwoSample) -> Pool:
    """Both tables as one.

    Raises:
        InputError: a column is too large, or too nearly constant, to have a standard deviation.
    """
    tables = [first] if samples.null else [first, second]
    rows = _scaled(np.array([row for table in tables for row in table.rows]), first.names, samples)
    cut = [list(_runs(len(table.rows), samples)) for table in tables]
    shifted = [each + len(first.rows) for each in cut[1]] if len(cut) > 1 else []
    content = msgspec.json.encode((tables, samples.block, samples.purge))
    return Pool(rows, (*cut[0], *shifted), len(cut[0]), hashlib.sha256(content).hexdigest())


def size(pooled: Pool, samples: TwoSample, alpha: float) -> int:
    """How many runs of either side a window has.

    Raises:
        InputError: there are not so many, or so few that no test could reject.
    """
    most = len(pooled.runs) // 2 if samples.null else min(pooled.first, len(pooled.runs) - pooled.first)
    number = samples.window // samples.block if samples.window else max(most // 2, min(most, 4))
    if number > most:
        cause = f"a window of {samples.window} rows has {number} blocks of {samples.block}, and the tables {most}"
        raise InputError(cause, where=samples.where, hint="make `window` smaller, or add rows")
    if number < 2 or 2 / math.comb(2 * number, number) > alpha:
        cause = f"a window has {number} blocks on either side, with which no test at {alpha:g} could reject"
        raise InputError(cause, where=samples.where, hint="make `window` larger or `block` smaller, or add rows")
    return number


def windows(pooled: Pool, samples: TwoSample, alpha: float) -> Iterator[Window]:
    """The windows, each drawn anew, independently of the others."""
    number = size(pooled, samples, alpha)
    for window in range(samples.windows):
        yield _drawn(pooled, samples, number, window)


def whole(pooled: Pool, samples: TwoSample) -> Window:
    """All rows at once; of one table, its runs dealt out in two halves."""
    if samples.null:
        return _drawn(pooled, samples, len(pooled.runs) // 2, samples.windows)
    return _window(pooled.runs[: pooled.first], pooled.runs[pooled.first :])


def _scaled(rows: Reals, names: tuple[str, ...], samples: TwoSample) -> Reals:
    with np.errstate(all="ignore"):
        spread = rows.std(axis=0)
        scaled: Reals = np.clip((rows - rows.mean(axis=0)) / spread, -FARTHEST, FARTHEST)
    for name, deviation, column in zip(names, spread, scaled.T, strict=True):
        if not (0 < deviation < np.inf and np.isfinite(column).all()):
            cause = f"the column `{name}` has no standard deviation that can be computed"
            raise InputError(cause, where=samples.where, hint="its numbers are too large, or all but the same")
    return scaled


def _runs(rows: int, samples: TwoSample) -> Iterator[Indices]:
    for start in range(0, rows - samples.block + 1, samples.block):
        yield np.arange(start + samples.purge, start + samples.block)


def _drawn(pooled: Pool, samples: TwoSample, number: int, window: int) -> Window:
    chance = np.random.default_rng((samples.seed, window))
    if samples.null:
        order = chance.permutation(len(pooled.runs))
        sides = order[:number], order[number : 2 * number]
    else:
        rest = len(pooled.runs) - pooled.first
        sides = chance.permutation(pooled.first)[:number], pooled.first + chance.permutation(rest)[:number]
    return _window(*(tuple(pooled.runs[run] for run in np.sort(side)) for side in sides))


def _window(first: tuple[Indices, ...], second: tuple[Indices, ...]) -> Window:
    return Window(np.concatenate([*first, *second]), runs([len(run) for run in first], [len(run) for run in second]))
