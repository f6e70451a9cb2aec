"""The shape of the manifest's `drift` section."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from qops.formats import manifest_abtests_rules as outcomes
from qops.formats import manifest_drift_rules as rules
from qops.formats.manifest_rules import LONGEST_NAME

WatchName = Annotated[str, Meta(pattern=f"^{rules.NAME}$", max_length=LONGEST_NAME, extra={"rule": rules.name})]
Pattern = Annotated[str, Meta(pattern="^[01*]+$", extra={"rule": outcomes.pattern})]
Span = Annotated[str, Meta(pattern=f"^{rules.SPAN}$", extra={"rule": rules.span})]
Command = Annotated[list[str], Meta(min_length=1)]


class WatchSection(Struct, frozen=True, forbid_unknown_fields=True):
    """One watch: a circuit, what of it succeeds, and when that is too rare."""

    circuit: Annotated[str, Meta(description="A circuit of this manifest.")]
    success: Annotated[
        list[Pattern],
        Meta(
            min_length=1,
            description="The outcomes that succeed, bit 0 at the right, `*` for either.",
            examples=[["000", "111"]],
        ),
    ]
    backend: Annotated[
        str | UnsetType, Meta(description="The backend that `qops drift run` runs it on; none to record only.")
    ] = UNSET
    shots: Annotated[int, Meta(ge=1, description="Shots of an epoch.", extra={"rule": outcomes.shots})] = 1000
    seed: Annotated[int, Meta(ge=0, lt=2**32, description="What a simulator's epochs are drawn from.")] = 0
    level: Annotated[
        int, Meta(ge=0, le=3, description="The optimisation level at which the circuit is compiled once.")
    ] = 1
    every: Annotated[
        int,
        Meta(
            ge=0,
            description="A diagnostic that is run before each so many of the others; 0 for all at once.",
            extra={"rule": rules.count},
        ),
    ] = 0
    run_length: Annotated[
        float,
        Meta(
            ge=10,
            description="How many epochs come, on average and at least, before a false alarm.",
            extra={"rule": rules.run_length},
        ),
    ] = 1000
    baseline: Annotated[
        int, Meta(ge=rules.FEWEST_EPOCHS, description="Epochs of a baseline.", extra={"rule": rules.baseline})
    ] = 100
    chart: Annotated[
        str | dict[str, float | bool | str],
        Meta(
            description="How epochs are followed: a chart by its `name`, with its options.",
            examples=["cusum", {"name": "ewma", "weight": 0.2}],
        ),
    ] = "joint"
    stale_after: Annotated[
        Span | UnsetType,
        Meta(description="The watch is stale when no epoch came for so long.", examples=["2h"]),
    ] = UNSET
    on_drift: Annotated[
        list[Command],
        Meta(description="Commands to be run at an alarm, each a list of words.", examples=[[["make", "recalibrate"]]]),
    ] = []
    on_stale: Annotated[list[Command], Meta(description="Commands to be run when the watch is stale.")] = []
    cooldown: Annotated[Span, Meta(description="After an incident was acted upon, no other one is for so long.")] = "1h"
    max_per_day: Annotated[
        int,
        Meta(ge=0, description="So many incidents are acted upon in any 24 hours.", extra={"rule": rules.count}),
    ] = 5
    timeout: Annotated[Span, Meta(description="A command that takes longer is ended.")] = "10min"
    retries: Annotated[
        int, Meta(ge=0, description="So often a command that failed is run again.", extra={"rule": rules.count})
    ] = 0


Drift = Annotated[dict[WatchName, WatchSection] | None, Meta(description="What is watched over time, by name.")]
