"""Parameter files: CSV to a `ParameterSet` and back.

Two shapes. One binding, one parameter a line::

    parameter,value
    theta,0.5

or one binding a line, one parameter a column, such as a training history::

    binding,theta,phi
    step_1,0.5,-pi/4

Values are radians. On reading, an expression of `pi` will do, and a byte order mark and Windows line ends are accepted.
On writing, a value is the shortest decimal that reads back to the same double.
"""

import math
import re

from qops.circuits.arithmetic import ConstantError, constant
from qops.errors import InputError
from qops.formats.conflicts import refuse_conflicts
from qops.formats.csv_fields import Field, FieldError, quote, split
from qops.formats.problems import Problems
from qops.formats.text import CONTROL, decode
from qops.model.parameters import ParameterSet
from qops.model.spelling import did_you_mean
from qops.model.where import Where

LONGEST_FIELD = 1000

_DECIMAL = re.compile(r"[-+]?(?:[0-9]++\.?+[0-9]*+|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_MOST_NAMED = 5
_SHAPES = "begin with the line `parameter,value`, or with `binding,` and the parameters' names"


def read(data: bytes, file: str) -> ParameterSet:
    """The values in a parameter file called `file`.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`.
    """
    text = decode(data, file)
    refuse_conflicts(text, file, "keep one side, and delete the other and the marker lines")
    return _Reader(_lines(text), file).read()


class _Reader:
    """Reads one file; a value that is wrong is reported, and NaN stands for it until all are read."""

    def __init__(self, lines: list[str], file: str) -> None:
        self._lines = lines
        self._file = file
        self._problems = Problems(lines, file)

    def read(self) -> ParameterSet:
        rows = [self._row(line, number) for number, line in enumerate(self._lines, 1) if line.strip(" \t")]
        if not rows:
            self._problems.add("the parameter file is empty", Where(self._file), _SHAPES)
        self._problems.raise_any()
        header, *body = rows
        parameters = self._single(header, body) if header[0].text != "binding" else self._wide(header, body)
        if not body:
            self._say("there is no value below this line", header[0], "write one line for each")
        self._problems.raise_any()
        return parameters

    def _say(self, cause: str, field: Field, hint: str | None = None) -> None:
        self._problems.add(cause, Where(self._file, field.line, field.column), hint)

    def _row(self, line: str, number: int) -> list[Field]:
        try:
            fields = split(line, number)
        except FieldError as error:
            hint = 'put a field with a quote or a comma in quotes, and double its own: `"a ""b"", c"`'
            self._problems.add(error.cause, Where(self._file, number, error.column), hint)
            return []
        for field in fields:
            if len(field.text) > LONGEST_FIELD:
                self._say(f"the field is longer than {LONGEST_FIELD} characters", field)
        return fields

    def _single(self, header: list[Field], body: list[list[Field]]) -> ParameterSet:
        if [field.text for field in header] != ["parameter", "value"]:
            self._say("the header is not that of a parameter file", header[0], _header_hint(header))
            self._problems.stop()
        rows = [row for row in body if self._has(row, 2)]
        names = self._names([row[0] for row in rows], "parameter")
        return ParameterSet(names, ("",), (tuple(self._value(row[1]) for row in rows),))

    def _wide(self, header: list[Field], body: list[list[Field]]) -> ParameterSet:
        if len(header) == 1:
            self._say("no parameter is named after `binding`", header[0], _SHAPES)
        names = self._names(header[1:], "parameter")
        rows = [row for row in body if self._has(row, len(header))]
        bindings = self._names([row[0] for row in rows], "binding")
        return ParameterSet(names, bindings, tuple(tuple(self._value(field) for field in row[1:]) for row in rows))

    def _has(self, row: list[Field], count: int) -> bool:
        if len(row) > count:
            hint = "a comma separates fields; the decimal mark is a point"
            self._say(f"{len(row)} fields, where the header has {count}", row[count], hint)
        elif len(row) < count:
            self._say(f"{len(row)} of the {count} fields that the header has", row[-1], "complete the line")
        return len(row) == count

    def _names(self, fields: list[Field], kind: str) -> tuple[str, ...]:
        first: dict[str, Field] = {}
        for field in fields:
            if not field.text:
                self._say(f"the {kind} has no name", field)
            elif field.text in first:
                there = first[field.text]
                cause = f"the {kind} `{field.text}` is here for the second time; the first is on line {there.line}"
                self._say(cause, field, "keep one of them")
            first.setdefault(field.text, field)
        return tuple(field.text for field in fields)

    def _value(self, field: Field) -> float:
        if not field.text:
            self._say("the value is missing", field, "write a number of radians, such as 0.5 or pi/4")
            return math.nan
        if _DECIMAL.fullmatch(field.text) and math.isfinite(value := float(field.text)):
            return value + 0.0
        try:
            return constant(field.text)
        except ConstantError as error:
            place = field._replace(column=field.column + error.offset)
            self._say(f"the value is not a number of radians: {error.message}", place)
            return math.nan


def _header_hint(header: list[Field]) -> str:
    line = ",".join(field.text for field in header)
    if ";" in line or "\t" in line:
        return "separate the columns by commas"
    if len(header) == 2 and _DECIMAL.fullmatch(header[1].text):
        return "put the line `parameter,value` before this one"
    return did_you_mean(line, ["parameter,value"]) or did_you_mean(header[0].text, ["binding"]) or _SHAPES


def write(parameters: ParameterSet) -> bytes:
    """The parameter file, which reads back as the same values; negative zero becomes zero.

    Args:
        parameters: at least one name and one binding, each other than `""` unless the binding is the only one.

    Raises:
        InputError: a name holds a control character or a line break.
    """
    for name in (*parameters.names, *parameters.bindings):
        if CONTROL.search(name) or "\n" in name or "\r" in name:
            raise InputError(f"the name {name!r} cannot stand in a parameter file", hint="rename it")
    names = [quote(name) for name in parameters.names]
    values = [[repr(value + 0.0) for value in row] for row in parameters.values]
    if parameters.single:
        rows = [["parameter", "value"], *map(list, zip(names, values[0], strict=True))]
    else:
        bindings = [quote(binding) for binding in parameters.bindings]
        rows = [["binding", *names], *([binding, *row] for binding, row in zip(bindings, values, strict=True))]
    return "".join(",".join(row) + "\n" for row in rows).encode()


def check(parameters: ParameterSet, names: tuple[str, ...], data: bytes, file: str) -> None:
    """Do nothing if the values, read from `data`, are for exactly the parameters that a circuit declares.

    Raises:
        InputError: a parameter that the circuit does not have, or that has no value (`ManyErrors` for several).
    """
    known, given = set(names), set(parameters.names)
    missing = [name for name in names if name not in given]
    if known == given:
        return
    lines = _lines(decode(data, file))
    problems = Problems(lines, file)
    for field in _names_in(lines, single=parameters.single):
        if field.text not in known:
            cause, where = f"the circuit has no parameter `{field.text}`", Where(file, field.line, field.column)
            problems.add(cause, where, did_you_mean(field.text, missing or names))
    if missing:
        problems.add(f"no value for {_listing(missing)}", Where(file), "add what is missing, in radians")
    problems.stop()


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _names_in(lines: list[str], *, single: bool) -> list[Field]:
    """Where a parameter file names its parameters: below the header or, one binding a line, in it."""
    header, *body = [split(line, number) for number, line in enumerate(lines, 1) if line.strip(" \t")]
    return [row[0] for row in body] if single else header[1:]


def _listing(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(f"`{name}`" for name in names[:_MOST_NAMED]) + more
