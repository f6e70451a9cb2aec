"""A verdict: what was asked, what came out, and the sentence that a reviewer reads."""

from collections.abc import Iterable
from enum import Enum

import msgspec

from qops.errors import ExitCode


class Outcome(Enum):
    """Missing evidence is INCONCLUSIVE, never PASS."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"


class Verdict(msgspec.Struct, frozen=True):
    """One answer. `statistic` and `threshold` are in the same unit where there is one; `evidence` is JSON-able.

    `hint` is the next step where there is one, often a command.
    """

    name: str
    outcome: Outcome
    because: str
    statistic: float | None = None
    threshold: float | None = None
    evidence: dict[str, object] = {}
    hint: str = ""


def exit_code(verdicts: Iterable[Verdict]) -> ExitCode:
    """The worst outcome decides: a failure outranks a doubt, a doubt outranks a pass.

    >>> exit_code([Verdict("a", Outcome.PASS, ""), Verdict("b", Outcome.INCONCLUSIVE, "")])
    <ExitCode.INCONCLUSIVE: 3>
    """
    outcomes = {verdict.outcome for verdict in verdicts}
    if Outcome.FAIL in outcomes:
        return ExitCode.FINDING
    if Outcome.INCONCLUSIVE in outcomes:
        return ExitCode.INCONCLUSIVE
    return ExitCode.OK
