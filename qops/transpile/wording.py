"""Shares and lists as a reviewer reads them."""

from collections.abc import Sequence


def percent(share: float) -> str:
    """A signed share in percent, to one decimal.

    >>> percent(0.0421), percent(-0.5), percent(12.3), percent(-0.0001)
    ('+4.2', '-50.0', '+1,230.0', '+0.0')
    """
    return f"{round(100 * share, 1) + 0.0:+,.1f}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """The first of many names.

    >>> listed(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
