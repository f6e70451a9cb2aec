"""Measured pairs, written and read back, and every damage in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError
from qops.formats.pairs_csv import HEADER, read, write
from qops.model.kernels import PairCount

WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12).map(str.strip)
PAIRS = st.builds(
    PairCount,
    left=st.integers(0, 9),
    right=st.integers(10, 10**6),
    zeros=st.integers(0, 50),
    shots=st.integers(50, 10**6),
    job=WORDS,
    began_at=WORDS,
    calibration=WORDS,
    states=WORDS,
)


@given(st.lists(PAIRS, max_size=5).map(tuple))
def test_what_is_written_is_read(counts: tuple[PairCount, ...]) -> None:
    assert read(HEADER + write(counts), "p.csv") == counts


@given(st.lists(PAIRS, min_size=1, max_size=3).map(tuple), st.integers(1, 40))
def test_a_torn_last_line_is_left_out(counts: tuple[PairCount, ...], cut: int) -> None:
    whole = HEADER + write(counts)
    assert read(whole[: -min(cut, len(write(counts[-1:])))], "p.csv") == counts[:-1]
    assert read(HEADER[:5], "p.csv") == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("0,1,5,10,j,t,c", "p.csv:2:1: 7 fields, where the header has 8"),
        ("0,x,5,10,j,t,c,s", "p.csv:2:3: `right` is `x`, no number"),
        ("1,1,5,10,j,t,c,s", "p.csv:2:1: these are no counts of a pair"),
        ("0,1,11,10,j,t,c,s", "p.csv:2:1: these are no counts of a pair"),
        ("0,1,0,0,j,t,c,s", "p.csv:2:1: these are no counts of a pair"),
        ('0,1,0,5,"j,t,c,s', "p.csv:2:9: a quote is not closed"),
    ],
)
def test_damage_has_its_place(line: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read(HEADER + line.encode() + b"\n", "p.csv")
    assert str(caught.value).startswith(told)


def test_another_file() -> None:
    with pytest.raises(InputError, match="not those of measured pairs"):
        read(b"a,b\n", "p.csv")
