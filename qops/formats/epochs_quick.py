"""The epochs of a file that is as qops writes it, read many lines at once.

Anything out of the ordinary, a quote, an offset, a torn line, a fault, is left to the careful reader, which names it.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from qops.formats.epochs_csv import COLUMNS, HEADER, MOST_SHOTS
from qops.model.drift import Epochs

Bytes = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int64]

_SHAPE = "dddd-dd-ddTdd:dd:ddZ"
_DIGITS = np.array([place for place, sign in enumerate(_SHAPE) if sign == "d"])
_SIGNS = np.array([place for place, sign in enumerate(_SHAPE) if sign != "d"])
_EXPECTED = np.array([ord(_SHAPE[place]) for place in _SIGNS], dtype=np.uint8)
_FIELDS = ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
_MONTHS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_MOST_DIGITS = 10
_COMMA, _LINE, _ZERO = 44, 10, 48


def read(data: bytes) -> Epochs | None:
    """What the file holds; None where it has to be read with care."""
    usual = data.startswith(HEADER) and data.endswith(b"\n") and data.isascii()
    if not usual or b'"' in data or b"\r" in data or len(data) == len(HEADER):
        return None
    letters = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(letters == _LINE)
    starts, ends = ends[:-1] + 1, ends[1:]
    commas = np.flatnonzero(letters == _COMMA)[len(COLUMNS) - 1 :]
    if len(commas) != len(starts) * (len(COLUMNS) - 1):
        return None
    commas = commas.reshape(len(starts), -1)
    if (commas[:, 0] - starts != len(_SHAPE)).any() or (commas[:, -1] > ends).any():
        return None
    times = _times(letters[starts[:, None] + np.arange(len(_SHAPE))])
    shots = _whole(letters, commas[:, 0] + 1, commas[:, 1])
    successes = _whole(letters, commas[:, 1] + 1, commas[:, 2])
    if times is None or shots is None or successes is None or not _right(times, shots, successes):
        return None
    return Epochs(
        Texts(data, starts, commas[:, 0]),
        array("d", times.astype(float).tobytes()),
        array("q", shots.tobytes()),
        array("q", successes.tobytes()),
        _texts(data, letters, commas[:, 2] + 1, commas[:, 3]),
        _texts(data, letters, commas[:, 3] + 1, commas[:, 4]),
        _texts(data, letters, commas[:, 4] + 1, ends),
    )


class Texts(Sequence[str]):
    """One column's texts, each made when it is asked for."""

    __slots__ = ("_data", "_ends", "_starts")

    def __init__(self, data: bytes, starts: Whole, ends: Whole) -> None:
        self._data, self._starts, self._ends = data, starts, ends

    def __len__(self) -> int:
        """How many lines."""
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """One text, or some of them."""
        if isinstance(place, slice):
            return Texts(self._data, self._starts[place], self._ends[place])
        return self._data[self._starts[place] : self._ends[place]].decode()

    def __iter__(self) -> Iterator[str]:
        """All of them."""
        text = self._data.decode()
        return (text[start:end] for start, end in zip(self._starts.tolist(), self._ends.tolist(), strict=True))


def _texts(data: bytes, letters: Bytes, starts: Whole, ends: Whole) -> Sequence[str]:
    """A column of texts; where all are the same, that text so often."""
    width = int(ends[0] - starts[0])
    if ((ends - starts) == width).all():
        places = starts[:, None] + np.arange(width)
        if not width or (letters[places] == letters[places[0]]).all():
            return (data[starts[0] : ends[0]].decode(),) * len(starts)
    return Texts(data, starts, ends)


def _times(letters: Bytes) -> Whole | None:
    """Seconds since 1970, by the civil calendar; None where one is no time of this form."""
    digits = letters[:, _DIGITS].astype(np.int64) - _ZERO
    if (letters[:, _SIGNS] != _EXPECTED).any() or ((digits < 0) | (digits > 9)).any():
        return None
    parts = [digits[:, low:high] @ 10 ** np.arange(high - low - 1, -1, -1) for low, high in _FIELDS]
    year, month, day, hour, minute, second = parts
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    if ((month < 1) | (month > 12) | (year < 1) | (hour > 23) | (minute > 59) | (second > 59) | (day < 1)).any():
        return None
    if (day > _MONTHS[month] + (leap & (month == 2))).any():
        return None
    days = np.array([f"{at:04d}-01-01" for at in range(int(year.min()), int(year.max()) + 1)], dtype="datetime64[D]")
    before = np.concatenate([[0, 0], np.cumsum(_MONTHS[1:])])[month] + (leap & (month > 2))
    date = days.astype(np.int64)[year - year.min()] + before + day - 1
    whole: Whole = ((date * 24 + hour) * 60 + minute) * 60 + second
    return whole


def _whole(letters: Bytes, starts: Whole, ends: Whole) -> Whole | None:
    """Whole numbers; None where one is not written in digits."""
    widths = ends - starts
    most = int(widths.max())
    if widths.min() < 1 or most > _MOST_DIGITS:
        return None
    found = np.zeros(len(starts), dtype=np.int64)
    for place in range(most):
        inside = place < widths
        digits = letters[np.where(inside, starts + place, starts)].astype(np.int64) - _ZERO
        if ((digits < 0) | (digits > 9))[inside].any():
            return None
        found = np.where(inside, 10 * found + digits, found)
    return found


def _right(times: Whole, shots: Whole, successes: Whole) -> bool:
    ascend = bool((np.diff(times) > 0).all())
    return ascend and bool(((shots > 0) & (shots <= MOST_SHOTS) & (successes <= shots)).all())
