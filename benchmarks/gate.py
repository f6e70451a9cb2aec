"""The gate of compilation on real seeds: how often it is wrong, what it finds, and what other rules do.

Each trial draws two disjoint halves of the recorded seeds, as a baseline and a run of the same compiler, of 30 rows on
one of two devices; then two-qubit counts are made greater in one of them. A rule fails a trial if it stops the change.
"""

import math
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from scipy import stats

from benchmarks import outcome, seeds
from benchmarks.outcome import Row
from qops.model.gate import Rules
from qops.transpile import calibrate
from qops.transpile.calibrate import EFFECTS, Effect

SAMPLES = (5, 10)
Pairs = Sequence[tuple[Sequence[float], Sequence[float]]]
"""Two-qubit counts of every row, before and after."""


def single_run(pairs: Pairs) -> bool:
    """Any row more than 10 % worse in one run: the rule of ucc-bench."""
    return any(new[0] > 1.1 * old[0] for old, new in pairs)


def by_median(pairs: Pairs) -> bool:
    """Any median more than 10 % worse: the rule of pytest-benchmark with `median:10%`."""
    return any(median(new) > 1.1 * median(old) for old, new in pairs)


def asv(pairs: Pairs) -> bool:
    """Any median more than 10 % worse, where the U test has p < 0.002: the rule of asv, where samples allow it."""
    suspects = [(old, new) for old, new in pairs if median(new) > 1.1 * median(old)]
    return any(stats.mannwhitneyu(old, new).pvalue < 0.002 for old, new in suspects)


RIVALS: Mapping[str, Callable[[Pairs], bool]] = {
    "a single run, 10 % (ucc-bench)": single_run,
    "the median, 10 % (pytest-benchmark)": by_median,
    "the median, 10 %, and a U test (asv)": asv,
}


def rows(*, small: bool) -> Iterator[Row]:
    """Every rule at five and ten seeds, by what was changed; the trials are shared out between the devices."""
    trials = 2 if small else 500
    for size in SAMPLES:
        yield from _ours(size, trials)
        for rule in RIVALS:
            yield from _theirs(rule, size, trials)


def _ours(size: int, trials: int) -> Iterator[Row]:
    hits = dict.fromkeys(EFFECTS, 0)
    for device in seeds.DEVICES:
        found = calibrate.rates(seeds.recorded(device), Rules(), size, trials, random.Random(size))
        hits = {effect: hits[effect] + found[effect] for effect in EFFECTS}
    for effect, count in hits.items():
        bar, at_least = _bar(effect, size)
        rate = count / (trials * len(seeds.DEVICES))
        yield _row("qops", "`qops transpile-matrix`, three metrics", size, effect, rate)._replace(
            bar=bar, at_least=at_least
        )


def _bar(effect: Effect, size: int) -> tuple[float | None, bool]:
    match effect:
        case Effect(0.0):
            return 2, False
        case Effect(0.02):
            return {5: 75, 10: 97}[size], True
        case _:
            return None, False


def _theirs(rule: str, size: int, trials: int) -> Iterator[Row]:
    hits = dict.fromkeys(EFFECTS, 0)
    for device in seeds.DEVICES:
        recorded, chance = seeds.recorded(device), random.Random(size)
        for _ in range(trials):
            drawn = [question for question in calibrate.draw(recorded, size, chance) if question.metric == "two_qubit"]
            one = chance.choice(sorted(recorded))
            for effect in EFFECTS:
                pairs = []
                for question in drawn:
                    grown = 1 + effect.share if effect.everywhere or question.row == one else 1
                    assert question.series is not None
                    old = [math.exp(value) for value in question.series.old.values()]
                    pairs.append((old, [grown * math.exp(value) for value in question.series.new.values()]))
                hits[effect] += RIVALS[rule](pairs)
    for effect, count in hits.items():
        yield _row(rule.rpartition("(")[2].rstrip(")"), rule, size, effect, count / (trials * len(seeds.DEVICES)))


def _row(key: str, what: str, size: int, effect: Effect, rate: float) -> Row:
    name = "_".join(re.findall(r"[a-z0-9]+", f"{key} {size} {effect}"))
    return Row(name, f"{what}, {size} seeds: {effect}", 100 * rate, "%")


if __name__ == "__main__":
    outcome.run("gate", rows)
