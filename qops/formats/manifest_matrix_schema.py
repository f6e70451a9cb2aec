"""The shape of the manifest's `matrix` section."""

from typing import Annotated

from msgspec import Meta, Struct, field

from qops.formats import manifest_matrix_rules as rules
from qops.formats.manifest_gate import GateSection

Level = Annotated[int, Meta(ge=0, le=3, extra={"rule": rules.level})]
Seed = Annotated[int, Meta(ge=0, lt=2**32, extra={"rule": rules.seed})]
SeedCount = Annotated[int, Meta(ge=1, le=rules.MOST_SEEDS, extra={"rule": rules.seed_count})]
Qubit = Annotated[int, Meta(ge=0, extra={"rule": rules.qubit})]
OptionName = Annotated[str, Meta(pattern=f"^({'|'.join(rules.OPTIONS)})$", extra={"rule": rules.option})]


class MatrixSection(Struct, frozen=True, forbid_unknown_fields=True):
    """What `qops transpile-matrix` compiles: circuits × backends × levels × seeds."""

    circuits: Annotated[list[str] | None, Meta(description="Circuits of this manifest; all of them if left out.")] = (
        None
    )
    backends: Annotated[
        list[str] | None, Meta(description="Backends of this manifest; if left out all but `drifting` and `replay`.")
    ] = None
    levels: Annotated[
        list[Level], Meta(min_length=1, description="Optimisation levels; 0, 1, 2 and 3 if left out.")
    ] = field(default_factory=lambda: [0, 1, 2, 3])
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
    time_limit: Annotated[
        float, Meta(gt=0, description="Seconds after which a cell is given up.", extra={"rule": rules.time_limit})
    ] = 60
