"""`qops backend history`: which qubits and gates change for good, over all recorded calibrations.

The numbers of one device are a fleet: hundreds of short series that depend on each other and jump at each calibration.
What is asked of each is whether the order of its values tells anything; jumps to and fro do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from qops.calibration.sides import history
from qops.calibration.values import Parameter, values
from qops.model.calibration import Calibration
from qops.model.ports import Ports
from qops.model.report import Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.recorded import repository
from qops.stats.families import evidence as e_bh
from qops.stats.sequential import ranks

FEWEST = 5
LEVEL = 0.1
"""The chance of any false finding at one look, half of it for single numbers, half for the whole."""

_TIMES = ("T1", "T2")
_COLUMNS = ("what", "kind", "calibrations", "first", "last", "became", "e-value", "level")


class Trend(NamedTuple):
    """A number over time: its values, oldest first, the evidence, and the least level at which it is a finding."""

    parameter: Parameter
    values: tuple[float, ...]
    evidence: ranks.Evidence
    level: float

    @property
    def worse(self) -> bool:
        """Whether it went the way that is worse: times down, errors up."""
        falls = self.evidence.falling > self.evidence.rising
        return falls == (self.parameter.kind in _TIMES)


def run(ports: Ports, name: str, limit: int) -> Report:
    """Look at all recorded calibrations of a backend of the manifest.

    Args:
        ports: the doors to the world.
        name: of the backend.
        limit: so many rows are shown.
    """
    repository.backend(repository.declared(ports.tree), name)
    recorded = history(ports, name)
    return describe(name, len(recorded), trends(recorded), limit)


def trends(calibrations: Iterable[Calibration]) -> tuple[Trend, ...]:
    """Every number that was measured in at least `FEWEST` calibrations, oldest first; most evidence first.

    A value that is the one before it was not measured anew, and is left out.
    """
    series: defaultdict[Parameter, list[float]] = defaultdict(list)
    for calibration in calibrations:
        for parameter, value in values(calibration).items():
            if series[parameter][-1:] != [value]:
                series[parameter].append(value)
    found = [(parameter, tuple(column)) for parameter, column in series.items() if len(column) >= FEWEST]
    evidence = [ranks.evidence(column) for _, column in found]
    levels = e_bh.adjusted([each.e_value for each in evidence])
    joined = (Trend(*each, one, level) for each, one, level in zip(found, evidence, levels, strict=True))
    return tuple(sorted(joined, key=lambda each: (-each.evidence.e_value, each.parameter)))


def describe(name: str, number: int, found: Sequence[Trend], limit: int) -> Report:
    """The numbers that changed for good, and whether the device as a whole did."""
    moved = [each for each in found if each.level <= LEVEL / 2]
    whole = fmean(each.evidence.e_value for each in found) if found else 0.0
    worse = sum(each.worse for each in moved)
    return Report(
        command="backend history",
        title=f"History of {name}",
        facts=(("calibrations", number), ("numbers", len(found)), ("evidence", f"{whole:.3g} of {2 / LEVEL:g}")),
        tables=(Table("changed for good", _COLUMNS, tuple(map(_row, moved[:limit])), _COLUMNS[2:5]),) if moved else (),
        verdicts=(_verdict(name, number, found, whole, moved),),
        summary=f"{len(moved)} of {len(found)} changed for good, {worse} of them for the worse",
        data={"calibrations": number, "evidence": whole, "moved": [_data(each) for each in moved]},
    )


def _verdict(name: str, number: int, found: Sequence[Trend], whole: float, moved: Sequence[Trend]) -> Verdict:
    if not found:
        because = f"{number} calibrations are recorded, and no number was measured in {FEWEST} of them"
        return Verdict(name, Outcome.INCONCLUSIVE, because, hint="`qops snapshot` records one each time")
    if moved:
        because = f"{len(moved)} numbers changed for good, first of all {moved[0].parameter} {moved[0].parameter.kind}"
    elif whole >= 2 / LEVEL:
        because = "the numbers together changed for good; none of them can be named yet"
    else:
        return Verdict(name, Outcome.PASS, "the order of the calibrations tells nothing", whole, 2 / LEVEL)
    return Verdict(name, Outcome.FAIL, f"{because}; a false finding has at most the chance {LEVEL:g}", whole, 2 / LEVEL)


def _row(each: Trend) -> tuple[str | int, ...]:
    way = "worse" if each.worse else "better"
    first, last = f"{each.values[0]:.3g}", f"{each.values[-1]:.3g}"
    e_value = f"{each.evidence.e_value:.3g}"
    return str(each.parameter), each.parameter.kind, len(each.values), first, last, way, e_value, f"{each.level:.2g}"


def _data(each: Trend) -> dict[str, object]:
    return {
        "parameter": str(each.parameter),
        "kind": each.parameter.kind,
        "values": list(each.values),
        "worse": each.worse,
        "e_value": each.evidence.e_value,
        "level": each.level,
    }
