"""Text that shows what it holds: nothing in it can move a cursor, hide or reorder its neighbours."""

from qops.model.report import Cell


def visible(text: str) -> str:
    r"""`text` on one line, with every character that does not print as itself written as a Python escape.

    That covers control characters, line breaks, bidirectional and zero-width marks, and lone surrogates.

    >>> visible("a\x1b[2J\u202eb")
    'a\\x1b[2J\\u202eb'
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else _escape(letter) for letter in text)


def cell_text(cell: Cell) -> str:
    """A value as every renderer writes it: shortest round-trip decimals, `-` where there is nothing.

    >>> cell_text(0.1), cell_text(3), cell_text(None)
    ('0.1', '3', '-')
    """
    return "-" if cell is None else visible(str(cell))


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")
