"""From pairs to decisions: what speaks for the goal, what against it, and how surely.

Either way is a test of its own, by flips of the blocks' signs (`qops.stats.blocks.flips`), or, where the run was looked
at on the way, by a rule that allows for it (`qops.abtest.looking`). An interval's
ends are those of these tests, so that interval and decision agree; it is not corrected for other pairs.

Of several pairs, the chance of any false pass is at most α over a family, and so is the chance of any false fail:
by step-down maxT on the same flips, or by Holm where the evidence is of looks, a goal is equivalence, or Holm was
asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from qops.abtest.pairs import Pair
from qops.model.abtest import AbTestEntry
from qops.model.digest import to_hex
from qops.model.verdict import Outcome
from qops.stats.blocks import flips as flipping
from qops.stats.blocks import paired
from qops.stats.blocks.flips import Flips, Side
from qops.stats.families import max_t, step

Claim: TypeAlias = tuple[Side, float]
"""That the true difference is greater or less than a number, or (two-sided) not that number."""


class Decision(NamedTuple):
    """What became of a pair.

    `p_pass` and `p_fail` are p-values of the claims for and against the goal, corrected over the family; `p_value` is
    that of no difference, two-sided and uncorrected. `level` is the confidence of the interval from `low` to `high`.
    """

    pair: Pair
    outcome: Outcome
    low: float
    high: float
    level: float
    p_value: float
    p_pass: float
    p_fail: float

    @property
    def student(self) -> float | None:
        """The p-value of Student's t, two-sided, beside; None where nothing varies."""
        found = paired.compare(self.pair.differences)
        return found.p_value if found else None


class Method(NamedTuple):
    """How p-values and bounds are found: of a pair and a claim, and of a pair at a one-sided confidence."""

    name: str
    p_value: Callable[[Pair, Claim], float]
    bounds: Callable[[Pair, float], tuple[float, float]]
    among: Flips | None = None


def decide(entry: AbTestEntry, found: Sequence[Pair], method: Method) -> tuple[Decision, ...]:
    """A decision for every pair, in their order.

    Args:
        entry: what was asked.
        found: pairs that share blocks.
        method: by flips, or by looks where the run was looked at on the way.
    """
    passes, fails = (_corrected(entry, found, method, claims) for claims in (CLAIMS_FOR, CLAIMS_AGAINST))
    return tuple(
        _decision(entry, pair, method, p_pass, p_fail)
        for pair, p_pass, p_fail in zip(found, passes, fails, strict=True)
    )


def by_flips(found: Sequence[Pair]) -> Method:
    """Flips whose seed comes from the differences: the same counts always give the same p-values."""
    values = np.array([pair.differences for pair in found], float)
    seed = int(to_hex(values.tobytes())[:8], 16)
    among = flipping.flips(values.shape[1], seed)
    return Method(
        f"all {len(among.signs):,} flips of signs" if among.exact else f"{len(among.signs):,} flips, seed {seed}",
        lambda pair, claim: flipping.p_value(pair.differences, among, centre=claim[1], side=claim[0]),
        lambda pair, confidence: flipping.bounds(pair.differences, among, confidence),
        among,
    )


CLAIMS_FOR: Mapping[str, Callable[[float], tuple[Claim, ...]]] = {
    "different": lambda _: (("greater", 0.0),),
    "superior": lambda margin: (("greater", margin),),
    "non-inferior": lambda margin: (("greater", -margin),),
    "equivalent": lambda margin: (("greater", -margin), ("less", margin)),
}
"""What has to be shown for each goal: all of it."""

CLAIMS_AGAINST: Mapping[str, Callable[[float], tuple[Claim, ...]]] = {
    "different": lambda _: (("less", 0.0),),
    "superior": lambda margin: (("less", margin),),
    "non-inferior": lambda margin: (("less", -margin),),
    "equivalent": lambda margin: (("greater", margin), ("less", -margin)),
}
"""What refutes each goal: any of it."""

_TWO_SIDED = frozenset({"different"})
"""Goals of which either side is a finding, so that each has half of the level."""


def _corrected(
    entry: AbTestEntry,
    found: Sequence[Pair],
    method: Method,
    claims: Mapping[str, Callable[[float], tuple[Claim, ...]]],
) -> list[float]:
    """The p-values of the claims of every pair, corrected within its family."""
    corrected = [1.0] * len(found)
    for places in _families(entry, found):
        members = [found[place] for place in places]
        for place, p in zip(places, _family(entry, members, method, claims), strict=True):
            corrected[place] = p
    return corrected


def _families(entry: AbTestEntry, found: Sequence[Pair]) -> list[list[int]]:
    """The places of the pairs that are corrected together."""
    families: dict[str, list[int]] = {}
    for place, pair in enumerate(found):
        name = {"all": "", "metric": pair.metric, "variant": pair.variant}[entry.family]
        families.setdefault(name, []).append(place)
    return list(families.values())


def corrections(entry: AbTestEntry, found: Sequence[Pair], method: Method) -> tuple[str, ...]:
    """How the families are corrected, each way once."""
    ways = (_correction(entry, [found[at] for at in places], method) for places in _families(entry, found))
    return tuple(dict.fromkeys(ways))


def _correction(entry: AbTestEntry, members: Sequence[Pair], method: Method) -> str:
    """How a family is corrected: `none` where it has one member."""
    if len(members) == 1:
        return "none"
    joint = entry.correction == "maxt" and method.among is not None
    return "maxt" if joint and all(pair.goal != "equivalent" for pair in members) else "holm"


def _family(
    entry: AbTestEntry,
    members: Sequence[Pair],
    method: Method,
    claims: Mapping[str, Callable[[float], tuple[Claim, ...]]],
) -> list[float]:
    if _correction(entry, members, method) == "maxt" and method.among is not None:
        rows = [_towards(pair, claims[pair.goal](pair.margin)[0]) for pair in members]
        plain: Sequence[float] = max_t.adjusted(rows, method.among, side="greater")
    else:
        plain = [_joined(pair, method, claims) for pair in members]
    doubled = [min(1.0, 2 * p) if pair.goal in _TWO_SIDED else p for pair, p in zip(members, plain, strict=True)]
    return list(step.holm(doubled)) if _correction(entry, members, method) == "holm" else doubled


def _towards(pair: Pair, claim: Claim) -> list[float]:
    """Differences that are above 0 where the claim holds."""
    side, centre = claim
    sign = 1.0 if side == "greater" else -1.0
    return [sign * (each - centre) for each in pair.differences]


def _joined(pair: Pair, method: Method, claims: Mapping[str, Callable[[float], tuple[Claim, ...]]]) -> float:
    """One p-value: of all claims for a goal their greatest, of any claim against it twice their least."""
    found = [method.p_value(pair, claim) for claim in claims[pair.goal](pair.margin)]
    return max(found) if claims is CLAIMS_FOR else min(1.0, len(found) * min(found))


def _decision(entry: AbTestEntry, pair: Pair, method: Method, p_pass: float, p_fail: float) -> Decision:
    share = entry.alpha / 2 if pair.goal in _TWO_SIDED else entry.alpha
    low, high = method.bounds(pair, 1 - share)
    p_value = method.p_value(pair, ("two-sided", 0.0))
    outcome = Outcome.INCONCLUSIVE
    if not pair.constant:
        outcome = Outcome.PASS if p_pass <= entry.alpha else Outcome.FAIL if p_fail <= entry.alpha else outcome
    return Decision(pair, outcome, low, high, 1 - 2 * share, p_value, p_pass, p_fail)
