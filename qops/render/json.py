"""A report for a program: one JSON document, the same bytes for the same report.

Everything is ASCII, so that it survives any encoding. JSON has no word for a number that is not finite: such a number
is written as the text `"NaN"`, `"Infinity"` or `"-Infinity"`.
"""

import json
import math

import msgspec

from qops.model.report import Report, Section
from qops.model.verdict import exit_code
from qops.render.surface import Surface

SCHEMA_VERSION = 1


def render(report: Report, _surface: Surface, /) -> str:
    """The whole report under `schema_version`, its facts as an object, with the exit code of its verdicts."""
    fields = {**_fields(report), "facts": dict(report.facts), "sections": [_fields(each) for each in report.sections]}
    return document({**fields, "exit_code": int(exit_code(report.verdicts))})


def _fields(part: Report | Section) -> dict[str, object]:
    """What it holds, asides left out; `plots` only where there are some."""
    left_out = {"asides"} if part.plots else {"asides", "plots"}
    return {name: getattr(part, name) for name in part.__struct_fields__ if name not in left_out}


def document(content: dict[str, object]) -> str:
    """`content` as a JSON document under `schema_version`, indented, ending in one newline."""
    finite = _finite(msgspec.to_builtins({"schema_version": SCHEMA_VERSION, **content}))
    return json.dumps(finite, indent=2, allow_nan=False) + "\n"


def _finite(value: object) -> object:
    match value:
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case dict():
            return {key: _finite(item) for key, item in value.items()}
        case list() | tuple():
            return [_finite(item) for item in value]
        case _:
            return value
