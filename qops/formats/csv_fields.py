"""The fields of one line of CSV, each with its column.

Fields are quoted as in RFC 4180 [1]_, but none spans lines. Blanks around an unquoted field are not part of it.

References:
    [1] Y. Shafranovich, Common Format and MIME Type for CSV Files, RFC 4180 (2005).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_FIELD = re.compile(r'[ \t]*+(?:"(?P<quoted>(?:[^"]|"")*+)"[ \t]*+|(?P<plain>[^,"]*+))(?=,|$)')
_PLAIN = re.compile(r'(?![<|>\s])[^,"]*(?<!\s)')


class Field(NamedTuple):
    """The text of a field, and where it begins; lines and columns are counted from one."""

    text: str
    line: int
    column: int


class FieldError(Exception):
    """The line is not CSV from `column` on."""

    def __init__(self, cause: str, column: int) -> None:
        super().__init__(cause)
        self.cause = cause
        self.column = column


def split(line: str, number: int) -> list[Field]:
    """The fields of a line, which is line `number` of its file.

    Raises:
        FieldError: a quote is not closed, or is where none can be.

    >>> split('a, "b,c"', 1)
    [Field(text='a', line=1, column=1), Field(text='b,c', line=1, column=5)]
    """
    if '"' in line:
        return list(_quoted_fields(line, number))
    fields, column = [], 1
    for raw in line.split(","):
        fields.append(Field(raw.strip(" \t"), number, column + len(raw) - len(raw.lstrip(" \t"))))
        column += len(raw) + 1
    return fields


def _quoted_fields(line: str, number: int) -> Iterator[Field]:
    start = 0
    while start <= len(line):
        found = _FIELD.match(line, start)
        if not found:
            raise FieldError("a quote is not closed, or is where none can be", line.index('"', start) + 1)
        kind = "quoted" if found["quoted"] is not None else "plain"
        text = found[kind].replace('""', '"') if kind == "quoted" else found[kind].rstrip(" \t")
        yield Field(text, number, found.start(kind) + 1)
        start = found.end() + 1


def quote(text: str) -> str:
    """A field as it is written: quoted only where it has to be.

    >>> quote("w[0]"), quote('a "b", c')
    ('w[0]', '"a ""b"", c"')
    """
    return text if _PLAIN.fullmatch(text) else '"' + text.replace('"', '""') + '"'
