"""Epochs: what is read, and every mistake in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError, ManyErrors
from qops.formats import epochs_csv, epochs_json
from qops.model.drift import Epochs

PLAIN = b"at,shots,successes\n2026-01-31T12:00:00Z,1000,951\n2026-01-31T14:00:00+01:00,500,480\n"
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0", exclude_categories=["Cc", "Cs", "Zl", "Zp"]))


def problems(data: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        epochs_csv.read(data, "e.csv")
    error = caught.value
    return [str(each) for each in (error.problems if isinstance(error, ManyErrors) else [error])]


def test_three_columns_are_enough_and_times_become_utc() -> None:
    found = epochs_csv.read(PLAIN, "e.csv")
    assert found.at == ("2026-01-31T12:00:00Z", "2026-01-31T13:00:00Z")
    assert found.times_s[1] - found.times_s[0] == 3600
    assert (found.shots, found.successes, found.job, found.torn) == ((1000, 500), (951, 480), ("", ""), False)


def test_a_line_that_was_cut_off_is_left_out_and_told() -> None:
    found = epochs_csv.read(PLAIN + b"2026-01-31T15:00:00Z,10", "e.csv")
    assert (len(found), found.torn) == (2, True)


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6), WORDS), max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[int, int, str]]) -> None:
    count = len(rows)
    made = Epochs(
        tuple(f"2026-01-01T00:00:{at:02d}Z" for at in range(count)),
        tuple(1767225600.0 + at for at in range(count)),
        tuple(shots for shots, _, _ in rows),
        tuple(min(shots, hits) for shots, hits, _ in rows),
        ("c",) * count,
        ("d",) * count,
        tuple(job.strip() for _, _, job in rows),
    )
    assert epochs_csv.read(epochs_csv.HEADER + epochs_csv.lines(made), "e.csv") == made


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2026-01-31T13:30:00,10,5", "e.csv:4:1: `2026-01-31T13:30:00` is no time with an offset"),
        ("2026-01-31T13:00:00Z,10,5", "e.csv:4:1: the time is that of the line before"),
        ("2026-01-30T13:00:00Z,10,5", "e.csv:4:1: the time is before that of the line before"),
        ("2026-01-31T15:00:00Z,0,0", "e.csv:4:22: an epoch of no shots says nothing"),
        ("2026-01-31T15:00:00Z,10,11", "e.csv:4:25: 11 successes in 10 shots"),
        ("2026-01-31T15:00:00Z,ten,1", "e.csv:4:22: `ten` is no number of shots"),
        ("2026-01-31T15:00:00Z,10,-1", "e.csv:4:25: `-1` is no number of successes"),
        ("2026-01-31T15:00:00Z,10", "e.csv:4:1: 2 fields, where the header has 3: the line is torn"),
        ('2026-01-31T15:00:00Z,10,"5', "e.csv:4:1: a quote is not closed, or is where none can be"),
        ("", "e.csv:4:1: 1 fields, where the header has 3: the line is torn"),
    ],
)
def test_every_mistake_has_its_place(line: str, told: str) -> None:
    (problem,) = problems(PLAIN + f"{line}\n".encode())
    assert problem.startswith(told)


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems(PLAIN + b"x,1,1\n2026-01-31T15:00:00Z,0,0\n")) == 2


@pytest.mark.parametrize("data", [b"", b"time,n,k\n", b"at,shots\n", b"at,shots,successes,job\n"])
def test_another_header_is_refused(data: bytes) -> None:
    assert problems(data)[0].startswith("e.csv:1:1: the header is not that of epochs")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", "these are no epochs"),
        ('[{"at": "now", "counts": {"00": 1}}]', "epoch 1: `now` is no time with an offset"),
        ('[{"at": "2026-01-01T00:00:00Z", "counts": {}}]', "epoch 1 has no shots"),
        ('[{"at": "2026-01-01T00:00:00Z", "counts": {"000": 1}}]', "is no count of an outcome of 2 bits"),
        ('[{"at": "2026-01-01T00:00:00Z", "counts": {"00": -1}}]', "is no count of an outcome of 2 bits"),
    ],
)
def test_counts_that_are_none(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        epochs_json.read(text.encode(), "e.json", ["00", "11"])
