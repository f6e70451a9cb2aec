"""Times as text, ISO 8601 with their offset, and what lies between them."""

from datetime import datetime


def seconds(at: str) -> float:
    """Seconds since 1970, UTC.

    >>> seconds("1970-01-01T00:01:00Z"), seconds("1970-01-01T01:00:00+01:00")
    (60.0, 0.0)
    """
    return datetime.fromisoformat(at).timestamp()


def span(length: float) -> str:
    """A length of time in seconds, in the unit that suits it, rounded.

    >>> span(90), span(7200), span(3 * 86400)
    ('90 s', '2 h', '3 days')
    """
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if length >= 2 * size or (length >= size and length % size == 0):
            return f"{length / size:.3g} {'day' if length == size == 86400 else unit}"
    return f"{length:.3g} s"
