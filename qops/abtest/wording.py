"""Words for what was asked and what came out."""

from collections.abc import Callable, Mapping

from qops.model.abtest import Metric, Observable, Pass
from qops.model.verdict import Outcome

GOAL_WORDS: Mapping[str, Callable[[float], str]] = {
    "different": lambda _: "B is better than A, or worse",
    "superior": lambda margin: f"B is better than A by more than {margin:g}" if margin else "B is better than A",
    "non-inferior": lambda margin: f"B is not worse than A by {margin:g}",
    "equivalent": lambda margin: f"B is within {margin:g} of A",
}

_FOUND: Mapping[tuple[str, Outcome], str] = {
    ("different", Outcome.PASS): "better",
    ("different", Outcome.FAIL): "worse",
    ("superior", Outcome.PASS): "better",
    ("superior", Outcome.FAIL): "not better",
    ("non-inferior", Outcome.PASS): "non-inferior",
    ("non-inferior", Outcome.FAIL): "worse",
    ("equivalent", Outcome.PASS): "equivalent",
    ("equivalent", Outcome.FAIL): "not equivalent",
}


def found(goal: str, outcome: Outcome) -> str:
    """What was found of B, in a word.

    >>> found("different", Outcome.FAIL), found("equivalent", Outcome.INCONCLUSIVE)
    ('worse', 'inconclusive')
    """
    return _FOUND.get((goal, outcome), "inconclusive")


def number(value: float) -> str:
    """A difference, with its sign.

    >>> number(0.01234), number(-0.5)
    ('+0.01234', '-0.5')
    """
    return f"{value:+.4g}"


def metric_words(metric: Metric) -> str:
    """A metric in a line.

    >>> metric_words(Pass(("000", "111")))
    'share of 000, 111'
    """
    if isinstance(metric, Pass):
        return f"share of {_some(metric.patterns)}"
    if isinstance(metric, Observable):
        return f"expectation of {_some([f'{value:+g} {word}' for word, value in metric.terms.items()])}"
    return f"mean score of {_some([f'{pattern}: {value:g}' for pattern, value in metric.values.items()])}"


def _some(words: tuple[str, ...] | list[str], most: int = 6) -> str:
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")
