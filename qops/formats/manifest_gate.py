"""The section `gate` of the manifest: its shape, what its values may be, and the rules that it makes."""

import re
from typing import Annotated

from msgspec import Meta, Struct, field

from qops.formats.located_values import Objection
from qops.model.gate import Limit, Rules
from qops.model.spelling import did_you_mean

METRICS = ("two_qubit", "two_qubit_depth", "log_success")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%")
_PATTERN = r"^[0-9]+(\.[0-9]+)? ?%$"


def share(text: str) -> float | None:
    """A percentage as a share, None for what is none.

    >>> share("1.5%"), share("3 %"), share("3")
    (0.015, 0.03, None)
    """
    found = _PERCENT.fullmatch(text)
    return float(found[1]) / 100 if found else None


def percentage(text: str) -> Objection | None:
    """A share of at least nothing."""
    return None if share(text) is not None else Objection("is not a percentage", "write it as `1%` or `2.5%`")


def rate(text: str) -> Objection | None:
    """The rate of something rare."""
    if objection := percentage(text):
        return objection
    return None if 0 < (share(text) or 0) <= 0.5 else Objection("is no rate to ask for", "write `1%`, at most `50%`")


def metric(name: str) -> Objection | None:
    """A metric that the gate can watch."""
    if name in METRICS:
        return None
    hint = did_you_mean(name, METRICS) or f"the metrics are {', '.join(METRICS)}"
    return Objection("is not a metric of the gate", hint)


def fewest(number: int) -> Objection | None:
    """A number of seeds that says something about noise."""
    return None if number >= 2 else Objection("seeds say nothing about noise", "2 are the least, 5 a good number")


Percent = Annotated[str, Meta(pattern=_PATTERN, extra={"rule": percentage})]
Rate = Annotated[
    str,
    Meta(
        pattern=_PATTERN,
        description="How often the whole gate may fail where nothing changed but the luck of seeds.",
        extra={"rule": rate},
    ),
]
Watched = Annotated[str, Meta(extra={"rule": metric}, extra_json_schema={"enum": list(METRICS)})]
Fewest = Annotated[
    int,
    Meta(
        ge=2,
        description="With fewer seeds than this on either side, a row that changed is inconclusive.",
        extra={"rule": fewest},
    ),
]


class LimitSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How much worse one metric may become: all rows together, and a single row."""

    worse_by: Annotated[Percent, Meta(description="All rows together, in the geometric mean.")] = "1%"
    row_worse_by: Annotated[Percent, Meta(description="One circuit on one backend at one level.")] = "3%"


class GateSection(Struct, frozen=True, forbid_unknown_fields=True):
    """When a change of compilation is stopped."""

    watch: Annotated[
        list[Watched], Meta(description="The metrics that can fail; all three if left out. Others are reported.")
    ] = field(default_factory=lambda: list(METRICS))
    two_qubit: Annotated[LimitSection, Meta(description="For the number of two-qubit gates.")] = LimitSection()
    two_qubit_depth: Annotated[LimitSection, Meta(description="For the depth in two-qubit gates.")] = LimitSection()
    log_success: Annotated[LimitSection, Meta(description="For the estimated success probability.")] = LimitSection()
    false_alarms: Rate = "1%"
    fewest_seeds: Fewest = 5


def rules(section: GateSection) -> Rules:
    """The rules that a valid section makes.

    >>> rules(GateSection()) == Rules()
    True
    """
    sections = {name: getattr(section, name) for name in METRICS if name in section.watch}
    limits = {
        name: Limit(row=share(limit.row_worse_by) or 0.0, overall=share(limit.worse_by) or 0.0)
        for name, limit in sections.items()
    }
    return Rules(limits, share(section.false_alarms) or Rules().alarms, section.fewest_seeds)
