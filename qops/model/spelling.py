"""The nearest spelling of a mistyped name."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` probably meant, if one is near.

    >>> nearest("sorce", ["source", "tags"])
    'source'
    """
    known = list(known)[:10_000]
    folded = {candidate.casefold(): candidate for candidate in reversed(known)}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The hint that names the nearest spelling, if there is one."""
    close = nearest(name, known)
    return f"did you mean `{close}`?" if close else None
