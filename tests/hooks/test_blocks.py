"""The block of our own in a file of the user's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.hooks.blocks import block, with_block, without_block


@given(st.binary(max_size=60), st.sampled_from([b"", b"#!/bin/sh\n", b"#!/bin/sh\n# a\n"]))
def test_taking_the_block_out_leaves_every_byte(rest: bytes, head: bytes) -> None:
    text = head + rest
    once = with_block(text, "one\ntwo")
    assert block(once) == "one\ntwo\n"
    assert without_block(once) == text
    assert with_block(once, "one\ntwo") == once


@pytest.mark.parametrize(("text", "first"), [(b"#!/bin/sh\nexit 0", b"#!/bin/sh\n"), (b"*.png binary", b"")])
def test_it_stands_first_but_for_the_interpreter(text: bytes, first: bytes) -> None:
    assert with_block(text, "lines").startswith(first + b"# >>> qops")


def test_new_lines_replace_old_ones() -> None:
    assert with_block(with_block(b"rest", "old"), "new") == with_block(b"rest", "new")
