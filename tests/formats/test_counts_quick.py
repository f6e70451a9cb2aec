"""The quick reader of counts agrees with the careful one, or leaves the file to it."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError, ManyErrors
from qops.formats import counts_csv, counts_quick

HEADER = counts_csv.HEADER.decode()
LINES = (
    "1,a b,a,,00,480,1000,j1,t,c,da,1",
    "1,a b,a,,11,520,1000,j1,t,c,da,1",
    "1,a b,b,X,00,1000,1000,j2,t,c,db,2",
    "2,b a,b,X,01,1000,1000,j3,t,c,db,2",
    "2,b a,a,,10,7,7,j4,t,c,da,3",
)
GOOD = "".join(f"{line}\n" for line in LINES)
PIECES = (*LINES, "\n", ",", '"', "0", "1", "a b", "480", "j1", " ", "-", "x", "\u0661")


def carefully(text: str) -> counts_csv.Recorded | None:
    with patch.object(counts_quick, "read", return_value=None):
        try:
            return counts_csv.read((HEADER + text).encode(), "counts.csv")
        except (InputError, ManyErrors):
            return None


def test_a_good_file_is_read_quickly() -> None:
    found = counts_quick.read(GOOD)
    assert found is not None
    assert [block.number for block in found] == [1, 2]
    assert carefully(GOOD) == counts_csv.Recorded(found)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_pieces_of_files_are_read_alike_or_left(text: str) -> None:
    found = counts_quick.read(text)
    assert found is None or carefully(text) == counts_csv.Recorded(found)


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(["", *PIECES])), max_size=3),
    st.permutations(LINES),
)
def test_damaged_files_are_read_alike_or_left(damage: list[tuple[int, int, str]], lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    for at, length, piece in damage:
        text = text[:at] + piece + text[at + length :]
    found = counts_quick.read(text)
    assert found is None or carefully(text) == counts_csv.Recorded(found)
