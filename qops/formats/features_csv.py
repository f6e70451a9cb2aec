"""Tables of features: CSV to numbers, one observation a line under a line of names.

Columns that are not asked for may hold anything. Where none is asked for, those are taken whose first value is a
number.
"""

import math

from qops.formats.conflicts import refuse_conflicts
from qops.formats.csv_fields import Field, FieldError, split
from qops.formats.problems import Problems
from qops.formats.text import decode
from qops.model.kernels import FeatureTable
from qops.model.spelling import did_you_mean
from qops.model.where import Where


def read(data: bytes, file: str, columns: tuple[str, ...] = ()) -> FeatureTable:
    """The features in a file called `file`.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`: a value that is missing or no finite number, a
            column that is not there, or that is the same in every row.
    """
    text = decode(data, file)
    refuse_conflicts(text, file, "keep one side, and delete the other and the marker lines")
    return _Reader(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), file).read(columns)


class _Reader:
    """Reads one file; a value that is wrong is reported, and NaN stands for it until all are read."""

    def __init__(self, lines: list[str], file: str) -> None:
        self._lines = lines
        self._file = file
        self._problems = Problems(lines, file)

    def read(self, columns: tuple[str, ...]) -> FeatureTable:
        rows = [self._row(line, number) for number, line in enumerate(self._lines, 1) if line.strip(" \t")]
        self._problems.raise_any()
        if len(rows) < 2:
            hint = "write a line with the columns' names, then one observation a line"
            self._problems.add("the table has no observation", Where(self._file), hint)
            self._problems.stop()
        header, *body = rows
        places = self._places(header, body[0], columns)
        whole = [row for row in body if self._is_whole(row, len(header))]
        values = tuple(tuple(self._number(row[place], header[place].text) for place in places) for row in whole)
        self._problems.raise_any()
        self._refuse_constants([header[place] for place in places], values)
        return FeatureTable(tuple(header[place].text for place in places), values)

    def _say(self, cause: str, field: Field, hint: str | None = None) -> None:
        self._problems.add(cause, Where(self._file, field.line, field.column), hint)

    def _row(self, line: str, number: int) -> list[Field]:
        try:
            return split(line, number)
        except FieldError as error:
            self._problems.add(error.cause, Where(self._file, number, error.column))
            return []

    def _places(self, header: list[Field], first: list[Field], columns: tuple[str, ...]) -> list[int]:
        names = [field.text for field in header]
        for place, field in enumerate(header):
            if field.text in names[:place]:
                self._say(f"the column `{field.text}` is here for the second time", field, "rename one of them")
        for name in columns:
            if name not in names:
                hint = did_you_mean(name, names) or f"its columns are {', '.join(names[:20])}"
                self._say(f"there is no column `{name}`", header[0], hint)
        if not columns:
            columns = tuple(name for name, field in zip(names, first, strict=False) if _is_number(field.text))
            if not columns:
                self._say("no column holds numbers", first[0], "the decimal mark is a point")
        self._problems.raise_any()
        return [names.index(name) for name in columns]

    def _is_whole(self, row: list[Field], count: int) -> bool:
        if len(row) != count:
            self._say(f"{len(row)} fields, where the header has {count}", row[-1])
        return len(row) == count

    def _number(self, field: Field, column: str) -> float:
        value = float(field.text) if _is_number(field.text) else math.nan
        if not math.isfinite(value):
            what = f"`{field.text[:40]}`" if field.text else "nothing"
            hint = "leave rows with missing values out, or fill them in before"
            self._say(f"the column `{column}` has {what} where a finite number should be", field, hint)
        return value

    def _refuse_constants(self, header: list[Field], values: tuple[tuple[float, ...], ...]) -> None:
        for field, column in zip(header, zip(*values, strict=True), strict=True):
            if min(column) == max(column):
                cause = f"the column `{field.text}` is {column[0]:g} in every row, so that it tells nothing apart"
                self._say(cause, field, "leave it out of `columns`")
        self._problems.raise_any()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and "_" not in text
