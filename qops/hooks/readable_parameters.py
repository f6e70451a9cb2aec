"""Parameter files as texts that diff well: one value a line."""

import re
from collections.abc import Iterator

from qops.errors import QopsError
from qops.formats import parameters_csv
from qops.formats.csv_fields import quote
from qops.hooks.readable import as_it_is
from qops.model.parameters import ParameterSet

_NUMBER = re.compile(r"(\d+)")


def readable(data: bytes, file: str) -> bytes:
    """The values of a parameter file, or the file as it is, under a comment, if it cannot be read."""
    try:
        return parameter_lines(parameters_csv.read(data, file)).encode()
    except QopsError as problem:
        return as_it_is(data, "#", problem)


def parameter_lines(values: ParameterSet) -> str:
    """One value a line, by the names of the parameters, whose order in a file means nothing.

    >>> print(parameter_lines(ParameterSet(("t10", "t9"), ("step",), ((0.5, 1.0),))), end="")
    binding,parameter,value
    step,t9,1.0
    step,t10,0.5
    """
    places = sorted(range(len(values.names)), key=lambda place: _natural(values.names[place]))
    header = "parameter,value\n" if values.single else "binding,parameter,value\n"
    return header + "".join(_value_lines(values, places))


def _value_lines(values: ParameterSet, places: list[int]) -> Iterator[str]:
    for binding, row in zip(values.bindings, values.values, strict=True):
        before = "" if values.single else f"{quote(binding)},"
        yield from (f"{before}{quote(values.names[place])},{row[place]!r}\n" for place in places)


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts `theta_2` before `theta_10`."""
    return [(int(part), part) if part.isdecimal() else (0, part) for part in _NUMBER.split(name)]
