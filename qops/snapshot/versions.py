"""Version tags in the order of Semantic Versioning 2.0.0 [1]_.

References:
    [1] T. Preston-Werner, Semantic Versioning 2.0.0, https://semver.org, section 11 (precedence).
"""

import re
from collections.abc import Iterable

from qops.errors import InputError

_NUMBER = r"(?:0|[1-9][0-9]*)"
_WORD = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_TAG = re.compile(rf"v?({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_WORD}(?:\.{_WORD})*))?(?:\+[0-9A-Za-z.-]+)?")

Precedence = tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]


def precedence(tag: str) -> Precedence | None:
    """A key that sorts version tags by precedence, or None for any other tag.

    >>> precedence("v1.0.0-rc.1") < precedence("v1.0.0")
    True
    """
    found = _TAG.fullmatch(tag)
    if found is None:
        return None
    major, minor, patch, pre = found.groups()
    words = tuple((not w.isdigit(), int(w) if w.isdigit() else 0, w) for w in pre.split(".")) if pre else ()
    return (int(major), int(minor), int(patch)), pre is None, words


def check_later(tag: str, existing: Iterable[str]) -> None:
    """Refuse a tag that is no version, exists, or does not come after all the version tags there are."""
    key = precedence(tag)
    if key is None:
        raise InputError(f"`{tag}` is not a version", hint="use a tag like v1.2.3 or v1.2.3-rc.1")
    versions = {known: rank for known in existing if (rank := precedence(known)) is not None}
    if tag in versions:
        raise InputError(f"the tag {tag} exists already", hint=f"use a version after {_latest(versions)}")
    if versions and key <= max(versions.values()):
        raise InputError(f"{tag} does not come after {_latest(versions)}", hint="use a later version")


def _latest(versions: dict[str, Precedence]) -> str:
    return max(versions, key=lambda known: versions[known])
