"""Merging two descendants of one text or one table."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

Value = TypeVar("Value")


class Merged(msgspec.Struct, frozen=True):
    """What came of a merge: the content, with conflict markers in it unless `clean`, and a word to the user."""

    data: bytes
    clean: bool
    note: str = ""


def combine(
    ours: Mapping[str, Value], base: Mapping[str, Value], theirs: Mapping[str, Value]
) -> tuple[dict[str, Value], set[str]]:
    """Each key as the side has it that changed it, and the keys that both changed, each in its own way.

    >>> combine({"a": 1, "b": 2}, {"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 3, "c": 1})
    ({'a': 2}, {'b'})
    """
    merged: dict[str, Value] = {}
    conflicts: set[str] = set()
    for key in sorted({*ours, *base, *theirs}):
        own, old, other = ours.get(key), base.get(key), theirs.get(key)
        if own != old != other and own != other:
            conflicts.add(key)
        elif (chosen := other if own == old else own) is not None:
            merged[key] = chosen
    return merged, conflicts
