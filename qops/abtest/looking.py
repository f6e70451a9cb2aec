"""The tests of a run that may end on the way, one rule a function: what it says of pairs after any block.

`signs` holds whatever jobs do, since the order of arms is drawn in every block. The others take jobs to differ by
their shots alone, as those of simulators do; the manifest allows them there alone.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from qops.abtest.decide import Claim, Method
from qops.abtest.pairs import Pair
from qops.model.abtest import AbTestEntry
from qops.stats import student
from qops.stats.blocks.flips import Side
from qops.stats.sequential import anytime, looks, mixture, symmetry

Rule = Callable[[AbTestEntry, float], Method]
"""From an entry, and the standard deviation of a difference of two jobs by their shots alone."""


def method(entry: AbTestEntry, unit: float) -> Method:
    """The rule that the entry names."""
    return _RULES[entry.peek.rule](entry, unit)


def by_signs(unit: float) -> Method:
    """Evidence of signs after every block; a p-value of it holds whenever one stops."""

    def p_value(pair: Pair, claim: Claim) -> float:
        side, centre = claim
        return anytime.p_value(symmetry.path([each - centre for each in pair.differences], unit, side))

    def bounds(pair: Pair, confidence: float) -> tuple[float, float]:
        level, found = 1 - confidence, pair.differences
        low = _last_refused(lambda centre: p_value(pair, ("greater", centre)) <= level, found)
        high = _last_refused(lambda centre: p_value(pair, ("less", -centre)) <= level, [-each for each in found])
        return low, -high

    return Method("evidence of signs, looked at after every block", p_value, bounds)


def by_mixture(entry: AbTestEntry, unit: float) -> Method:
    """Evidence on two rates; for a side it has half of the level, where the counts lean to it.

    The interval is that of signs.
    """
    z = student.quantile(1 - entry.alpha / 2, math.inf) + student.quantile(entry.power, math.inf)
    detectable = z * unit / math.sqrt(entry.blocks)
    rate = 0.5 if entry.expected is None else entry.expected

    def p_value(pair: Pair, claim: Claim) -> float:
        shots = pair.first[0].shots
        first, second = ([round(each.mean * shots) for each in values] for values in (pair.first, pair.second))
        both = anytime.p_value(mixture.path(first, second, shots, detectable, rate))
        side, _ = claim
        if side == "two-sided":
            return both
        return both / 2 if (pair.effect > 0) == (side == "greater") else 1.0

    return Method("evidence on two rates, looked at after every block", p_value, by_signs(unit).bounds)


def by_schedule(entry: AbTestEntry, _: float) -> Method:
    """Z at planned looks; a p-value is the chance that any look of all goes as far, measured as the schedule does.

    For one side it is half of that for both, less than its square too small. Intervals are the repeated ones of
    Jennison and Turnbull [1]_: what no look so far refuses.

    References:
        [1] C. Jennison and B. W. Turnbull, Interim analyses: the repeated confidence interval approach, Journal of the
            Royal Statistical Society B 51 (1989) 305-361.
    """
    count, shape = entry.peek.looks, looks.SHAPES[entry.peek.rule]
    shapes = [shape(look, count) for look in range(1, count + 1)]
    after = [math.ceil(entry.blocks * look / count) for look in range(1, count + 1)]

    def reached(pair: Pair) -> list[_Look]:
        """The looks so far, none where shots do not vary."""
        done = [blocks for blocks in after if blocks <= len(pair.first)] if pair.of_shots > 0 else []
        means = [math.fsum(pair.differences[:blocks]) / blocks for blocks in done]
        return [
            _Look(mean, math.sqrt(pair.of_shots / blocks) * one)
            for blocks, mean, one in zip(done, means, shapes, strict=False)
        ]

    def p_value(pair: Pair, claim: Claim) -> float:
        side, centre = claim
        far = max((_TOWARDS[side](look.mean - centre) / look.unit for look in reached(pair)), default=0.0)
        if far <= 0:
            return 1.0
        both = looks.crossing(tuple(far * one for one in shapes))
        return max(both if side == "two-sided" else both / 2, _LEAST)

    def bounds(pair: Pair, confidence: float) -> tuple[float, float]:
        constant = looks.SCHEDULES[entry.peek.rule](count, 2 * (1 - confidence))[-1] / shapes[-1]
        found = reached(pair)
        low = max((look.mean - constant * look.unit for look in found), default=-math.inf)
        return low, min((look.mean + constant * look.unit for look in found), default=math.inf)

    return Method(f"{entry.peek.rule} at {count} planned looks", p_value, bounds)


class _Look(NamedTuple):
    """The mean difference so far, and how far it is from the truth where z is one unit of the schedule's shape."""

    mean: float
    unit: float


_TOWARDS: Mapping[Side, Callable[[float], float]] = {
    "two-sided": abs,
    "greater": lambda score: score,
    "less": lambda score: -score,
}
_LEAST = 1e-15
"""As exactly as crossings are integrated."""

_RULES: Mapping[str, Rule] = {
    "signs": lambda _, unit: by_signs(unit),
    "mixture": by_mixture,
    "obrien-fleming": by_schedule,
    "pocock": by_schedule,
}


def _last_refused(refused: Callable[[float], bool], differences: Sequence[float]) -> float:
    """The greatest centre that is refused as too low, -∞ where none is: lower centres are refused the more."""
    spread = max(differences) - min(differences)
    low, high = min(differences) - 1e3 * spread - 1.0, max(differences)
    if not refused(low):
        return -math.inf
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if refused(middle) else (low, middle)
    return low
