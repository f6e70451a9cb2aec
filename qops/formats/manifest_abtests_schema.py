"""The shape of the manifest's `abtests` section."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from qops.formats import manifest_abtests_rules as rules
from qops.formats import manifest_matrix_rules as compiler
from qops.formats.manifest_kernels_schema import Kernels, TwoSampleSection
from qops.formats.manifest_rules import LONGEST_NAME, NAME_PART
from qops.model.abtest import CORRECTIONS, FAMILIES, GOALS, PEEK_RULES

AbTestName = Annotated[str, Meta(pattern=f"^{NAME_PART}$", max_length=LONGEST_NAME, extra={"rule": rules.name})]
Revision = Annotated[str, Meta(min_length=1, description="The git revision of a snapshot; the work tree if left out.")]
Angle = Annotated[float, Meta(extra={"rule": rules.coefficient})]
Pattern = Annotated[str, Meta(pattern="^[01*]+$", extra={"rule": rules.pattern})]
ScoreValue = Annotated[float, Meta(ge=0, le=1, extra={"rule": rules.score})]
PauliWord = Annotated[str, Meta(pattern="^[IXYZ]+$", extra={"rule": rules.pauli})]
Coefficient = Annotated[float, Meta(extra={"rule": rules.coefficient})]
Share = Annotated[float, Meta(gt=0, lt=1, extra={"rule": rules.open_share})]
Margin = Annotated[
    float,
    Meta(
        ge=0,
        description="How much of the metric does not matter; with the goal `superior`, how much is demanded.",
        extra={"rule": rules.margin},
    ),
]
Expected = Annotated[
    float,
    Meta(
        description="What the plan takes for the metric; what was measured, or the worst case, if left out.",
        extra={"rule": rules.coefficient},
    ),
]
Sigma = Annotated[
    float,
    Meta(
        ge=0,
        description="What the plan takes for the standard deviation between jobs.",
        extra={"rule": rules.amount},
    ),
]
Passes = Annotated[
    list[Pattern],
    Meta(
        min_length=1,
        description="The outcomes that pass, bit 0 at the right, `*` for either; the metric is their share.",
        examples=[["000", "111"]],
    ),
]
Scores = Annotated[
    dict[Pattern, ScoreValue],
    Meta(
        min_length=1,
        description="Scores from 0 to 1 by outcome, others 0; the first that matches counts. The metric is their mean.",
        examples=[{"000": 1.0, "111": 0.5}],
    ),
]
Terms = Annotated[
    dict[PauliWord, Coefficient],
    Meta(
        min_length=1,
        description="Coefficients by Pauli word, one letter a qubit, qubit 0 at the right.",
        examples=[{"ZZI": 0.5, "XII": 0.2}],
    ),
]

CircuitOf = Annotated[str, Meta(description="A circuit of this manifest.")]
Windows = Annotated[
    TwoSampleSection, Meta(description="How often windows of two tables are told apart, by a similarity of rows.")
]
Backend = Annotated[str, Meta(description="The backend of this manifest that runs circuits.", examples=["lagos"])]


class ArmSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A variant: a circuit of this manifest, or a similarity."""

    circuit: CircuitOf | UnsetType = UNSET
    version: Revision | UnsetType = UNSET
    parameters: Annotated[
        dict[str, Angle], Meta(description="Values in radians, in place of those in the circuit's own file.")
    ] = {}
    kernel: Annotated[
        Kernels, Meta(description="For the metric `two-sample`: a similarity, or several that are fused into one.")
    ] = []


class MetricSection(Struct, frozen=True, forbid_unknown_fields=True):
    """What is compared: one of the four."""

    passes: Passes | UnsetType = field(name="pass", default=UNSET)
    score: Scores | UnsetType = UNSET
    observable: Terms | UnsetType = UNSET
    two_sample: Windows | UnsetType = field(name="two-sample", default=UNSET)


class GuardrailSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Another metric of the same outcomes, on which B must not be worse by the margin."""

    name: Annotated[str, Meta(pattern=f"^{NAME_PART}$", description="How reports call it.", extra={"rule": rules.name})]
    margin: Margin
    passes: Passes | UnsetType = field(name="pass", default=UNSET)
    score: Scores | UnsetType = UNSET


class PriceSection(Struct, frozen=True, forbid_unknown_fields=True):
    """What the device costs, in any currency."""

    second: Annotated[float, Meta(ge=0, description="A second of the device.", extra={"rule": rules.amount})] = 0.0
    shot: Annotated[float, Meta(ge=0, description="A shot.", extra={"rule": rules.amount})] = 0.0


class CompileSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How arms are compiled for the backend, all of them alike."""

    level: Annotated[int, Meta(ge=0, le=3, description="Optimisation level.", extra={"rule": compiler.level})] = 2
    seed: Annotated[int, Meta(ge=0, lt=2**32, description="Seed of the compiler.", extra={"rule": compiler.seed})] = 0


class PeekSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How a run that is begun with `--peek` may end on the way."""

    rule: Annotated[
        str,
        Meta(
            description="`signs` on any backend; on simulators also `mixture` or the schedules.",
            extra={"rule": rules.peek_rule},
            extra_json_schema={"enum": list(PEEK_RULES)},
        ),
    ] = "signs"
    looks: Annotated[
        int, Meta(ge=2, le=rules.MOST_LOOKS, description="Of a schedule, evenly spaced.", extra={"rule": rules.looks})
    ] = 10


class AbTestSection(Struct, frozen=True, forbid_unknown_fields=True):
    """One experiment: what it compares, where, and when it is content."""

    a: Annotated[ArmSection | str, Meta(description="What there is: CIRCUIT, CIRCUIT@REV or a mapping.")]
    b: Annotated[
        ArmSection | str | list[ArmSection | str],
        Meta(description="What is new; several variants are compared with `a` in the same blocks."),
    ]
    metric: Annotated[MetricSection, Meta(description="What is compared, in what unit.")]
    backend: Backend | UnsetType = UNSET
    goal: Annotated[
        str,
        Meta(
            description="What is to be shown of `b`: that it is not the same, better, not worse, or as good.",
            extra={"rule": rules.goal},
            extra_json_schema={"enum": list(GOALS)},
        ),
    ] = "different"
    margin: Margin | UnsetType = UNSET
    alpha: Annotated[
        float, Meta(gt=0, le=0.5, description="How often it may be wrong.", extra={"rule": rules.alpha})
    ] = 0.05
    power: Annotated[
        float,
        Meta(
            ge=0.5, lt=1, description="How often an effect of the planned size is found.", extra={"rule": rules.power}
        ),
    ] = 0.8
    blocks: Annotated[
        int,
        Meta(
            ge=rules.FEWEST_BLOCKS,
            le=rules.MOST_BLOCKS,
            description="How many blocks of one job an arm.",
            extra={"rule": rules.blocks},
        ),
    ] = 20
    shots: Annotated[int, Meta(ge=1, le=rules.MOST_SHOTS, description="Shots a job.", extra={"rule": rules.shots})] = (
        1000
    )
    family: Annotated[
        str,
        Meta(
            description="Which tests are corrected together: all, those of one metric, or those of one variant.",
            extra={"rule": rules.family},
            extra_json_schema={"enum": list(FAMILIES)},
        ),
    ] = "all"
    correction: Annotated[
        str,
        Meta(
            description="How several tests are corrected: step-down maxT by joint flips, or Holm.",
            extra={"rule": rules.correction},
            extra_json_schema={"enum": list(CORRECTIONS)},
        ),
    ] = "maxt"
    guardrails: Annotated[list[GuardrailSection], Meta(description="What must not become worse.")] = []
    price: Annotated[PriceSection, Meta(description="For what the plan and the report say of cost.")] = PriceSection()
    compiled: Annotated[CompileSection, Meta(description="How circuits are compiled.")] = field(
        name="compile", default=CompileSection()
    )
    peek: Annotated[PeekSection, Meta(description="How a run with `--peek` may end on the way.")] = PeekSection()
    expected: Expected | UnsetType = UNSET
    sigma: Sigma | UnsetType = UNSET


AbTests = Annotated[dict[AbTestName, AbTestSection] | None, Meta(description="What `qops abtest` compares, by name.")]
