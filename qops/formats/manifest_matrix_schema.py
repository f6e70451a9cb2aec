"""The shape of the manifest's `matrix` section."""

from typing import Annotated

from msgspec import Meta, Struct, field

from qops.formats import manifest_matrix_rules as rules

Level = Annotated[int, Meta(ge=0, le=3, extra={"rule": rules.level})]
Seed = Annotated[int, Meta(ge=0, lt=2**32, extra={"rule": rules.seed})]
SeedCount = Annotated[int, Meta(ge=1, le=rules.MOST_SEEDS, extra={"rule": rules.seed_count})]
Qubit = Annotated[int, Meta(ge=0, extra={"rule": rules.qubit})]
OptionName = Annotated[str, Meta(pattern=f"^({'|'.join(rules.OPTIONS)})$", extra={"rule": rules.option})]
Share = Annotated[float, Meta(gt=0, lt=10, extra={"rule": rules.share})] | int
Probability = Annotated[float, Meta(gt=0, lt=0.5, extra={"rule": rules.probability})]


class LimitSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How much worse a metric may become, as shares: 0.03 is 3 %."""

    row: Annotated[Share, Meta(description="One circuit on one backend at one level.")] = 0.03
    overall: Annotated[Share, Meta(description="All rows together, in the geometric mean.")] = 0.01


class GateSection(Struct, frozen=True, forbid_unknown_fields=True):
    """When compilation has become worse. A metric that is `false` is reported and never fails."""

    two_qubit: Annotated[LimitSection | bool, Meta(description="The number of two-qubit gates.")] = LimitSection()
    two_qubit_depth: Annotated[LimitSection | bool, Meta(description="The depth in two-qubit gates.")] = LimitSection()
    log_success: Annotated[LimitSection | bool, Meta(description="The estimated success probability.")] = LimitSection()
    alarms: Annotated[Probability, Meta(description="The false-alarm rate that each of the two tests may have.")] = 0.01
    fewest_seeds: Annotated[int, Meta(ge=2, description="With fewer, a row that changed is inconclusive.")] = 5


class MatrixSection(Struct, frozen=True, forbid_unknown_fields=True):
    """What `qops transpile-matrix` compiles: circuits × backends × levels × seeds."""

    circuits: Annotated[list[str] | None, Meta(description="Circuits of this manifest; all of them if left out.")] = (
        None
    )
    backends: Annotated[list[str] | None, Meta(description="Backends of this manifest; all of them if left out.")] = (
        None
    )
    levels: Annotated[list[Level], Meta(min_length=1, description="Optimisation levels.")] = field(
        default_factory=lambda: [0, 1, 2, 3]
    )
    seeds: Annotated[
        SeedCount | list[Seed], Meta(description="How many seeds, counted from 0, or which.", examples=[5])
    ] = 5
    options: Annotated[
        dict[OptionName, bool | int | float | str],
        Meta(description="Options of Qiskit's `transpile`.", examples=[{"routing_method": "sabre"}]),
    ] = {}
    layouts: Annotated[
        dict[str, list[Qubit]],
        Meta(description="The physical qubits on which a circuit's qubits begin.", examples=[{"ansatz": [4, 5, 6, 7]}]),
    ] = {}
    gate: Annotated[GateSection, Meta(description="When compilation has become worse.")] = GateSection()
    time_limit: Annotated[float, Meta(gt=0, description="Seconds after which a cell is given up.")] | int = 60
