"""Whether differences of blocks lie around a value, by the signs that they might have had.

In each block a fair coin puts arm A or arm B first. If the arms do not differ, exchanging them changes nothing but the
sign of the block's difference, whatever the device did in between. So the sum of differences is held against its sums
under other signs [1]_: all of them up to `ENUMERATED` blocks, beyond that a seeded draw of `DRAWN`, to which what was
seen is added, so that no p-value is 0 [2]_. Either way a p-value of at most α has, without a difference, at most
probability α. It is assumed that differences are symmetric around their centre and independent from block to block;
not that they are normal, nor that they vary alike.

Where outcomes are few, many sums would be the very same, and ties count against a finding. So blocks have weights that
differ in the seventh digit, by their number alone: the test is as valid as without, ties are broken, and the level is
spent. Without it, at p = 0.99 and 409 shots, 20 blocks rejected 3.9 % instead of 5 %.

The interval holds the centres that the test does not reject. It needs no search: signs flip a subset of blocks, and
with a centre θ the flipped sum is as far from 0 as the one seen exactly where θ lies between the mean of the subset
and the mean of the others. Its ends are therefore among these means, sorted (Hartigan's typical values [3]_).

References:
    [1] R. A. Fisher, The Design of Experiments (1935), section 21.
    [2] B. Phipson and G. K. Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
        Molecular Biology 9 (2010), article 39.
    [3] J. A. Hartigan, Using subsample values as typical values, Journal of the American Statistical Association 64
        (1969) 1303-1317.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Side: TypeAlias = Literal["two-sided", "greater", "less"]

FEWEST = 6
"""With fewer blocks no two-sided p-value reaches 0.05: 2 / 2^5 is 0.0625."""
FEW = 10
"""With fewer blocks the test is valid, but has little power."""
ENUMERATED = 14
DRAWN = 9999
_TIE = 1e-6
_ROUNDING = 1e-12


class Flips(NamedTuple):
    """Signs, one row a flip and one column a block; the first row of an enumeration is what was seen.

    Each is multiplied with its block's weight; `plus` are the sums of the rows.
    """

    signs: Floats
    exact: bool
    weights: Floats
    plus: Floats

    def share(self, count: int) -> float:
        """The p-value where so many flips are as extreme as what was seen."""
        return count / len(self.signs) if self.exact else (1 + count) / (1 + len(self.signs))

    def allowed(self, level: float) -> int:
        """How many flips may be as extreme with a p-value of at most `level`; -1 where not even none may."""
        number = len(self.signs)
        return math.floor(level * number + _ROUNDING) if self.exact else math.floor(level * (number + 1) + 1e-9) - 1


def flips(blocks: int, seed: int, drawn: int = DRAWN) -> Flips:
    """All flips of so many blocks, at least one, or a draw of them that depends on the seed alone.

    >>> flips(2, seed=0).signs.round(3).tolist()
    [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]]
    """
    weights = np.asarray(1 + _TIE * (np.sqrt(np.arange(blocks) + math.pi) % 1), np.float64)  # no two sums alike
    if blocks <= ENUMERATED:
        numbers = np.arange(2**blocks)[:, None]
        return _weighted((numbers >> np.arange(blocks)) & 1, weights, exact=True)
    raw = np.frombuffer(np.random.Generator(np.random.PCG64(seed)).bytes(drawn * -(-blocks // 8)), np.uint8)
    bits = np.unpackbits(raw.reshape(drawn, -1), axis=1, count=blocks)
    return _weighted(bits, weights, exact=False)


def p_value(differences: Sequence[float], among: Flips, *, centre: float = 0.0, side: Side = "two-sided") -> float:
    """The p-value of the hypothesis that the differences lie around `centre`; never 0.

    `greater` and `less` are the alternatives: that the true centre is greater, or less, than the one given.

    >>> p_value([1.0] * 6, flips(6, seed=0)), p_value([1.0] * 6, flips(6, seed=0), side="greater")
    (0.03125, 0.015625)
    """
    shifted = np.asarray(differences, float) - centre
    sums = sided(among.signs @ shifted, side)
    seen = float(sided(np.asarray(among.weights @ shifted), side))
    return among.share(int(np.count_nonzero(sums >= seen - _ROUNDING * float(np.abs(shifted).sum()))))


def interval(differences: Sequence[float], among: Flips, confidence: float = 0.95) -> tuple[float, float]:
    """The centres whose two-sided p-value is greater than 1 - `confidence`; without end where the blocks are too few.

    >>> [round(end, 4) for end in interval([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], flips(6, seed=0))]
    [1.0, 6.0]
    """
    flipped, kept = _means(differences, among)
    allowed = among.allowed(1 - confidence)
    whole = np.isnan(flipped) | np.isnan(kept)  # as far from 0 as what was seen, wherever the centre
    low = _ordered(np.where(whole, -math.inf, np.fmin(flipped, kept)), allowed)
    high = -_ordered(np.where(whole, -math.inf, -np.fmax(flipped, kept)), allowed)
    return low, high


def bounds(differences: Sequence[float], among: Flips, confidence: float = 0.95) -> tuple[float, float]:
    """The least centre that is not too low and the greatest that is not too high, each a bound of its own.

    A lower bound above the margin rejects, one-sided, that the centre is not above it.
    """
    flipped, _ = _means(differences, among)
    allowed = among.allowed(1 - confidence)
    low = _ordered(np.where(np.isnan(flipped), -math.inf, flipped), allowed)
    high = -_ordered(np.where(np.isnan(flipped), -math.inf, -flipped), allowed)
    return low, high


def sided(sums: Floats, side: Side) -> Floats:
    """The statistic whose large values speak against the hypothesis."""
    match side:
        case "two-sided":
            return np.abs(sums)
        case "greater":
            return sums
        case "less":
            return -sums


def columns(pairs: ArrayLike) -> Floats:
    """Differences of several pairs that share blocks: one row a pair, one column a block."""
    return np.atleast_2d(np.asarray(pairs, float))


def _weighted(bits: ArrayLike, weights: Floats, *, exact: bool) -> Flips:
    """A flip a row of bits, in one piece of memory: what is 1 has the sign -1."""
    signs = np.asarray(bits).astype(np.float64)
    signs *= -2.0 * weights
    signs += weights
    return Flips(signs, exact=exact, weights=weights, plus=signs.sum(axis=1))


def _means(differences: Sequence[float], among: Flips) -> tuple[Floats, Floats]:
    """For each flip the mean of the blocks that it flips, and of those that it keeps; NaN where there are none."""
    values = np.asarray(differences, float)
    sums, whole = among.signs @ values, float(among.weights @ values)
    every = float(among.weights.sum())
    flipped, kept = (every - among.plus) / 2, (every + among.plus) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return (
            np.where(flipped > 0.5, (whole - sums) / 2 / flipped, math.nan),
            np.where(kept > 0.5, (whole + sums) / 2 / kept, math.nan),
        )


def _ordered(ends: Floats, allowed: int) -> float:
    """The least value at which more than `allowed` of the ends are reached."""
    if allowed < 0:
        return -math.inf
    return float(np.partition(ends, allowed)[allowed]) if allowed < len(ends) else math.inf
