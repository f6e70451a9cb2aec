"""The alarm that no epoch came: apart from drift, since silence says nothing about a device. Pure."""

from qops.drift.moments import seconds, span
from qops.model.incident import Alarm
from qops.model.response import STALE
from qops.model.verdict import Outcome, Verdict

_SKEW_S = 60.0
"""Clocks of different machines may be apart so much."""


def verdict(watch: str, last: str, now: str, stale_after_s: float) -> Verdict:
    """Whether the last epoch of a watch, at the time `last`, is recent enough at the time `now`.

    An epoch that is dated after now tells that a clock is wrong, and then nothing is known about its age.

    >>> verdict("ghz", "2026-01-01T00:00:00Z", "2026-01-01T03:00:00Z", 7200).because
    'the last epoch is 3 h old, and one was due within 2 h'
    """
    age = seconds(now) - seconds(last)
    outcome, because, hint = Outcome.PASS, f"the last epoch is {span(max(age, 0.0))} old", ""
    if age < -_SKEW_S:
        outcome, because = Outcome.INCONCLUSIVE, f"the last epoch is dated {span(-age)} after now"
        hint = "see whether a clock has been set back, or the epoch carries a wrong time"
    elif age > stale_after_s:
        outcome, because = Outcome.INCONCLUSIVE, f"{because}, and one was due within {span(stale_after_s)}"
        hint = f"see why nothing is recorded; then `qops drift run {watch}`"
    return Verdict(f"{watch} is recent", outcome, because, max(age, 0.0), stale_after_s, {"last": last}, hint)


def alarm(watch: str, baseline: str, last: str, now: str, stale_after_s: float) -> Alarm | None:
    """The alarm, one for each silence: it is known by the epoch that was the last; None while there is no reason."""
    if seconds(now) - seconds(last) <= stale_after_s:
        return None
    return Alarm(baseline, watch, STALE, last, last)
