"""Many pairs of similarities at once, with the chance of any false claim held at α over all of them.

With m experiments, those that go by a p-value are corrected by Holm's method as if all m were among them, and those
that go by an interval are judged at α/m. The chance of any false claim is at most α whatever the dependence [1]_: the
first true hypothesis of m₁ by p-value is rejected at α/(m₁ + m₂) at most, and the m₂ others at α/m each, of which the
sum is at most α. Experiments with both samples from one table make no claim, and are not counted.

References:
    [1] S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979)
        65-70.
"""

from collections.abc import Mapping, Sequence

from qops.abtest.kernels.run import Found
from qops.abtest.kernels.verdict import Level, verdict
from qops.model.kernels import SimilarityEntry
from qops.model.report import Cell, Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

_WORDS = {Outcome.PASS: "passed", Outcome.FAIL: "failed", Outcome.INCONCLUSIVE: "inconclusive"}


def describe(found: Sequence[Found], pending: Sequence[Verdict] = ()) -> Report:
    """The report of all experiments together; of those that are `pending`, only why they are not decided.

    They count as members of the family, so that deciding them later takes nothing back.
    """
    verdicts = judged_together(found, len(pending))
    table = Table("Pairs", _COLUMNS, tuple(map(_row, found, verdicts)), _COLUMNS[3:])
    number = sum(not each.entry.samples.null for each in found) + len(pending)
    correction = f"Holm over {counted(number, 'experiment')}: the chance of any false claim is at most α"
    return Report(
        command="abtest matrix",
        title=f"{counted(len(found) + len(pending), 'pair')} of similarities",
        facts=(("correction", correction),),
        sections=tuple(each.section for each in found),
        tables=(table,) if found else (),
        verdicts=(*verdicts, *pending),
        summary=_summary((*verdicts, *pending)),
        data={"correction": "holm", "family": number, "experiments": {each.entry.name: each.data for each in found}},
    )


def judged_together(found: Sequence[Found], others: int = 0) -> tuple[Verdict, ...]:
    """The verdicts, corrected for each other and for so many others."""
    claims = [each for each in found if not each.entry.samples.null]
    by_p, family = [each for each in claims if _goes_by_p(each.entry)], len(claims) + others
    corrected = holm([each.judged.comparison.p_value for each in by_p], family)
    p_values = dict(zip((each.entry.name for each in by_p), corrected, strict=True))
    return tuple(verdict(each.entry, each.judged, each.concern, _level(each, p_values, family)) for each in found)


def holm(p_values: Sequence[float], family: int) -> list[float]:
    """Holm's adjusted p-values, in the order given, of a family with `family` members, these and others.

    >>> holm([0.01, 0.04, 0.03], 3)
    [0.03, 0.06, 0.06]
    """
    found, least = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        least = max(least, min(1.0, (family - rank) * p_values[place]))
        found[place] = least
    return found


def _goes_by_p(entry: SimilarityEntry) -> bool:
    return entry.goal in {"superior", "different"} and not entry.margin


def _level(found: Found, p_values: Mapping[str, float], family: int) -> Level | None:
    entry = found.entry
    if entry.name in p_values:
        return Level(p_values[entry.name], entry.alpha)
    return None if entry.samples.null else Level(found.judged.comparison.p_value, entry.alpha / family)


_COLUMNS = ("experiment", "A", "B", "A tells apart", "B tells apart", "difference", "p", "corrected", "B's cost by A's")


def _row(found: Found, decided: Verdict) -> tuple[Cell, ...]:
    judged, entry = found.judged, found.entry
    rates = [sum(side.rejections(judged.alpha)) / judged.comparison.cases for side in (judged.a, judged.b)]
    corrected = decided.evidence.get("adjusted_p_value")
    return (
        entry.name,
        entry.a.name,
        entry.b.name,
        *(f"{rate:.1%}" for rate in rates),
        f"{100 * judged.comparison.difference:+.1f} points",
        f"{judged.comparison.p_value:.2g}",
        f"{corrected:.2g}" if isinstance(corrected, float) else None,
        f"{found.data['cost_ratio']:.3g}",
    )


def _summary(verdicts: Sequence[Verdict]) -> str:
    counts = [(sum(each.outcome is outcome for each in verdicts), word) for outcome, word in _WORDS.items()]
    return ", ".join(f"{count} {word}" for count, word in counts if count)
