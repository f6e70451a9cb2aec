"""Recorded counts: what is written reads back, and every mistake has its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError, ManyErrors
from qops.formats import counts_csv
from qops.model.counts import Block, CountedJob, Tally

HEADER = counts_csv.HEADER.decode()
GOOD = "1,a b,a,,00,480,1000,j1,t,c,da,1\n1,a b,a,,11,520,1000,j1,t,c,da,1\n1,a b,b,,00,1000,1000,j2,t,c,db,2\n"
SECOND = GOOD.replace("1,a b", "2,a b")


def read(text: str) -> counts_csv.Recorded:
    return counts_csv.read(text.encode(), "counts.csv")


jobs = st.builds(
    lambda arm, times, job, seed: CountedJob(arm, "", Tally(f"d{arm}", times), job, "t", "c", seed),
    st.just("a"),
    st.dictionaries(st.text("01", min_size=3, max_size=3), st.integers(1, 10**9), min_size=1).map(
        lambda times: dict(sorted(times.items()))
    ),
    st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=1).filter(
        lambda text: not text.startswith(("<", "|", ">"))
    ),
    st.integers(0, 2**32 - 1),
)


@given(st.lists(jobs, min_size=1, max_size=4))
def test_what_is_written_reads_back(found: list[CountedJob]) -> None:
    blocks = tuple(Block(number, ("a",), (job,)) for number, job in enumerate(found, 1))
    text = counts_csv.HEADER + b"".join(map(counts_csv.lines, blocks))
    assert counts_csv.read(text, "counts.csv") == counts_csv.Recorded(blocks)


@pytest.mark.parametrize("cut", range(1, len(SECOND)))
def test_a_file_that_was_cut_off_anywhere_holds_its_whole_blocks(cut: int) -> None:
    whole = read(HEADER + GOOD)
    found = read(HEADER + GOOD + SECOND[:cut])
    assert found.blocks == whole.blocks
    assert found.torn


def test_windows_line_ends_are_read() -> None:
    assert read((HEADER + GOOD).replace("\n", "\r\n")) == read(HEADER + GOOD)


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (HEADER + GOOD[:20] + "\n" + SECOND, "2:17", "the line is torn"),
        (HEADER + GOOD.replace(",480,", ",x,", 1), "2:13", "`x` is no count"),
        (HEADER + GOOD.replace(",480,", ",-4,", 1), "2:13", "`-4` is no count"),
        (HEADER + GOOD.replace(",480,", ",2000,", 1), "2:13", "2000 of 1000 shots is a probability above 1"),
        (HEADER + GOOD.replace(",00,", ",0x,", 1), "2:10", "`0x` is no outcome"),
        (HEADER + GOOD.replace(",11,", ",111,"), "3:10", "`111` has 3 bits, the job's first outcome 2"),
        (HEADER + GOOD.replace(",11,", ",00,"), "3:10", "the outcome `00` is here for the second time"),
        (HEADER + GOOD.replace("520,1000,j1,t,c,da", "520,1000,j1,t,c,dx"), "3:29", "the digest is another one"),
        (HEADER + GOOD.replace(",520,", ",519,") + SECOND, "4:1", "block 1 is not whole"),
        (HEADER + GOOD.splitlines()[0] + "\n" + SECOND, "2:1", "block 1 is not whole"),
        (HEADER + GOOD + SECOND + GOOD, "8:1", "block 1 is here for the second time"),
        ("block,order\n", "1:1", "the header is not that of recorded counts"),
        ("arm,outcome,count\n", "1:1", "there are no counts"),
        ("arm,outcome,count\na,00,1\na,00,2\n", "3:1", "the outcome `00` of `a` is here for the second time"),
        ("arm,outcome,count\na,00\n", "2:1", "2 fields, where the header has 3"),
        ("arm,outcome,count\na,00,1\na,000,1\n", "3:1", "`000` has 3 bits"),
        (HEADER + "<<<<<<< a\n" + GOOD, "2:1", "conflict"),
    ],
)
def test_every_mistake_has_its_place(text: str, place: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    problem = caught.value.problems[0] if isinstance(caught.value, ManyErrors) else caught.value
    assert told in problem.cause
    assert str(problem.where) == f"counts.csv:{place}"
    assert problem.hint


def test_totals_without_blocks() -> None:
    found = read("arm,outcome,count\na,00,5\nb,11,7\na,01,2\n\n")
    assert found.totals == {"a": {"00": 5, "01": 2}, "b": {"11": 7}}
    assert found.blocks == ()
