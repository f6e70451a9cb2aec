"""Many lines at once are read as one by one, and whatever is out of the ordinary is left to the careful reader."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError
from qops.formats import epochs_csv, epochs_quick
from qops.model.drift import Epochs

HEADER = "at,shots,successes,calibration,digest,job\n"
NAMES = st.text(st.characters(codec="ascii", exclude_characters='",\n\r', exclude_categories=["Cc"]), max_size=6)


@st.composite
def files(draw: st.DrawFn) -> str:
    moment = datetime.fromisoformat("0001-01-02T00:00:00+00:00") + timedelta(
        seconds=draw(st.integers(0, 9000 * 31_557_600))
    )
    names = draw(st.tuples(NAMES, NAMES))
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        shots = draw(st.integers(1, 10**9))
        hits = draw(st.integers(0, shots))
        job = draw(NAMES)
        lines.append(f"{moment.isoformat().replace('+00:00', 'Z')},{shots},{hits},{names[0]},{names[1]},{job}\n")
        moment += timedelta(seconds=draw(st.integers(1, 10**7)))
    return HEADER + "".join(lines)


def plain(epochs: Epochs) -> tuple[tuple[object, ...], ...]:
    columns = (epochs.at, epochs.times_s, epochs.shots, epochs.successes, epochs.calibration, epochs.digest, epochs.job)
    return tuple(map(tuple, columns))


@given(files())
def test_both_readers_agree(text: str) -> None:
    quick = epochs_quick.read(text.encode())
    assert quick is not None
    assert plain(quick) == plain(epochs_csv.read(text.encode(), "e.csv"))
    assert epochs_csv.lines(quick) == epochs_csv.lines(epochs_csv.read(text.encode(), "e.csv"))
    assert [quick.at[place] for place in range(len(quick))] == list(quick.at)
    assert list(quick.at[1:]) == list(quick.at)[1:]


@given(files(), st.data())
def test_a_file_that_was_changed_is_read_alike_or_left_alone(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from(["", ",", "\n", "0", "9", "-", "Z", '"', "é", " ", "+", "T", "\r"]))
    changed = (text[:place] + put + text[place + data.draw(st.integers(0, 1)) :]).encode()
    quick = epochs_quick.read(changed)
    if quick is None:
        return
    assert plain(quick) == plain(epochs_csv.read(changed, "e.csv"))


LINE = "2026-01-31T12:00:00Z,100,95,c,d,j\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADER,
        HEADER + LINE.rstrip("\n"),
        HEADER + LINE + LINE,
        HEADER + LINE.replace("Z", "+00:00"),
        HEADER + LINE.replace("12:00:00Z", "24:00:00Z"),
        HEADER + LINE.replace("01-31", "02-29"),
        HEADER + LINE.replace("01-31", "13-01"),
        HEADER + LINE.replace(",95,", ",101,"),
        HEADER + LINE.replace(",100,", ",0,"),
        HEADER + LINE.replace(",100,", ",10000000000,"),
        HEADER + LINE.replace(",100,", ",,"),
        HEADER + LINE.replace(",c,", ',"c",'),
        HEADER + LINE.replace(",c,", ",c,c,"),
        "at,shots,successes\n2026-01-31T12:00:00Z,100,95\n",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_care(text: str) -> None:
    assert epochs_quick.read(text.encode()) is None


def test_the_29th_of_february() -> None:
    text = HEADER + LINE.replace("2026-01-31", "2024-02-29")
    quick = epochs_quick.read(text.encode())
    assert quick is not None
    assert quick.times_s[0] == datetime(2024, 2, 29, 12, tzinfo=UTC).timestamp()
    with pytest.raises(InputError):
        epochs_csv.read((HEADER + LINE.replace("2026-01-31", "2026-02-29")).encode(), "e.csv")
