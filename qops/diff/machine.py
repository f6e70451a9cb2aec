"""A finding for programs: everything, exact, as plain lists and dictionaries."""

import math
from typing import Any

import msgspec

from qops.circuits.comparison import Comparison
from qops.circuits.edit import Entry, Placed, Script
from qops.circuits.equivalence.ladder import Equivalence
from qops.circuits.periods import Periods
from qops.diff.judge import Finding, moves
from qops.diff.reach import ERROR
from qops.diff.versions import Version


def machine_form(finding: Finding) -> dict[str, Any]:
    """All of a finding.

    A script is a list of edits with `old` and `new`, null where absent. `largest_difference` is in radians, null where
    more than numbers changed or nothing was compared.
    """
    form: dict[str, Any] = {
        "name": finding.name,
        "kind": finding.kind.value,
        "largest_difference": finding.largest if finding.largest != math.inf else None,
        "not_examined": finding.missing or None,
        "old": _version(finding.pair.old),
        "new": _version(finding.pair.new),
    }
    if finding.comparison is not None:
        form |= _comparison(finding.comparison, finding.pair.new)
    if finding.reach is not None:
        form["reach"] = msgspec.to_builtins(finding.reach) | {"error": ERROR}
    if finding.equivalence is not None:
        form["equivalence"] = _equivalence(finding.equivalence)
    if finding.exact is not None:
        form["exact"] = msgspec.to_builtins(finding.exact)
    if finding.values is not None:
        form["values"] = msgspec.to_builtins(finding.values)
    return form


def _equivalence(found: Equivalence) -> dict[str, Any]:
    form: dict[str, Any] = msgspec.to_builtins(found)
    return form | {"norm": "operator norm of the difference, up to a global phase"}


def _version(version: Version | None) -> dict[str, Any] | None:
    if version is None or version.record is None:
        return None
    record = version.record
    return {
        "source": record.source,
        "digest": msgspec.to_builtins(record.digest),
        "sizes": msgspec.to_builtins(record.sizes),
        "parameter_count": record.parameter_count,
        "bindings": record.bindings,
        "tags": list(record.tags),
    }


def _comparison(comparison: Comparison, new: Version | None) -> dict[str, Any]:
    periods = Periods(new.circuit.gates if new and new.circuit else {})
    renamed = comparison.terms.parameters
    return {
        "frame": msgspec.to_builtins(comparison.frame),
        "gates": [
            {"old": edit.old.name, "new": edit.new.name, "script": _script(edit.body, periods, renamed)}
            for edit in comparison.gates
        ],
        "script": _script(comparison.operations, periods, renamed),
    }


def _script(script: Script, periods: Periods, renamed: dict[str, str]) -> list[dict[str, Any]]:
    return [_entry(entry, periods, renamed) for entry in script]


def _entry(entry: Entry, periods: Periods, renamed: dict[str, str]) -> dict[str, Any]:
    form: dict[str, Any] = {"old": _placed(entry.old), "new": _placed(entry.new)}
    if entry.angles:
        form["angles"] = msgspec.to_builtins(moves(entry, periods, renamed))
    if entry.inside:
        form["inside"] = [_script(inside, periods, renamed) for inside in entry.inside]
    return form


def _placed(placed: Placed | None) -> dict[str, Any] | None:
    return None if placed is None else msgspec.to_builtins(placed)
