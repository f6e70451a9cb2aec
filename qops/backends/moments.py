"""Times as targets tell them."""

from datetime import UTC, datetime


def in_utc(moment: datetime) -> str:
    """ISO 8601 in UTC, whole seconds; a time without a zone is in UTC.

    >>> in_utc(datetime.fromisoformat("2025-02-26T15:26:08-05:00"))
    '2025-02-26T20:26:08Z'
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
