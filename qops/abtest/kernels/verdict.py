"""What the counts of two arms decide, by the goal that was declared."""

from typing import NamedTuple

from qops.abtest.kernels.judge import Judged
from qops.abtest.kernels.prepared import Prepared
from qops.model.kernels import QuantumKernel, SimilarityEntry
from qops.model.verdict import Outcome, Verdict
from qops.stats import binomial
from qops.stats.kernels.concentration import QUBITS
from qops.stats.mcnemar import Comparison


class Level(NamedTuple):
    """What is decided by: McNemar's p-value, corrected where there are others, and the error that is allowed."""

    p_value: float
    alpha: float


def verdict(entry: SimilarityEntry, judged: Judged, concern: str, level: Level | None = None) -> Verdict:
    """Whether B reaches the goal beside A.

    Without a margin, `superior` and `different` go by McNemar's exact test at α; all others by the interval with
    confidence 1 - 2α against the margin. If an arm is not to be trusted (`concern` says why), nothing is decided. If
    both samples are from one table, the question is another one: whether an arm raises more false alarms than α.
    """
    compared = judged.comparison
    level = level or Level(compared.p_value, entry.alpha)
    evidence: dict[str, object] = {
        "goal": entry.goal,
        "windows": compared.cases,
        "only_a": compared.first,
        "only_b": compared.second,
        "p_value": compared.p_value,
        "adjusted_p_value": level.p_value,
        "interval": list(compared.interval(1 - level.alpha)),
    }
    if concern:
        return Verdict(entry.name, Outcome.INCONCLUSIVE, concern, compared.difference, entry.margin, evidence)
    if entry.samples.null:
        return _false_alarms(entry, judged)
    outcome = _outcome(entry, compared, level)
    hint = _hint(compared) if outcome is Outcome.INCONCLUSIVE else ""
    because = _sentence(judged, level)
    return Verdict(entry.name, outcome, because, compared.difference, entry.margin, evidence, hint)


def concern(arms: tuple[tuple[Prepared, ...], tuple[Prepared, ...]]) -> str:
    """Why a kernel's entries are not to be trusted; empty where they are.

    From twelve qubits on, entries are measured with as many shots as their concentration asks for, or not at all.
    """
    for prepared in (each for arm in arms for each in arm):
        found, kernel = prepared.concentration, prepared.kernel
        shots = kernel.shots if isinstance(kernel, QuantumKernel) else None
        if found is None or prepared.width < QUBITS or not shots:
            continue
        if found.shots is None or shots < found.shots:
            needed = "no number of shots would tell them apart" if found.shots is None else f"they need {found.shots:,}"
            name = prepared.kernel.name
            return (
                f"entries of `{name}` on {prepared.width} qubits are concentrated: {shots:,} shots each, and {needed}"
            )
    return ""


def _outcome(entry: SimilarityEntry, compared: Comparison, level: Level) -> Outcome:
    low, high = compared.interval(1 - 2 * level.alpha)
    sure, margin = level.p_value <= level.alpha, entry.margin
    if entry.goal == "superior" and margin:
        passes, fails = low > margin, high < margin
    else:
        passes, fails = {
            "superior": (sure and compared.difference > 0, sure and compared.difference < 0),
            "different": (sure, False),
            "non-inferior": (low > -margin, high < -margin),
            "equivalent": (-margin < low and high < margin, high < -margin or low > margin),
        }[entry.goal]
    return Outcome.PASS if passes else Outcome.FAIL if fails else Outcome.INCONCLUSIVE


def _sentence(judged: Judged, level: Level) -> str:
    compared = judged.comparison
    low, high = compared.interval(1 - level.alpha)
    rates = [sum(side.rejections(judged.alpha)) / compared.cases for side in (judged.a, judged.b)]
    return (
        f"A tells {rates[0]:.1%} of {compared.cases} windows apart, B {rates[1]:.1%}: "
        f"{100 * compared.difference:+.1f} points, {100 * low:+.1f} to {100 * high:+.1f}, p = {level.p_value:.2g}"
    )


def _false_alarms(entry: SimilarityEntry, judged: Judged) -> Verdict:
    """What an experiment without anything to find says of the level of either arm."""
    words, lows = [], []
    for arm, side in (("A", judged.a), ("B", judged.b)):
        hits = side.rejections(judged.alpha)
        low, high = binomial.interval(sum(hits), len(hits))
        words.append(f"{arm} raises a false alarm in {sum(hits)} of {len(hits)} windows ({low:.1%} to {high:.1%})")
        lows.append(low)
    because = f"both samples are from one table, with nothing to find: {', '.join(words)}"
    outcome = Outcome.FAIL if max(lows) > judged.alpha else Outcome.PASS
    return Verdict(entry.name, outcome, because, max(lows), judged.alpha, {"false_alarms": words})


def _hint(compared: Comparison) -> str:
    """How many windows would do, if both arms go on as they did; by the normal limit, at 0.05."""
    differing = compared.first + compared.second
    if not compared.difference:
        return "both tell as many windows apart; more `windows` narrow the interval"
    needed = 7.85 * differing * compared.cases / (compared.second - compared.first) ** 2
    return f"about {max(needed, compared.cases + 1):,.0f} windows would show a difference of this size, 4 times in 5"
