"""Merge conflicts that git left in a file."""

import re

from qops.errors import InputError
from qops.model.where import excerpt, place

_MARKS = ("<<<<<<<", "|||||||", ">>>>>>>")
_MARKER = re.compile(rf"^(?:{'|'.join(map(re.escape, _MARKS))})(?= |\r?$)", re.MULTILINE)


def refuse_conflicts(text: str, file: str, remedy: str) -> None:
    """Do nothing, unless git left a conflict marker in `text`.

    Args:
        text: the whole file.
        file: its name, for the error.
        remedy: the next step, as the error's hint.

    Raises:
        InputError: at the first marker.
    """
    if any(mark in text for mark in _MARKS) and (found := _MARKER.search(text)):
        raise InputError(
            "the file holds a merge conflict that is not resolved",
            where=place(file, text, found.start()),
            excerpt=excerpt(text, found.start()),
            hint=remedy,
        )
