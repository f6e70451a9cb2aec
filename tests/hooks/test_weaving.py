"""Changes of two sides made together, or refused."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.hooks.weaving import Change, weave


def changes(old: bytes, new: bytes) -> list[Change]:
    matcher = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def woven(base: str, ours: str, theirs: str) -> str | None:
    texts = ["".join(f"{letter}\n" for letter in text).encode() for text in (base, ours, theirs)]
    merged = weave(texts[0], texts[1], changes(texts[0], texts[1]), texts[2], changes(texts[0], texts[2]))
    return None if merged is None else merged.decode().replace("\n", "")


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("Abcd", "aBcd", "ABcd"),  # neighbours
        ("Abcd", "Abcd", "Abcd"),  # the same
        ("acd", "abc", "ac"),  # two deletions
        ("Xabcd", "abcdY", "XabcdY"),  # two insertions
        ("aXbcd", "aBcd", "aXBcd"),  # an insertion before a change
        ("abXcd", "aBcd", "aBXcd"),  # an insertion after a change
        ("aXd", "aBcd", None),  # a line that both changed
        ("aXbcd", "aYbcd", None),  # a gap that both filled
        ("ad", "abXcd", None),  # an insertion into what is gone
    ],
)
def test_small_cases(ours: str, theirs: str, merged: str | None) -> None:
    assert woven("abcd", ours, theirs) == merged
    assert woven("abcd", theirs, ours) == merged


@given(st.data())
def test_lines_that_one_side_changes_come_out_as_that_side_has_them(data: st.DataObject) -> None:
    base = "abcdefghij"
    owner = data.draw(st.lists(st.sampled_from("-ot"), min_size=len(base), max_size=len(base)))
    sides = {who: "".join(c.upper() if o == who else c for c, o in zip(base, owner, strict=True)) for who in "ot"}
    merged = "".join(c if o == "-" else c.upper() for c, o in zip(base, owner, strict=True))
    assert woven(base, sides["o"], sides["t"]) == merged


@given(st.text("ab", max_size=6), st.text("abx", max_size=6), st.text("aby", max_size=6))
def test_both_sides_are_equal_before_the_law(base: str, ours: str, theirs: str) -> None:
    assert woven(base, ours, theirs) == woven(base, theirs, ours)
    assert woven(base, ours, base) == ours
    assert woven(base, ours, ours) == ours
