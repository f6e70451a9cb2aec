"""The report of amplitude estimation."""

from collections.abc import Mapping

from qops.abtest import intervals
from qops.abtest.amplitude.guarded import Found
from qops.abtest.wording import GOAL_WORDS, number
from qops.model.abtest import SIMULATED, AbTestEntry
from qops.model.report import Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.stats.amplitude.estimate import plain_shots

_COLUMNS = ("arm", "passes", "from", "to", "calls", "most iterations", "plain shots", "plain / calls", "loss a call")


def describe(entry: AbTestEntry, kind: str, found: Mapping[str, Found], method: str, new: int) -> Report:
    """What the arms pass with, what that cost beside plain sampling, and the verdicts."""
    confidence = 1 - entry.alpha / len(found)
    plain = {arm: _plain(each, confidence) for arm, each in found.items()}
    rows = tuple(
        (
            arm,
            f"{value:.5g}",
            f"{low:.5g}",
            f"{high:.5g}",
            calls,
            most,
            plain[arm],
            f"{plain[arm] / calls:.3g}",
            f"≤ {loss.high:.2g}",
        )
        for arm, (loss, (value, low, high, calls, most)) in found.items()
    )
    verdicts = tuple(_verdict(entry, kind, variant, found) for variant in entry.variants)
    return Report(
        command="abtest estimate",
        title=f"{entry.name}: amplitudes",
        facts=(
            ("backend", entry.backend),
            ("goal", GOAL_WORDS[entry.goal](entry.margin)),
            ("method", "iterative amplitude estimation" if method == "iqae" else "maximum likelihood"),
            ("intervals", f"all hold together at {1 - entry.alpha:.4g}, if no call loses more than its bound"),
            ("looks", f"{new} new" if new else "all on record"),
        ),
        tables=(Table("", _COLUMNS, rows, _COLUMNS[1:]),),
        verdicts=verdicts,
        summary=verdicts[0].because if len(verdicts) == 1 else "",
        data={
            "name": entry.name,
            "method": method,
            "arms": {
                arm: {**each.estimate._asdict(), "plain_shots": plain[arm], "loss": each.loss._asdict()}
                for arm, each in found.items()
            },
        },
    )


def _plain(found: Found, confidence: float) -> int:
    """The shots of plain sampling with an interval as narrow as was reached."""
    return plain_shots(found.estimate.value, max(found.estimate.half_width, 1e-9), confidence)


def _verdict(entry: AbTestEntry, kind: str, variant: str, found: Mapping[str, Found]) -> Verdict:
    a, b = found["a"].estimate, found[variant].estimate
    low, high = b.low - a.high, b.high - a.low
    said = f"B - A = {number(b.value - a.value)}, from {number(low)} to {number(high)}"
    if kind not in SIMULATED:
        because = f"{said}; on a `{kind}` backend circuits drift between looks, by how much is not known here"
        return Verdict(variant, Outcome.INCONCLUSIVE, because, hint=f"`qops abtest run {entry.name}` counts in blocks")
    return Verdict(variant, intervals.outcome(entry.goal, entry.margin, low, high), said)
