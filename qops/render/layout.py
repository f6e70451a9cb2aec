"""Columns and paragraphs of plain text, measured in terminal cells."""

from collections.abc import Sequence

from qops.render.visible import width

GAP = 2
NARROWEST = 8


def fold(text: str, limit: int | None) -> list[str]:
    """`text` in lines of at most `limit` cells, broken at spaces, and inside a word only where it must be.

    >>> fold("a quiet reader", 8)
    ['a quiet', 'reader']
    """
    if limit is None or width(text) <= limit:
        return [text]
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined) <= limit:
            lines[-1] = joined
        else:
            pieces = _pieces(word, limit)
            lines[-1:] = pieces if not lines[-1] else [lines[-1], *pieces]
    return lines


def align(rows: Sequence[Sequence[str]], right: Sequence[bool], limit: int | None = None) -> list[list[str]]:
    """The rows set in columns: one list of lines a row, more than one where a cell had to be folded.

    `right` says which columns are set flush right. No text is ever cut: without a `limit` the columns are as wide as
    they need, with one the widest are folded.
    """
    natural = [max(width(row[column]) for row in rows) for column in range(len(right))]
    widths = _fit(natural, limit)
    return [_set_row(row, widths, right) for row in rows]


def _pieces(word: str, limit: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _fit(natural: list[int], limit: int | None) -> list[int]:
    if limit is None:
        return natural
    cap = max(natural, default=0)
    while cap > NARROWEST and sum(min(each, cap) + GAP for each in natural) - GAP > limit:
        cap -= 1
    return [min(each, cap) for each in natural]


def _set_row(row: Sequence[str], widths: list[int], right: Sequence[bool]) -> list[str]:
    cells = [fold(text, limit) for text, limit in zip(row, widths, strict=True)]
    height = max(len(cell) for cell in cells)
    lines = []
    for index in range(height):
        parts = [
            _pad(cell[index] if index < len(cell) else "", size, flush_right=flush_right)
            for cell, size, flush_right in zip(cells, widths, right, strict=True)
        ]
        lines.append((" " * GAP).join(parts).rstrip())
    return lines


def _pad(text: str, size: int, *, flush_right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if flush_right else text + space
