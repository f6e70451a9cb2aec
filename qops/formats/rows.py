"""Values as JSON that never changes its spelling: shortest decimals, nothing escaped that need not be."""

import json


def quoted(text: str) -> str:
    """Text in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def row(value: object) -> str:
    """A number, text, nothing, or a nested tuple of these, on one line.

    >>> row(((0, 1), 0.01, None))
    '[[0, 1], 0.01, null]'
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(row, value))}]"
    if isinstance(value, str):
        return quoted(value)
    return "null" if value is None else repr(value)
