"""What a value of the manifest's `abtests` may be, one rule a function."""

import math
import re
from collections.abc import Callable, Sequence

from qops.formats.located_values import Objection
from qops.formats.manifest_rules import circuit_name
from qops.model.abtest import CORRECTIONS, FAMILIES, GOALS, PEEK_RULES
from qops.model.spelling import did_you_mean

RESERVED = ("whole", "plan", "run", "judge", "calibrate", "estimate", "matrix")
"""The words that follow `qops abtest` and are no names."""

FEWEST_BLOCKS = 6
FEW_BLOCKS = 10
MOST_BLOCKS = 10_000
MOST_LOOKS = 100
MOST_SHOTS = 10_000_000


def name(text: str) -> Objection | None:
    """The name of an abtest: a directory, of one part, and none of the commands."""
    if text in RESERVED:
        return Objection("is a command of `qops abtest`, and no name", "choose another name")
    if "/" in text or "*" in text:
        return Objection("is not a name for an abtest", "letters, digits and `._-` make a name")
    objection = circuit_name(text)
    return Objection(objection.cause.replace("circuit", "abtest"), objection.hint) if objection else None


def pattern(text: str) -> Objection | None:
    """A pattern of outcomes."""
    good = re.fullmatch("[01*]+", text)
    return None if good else Objection("is no pattern of outcomes", 'bits and `*`, in quotes: "1*0"')


def pauli(text: str) -> Objection | None:
    """A Pauli word."""
    good = re.fullmatch("[IXYZ]+", text)
    return None if good else Objection("is no Pauli word", "one letter of IXYZ a qubit, qubit 0 at the right")


def score(number: float) -> Objection | None:
    """A score."""
    return None if 0 <= number <= 1 else Objection("is no score from 0 to 1", "divide all scores by the greatest")


def coefficient(number: float) -> Objection | None:
    """A coefficient of an observable, or an angle."""
    return None if math.isfinite(number) else Objection("is not a finite number")


def margin(number: float) -> Objection | None:
    """A margin: how much of the metric does not matter, or is demanded."""
    if math.isfinite(number) and number >= 0:
        return None
    return Objection("is a margin of the wrong sign", f"write how much, without a sign: {abs(number):g}")


def open_share(number: float) -> Objection | None:
    """A probability that is neither 0 nor 1."""
    return None if 0 < number < 1 else Objection("is not between 0 and 1", "for example 0.05")


def alpha(number: float) -> Objection | None:
    """An error rate to be kept."""
    return open_share(number) or (
        None if number <= 0.5 else Objection("is no error rate to ask for", "for example 0.05")
    )


def power(number: float) -> Objection | None:
    """How often a difference of the planned size is found."""
    return open_share(number) or (None if number >= 0.5 else Objection("is no power to plan for", "for example 0.8"))


def blocks(number: int) -> Objection | None:
    """How many blocks."""
    if number < FEWEST_BLOCKS:
        hint = "with so few, no outcome at all is significant at 5 %; 20 is a good number"
        return Objection(f"blocks are too few: {FEWEST_BLOCKS} are the least", hint)
    return None if number <= MOST_BLOCKS else Objection(f"blocks are too many: {MOST_BLOCKS:,} are the most")


def shots(number: int) -> Objection | None:
    """Shots of a job."""
    if number < 1:
        return Objection("shots count nothing", "1000 a job is a good number")
    return None if number <= MOST_SHOTS else Objection(f"shots are too many for one job: {MOST_SHOTS:,} are the most")


def looks(number: int) -> Objection | None:
    """How many looks."""
    return None if 2 <= number <= MOST_LOOKS else Objection(f"looks go from 2 to {MOST_LOOKS}", "10 is a good number")


def amount(number: float) -> Objection | None:
    """A price, or a standard deviation."""
    return None if math.isfinite(number) and number >= 0 else Objection("is no amount from 0 up")


def one_of(known: Sequence[str], what: str) -> Callable[[str], Objection | None]:
    """A word out of a few."""

    def rule(word: str) -> Objection | None:
        if word in known:
            return None
        return Objection(f"is no {what}", did_you_mean(word, known) or f"it is one of {', '.join(known)}")

    return rule


goal = one_of(GOALS, "goal")
family = one_of(FAMILIES, "family of tests")
correction = one_of(CORRECTIONS, "correction")
peek_rule = one_of(PEEK_RULES, "rule for looking")
