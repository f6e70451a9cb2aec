"""The shape of a noise path in the manifest."""

import math
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from qops.formats.located_values import Objection
from qops.formats.number_rules import duration, qubit
from qops.model.noise_path import QUANTITIES, SHAPES
from qops.model.spelling import did_you_mean


def quantity(name: str) -> Objection | None:
    """What ages."""
    if name in QUANTITIES:
        return None
    hint = did_you_mean(name, QUANTITIES) or f"they are {', '.join(QUANTITIES)}"
    return Objection("is nothing that ages", hint)


def shape(name: str) -> Objection | None:
    """How it ages."""
    if name in SHAPES:
        return None
    return Objection("is no way to age", did_you_mean(name, SHAPES) or f"they are {', '.join(SHAPES)}")


def size(number: float) -> Objection | None:
    """How far it goes."""
    return None if math.isfinite(number) else Objection("is not a finite number")


Seconds = Annotated[float, Meta(ge=0, extra={"rule": duration})]
Qubit = Annotated[int, Meta(ge=0, extra={"rule": qubit})]


class MotionSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How one quantity of a `drifting` backend moves."""

    quantity: Annotated[
        str,
        Meta(
            description="What moves: `t1`, `t2`, `readout` (error), `gate` (error), or `detuning` (in hertz).",
            examples=["t1"],
            extra={"rule": quantity},
            extra_json_schema={"enum": list(QUANTITIES)},
        ),
    ]
    shape: Annotated[
        str,
        Meta(
            description="How: a `step`, a `ramp`, an `oscillation`, or a random `walk`.",
            examples=["step"],
            extra={"rule": shape},
            extra_json_schema={"enum": list(SHAPES)},
        ),
    ]
    size: Annotated[
        float,
        Meta(
            description=(
                "The factor that a step or a ramp reaches, the relative amplitude of an oscillation, the standard "
                "deviation of a walk's step in the logarithm; of a detuning, hertz."
            ),
            examples=[0.25],
            extra={"rule": size},
        ),
    ]
    at: Annotated[Seconds, Meta(description="When it begins, in seconds from `start`.")] = 0
    over: Annotated[
        Seconds | UnsetType,
        Meta(description="Seconds that a ramp takes, a period, or between the steps of a walk.", examples=[3600]),
    ] = UNSET
    qubits: Annotated[list[Qubit], Meta(description="Which qubits; all if left out.", examples=[[0, 1]])] = []
