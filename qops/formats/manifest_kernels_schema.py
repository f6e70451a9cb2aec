"""The shapes of a kernel and of a comparison of two samples in the manifest's `abtests`."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from qops.formats import manifest_kernels_rules as rules

Kind = Annotated[
    str,
    Meta(
        description="A classical kernel: `rbf`, `laplace`, `linear` or `cosine`.",
        examples=["rbf"],
        extra={"rule": rules.kind},
    ),
]
Map = Annotated[
    str,
    Meta(
        description=(
            "A quantum kernel's feature map: `zz`, `z`, or a circuit of this manifest, whose parameters stand for the "
            "columns of the data, in the order in which it declares them."
        ),
        examples=["zz"],
    ),
]
TablePath = Annotated[
    str,
    Meta(
        pattern=r"\.[cC][sS][vV]$",
        description="A CSV file from the repository's top directory: a line of names, then one observation a line.",
        examples=["data/calm.csv"],
        extra={"rule": rules.table_path},
    ),
]
Count = Annotated[int, Meta(ge=1, le=rules.MOST_ROWS, extra={"rule": rules.count})]
FromNought = Annotated[int, Meta(ge=0, le=rules.MOST_ROWS, extra={"rule": rules.from_nought})]
Positive = Annotated[float, Meta(gt=0, extra={"rule": rules.positive})]
Qubits = Annotated[
    int,
    Meta(
        ge=1,
        le=rules.MOST_QUBITS,
        description="How many columns enter; all if left out.",
        extra={"rule": rules.qubits},
    ),
]
Pairs = Annotated[
    str,
    Meta(description="The pairs that a ZZ map entangles: `full` or `linear`.", extra={"rule": rules.pairs}),
]


class KernelSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A similarity of two rows of data: quantum with `map`, classical with `kind`."""

    map: Map | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    qubits: Qubits | UnsetType = UNSET
    repetitions: Annotated[Count | UnsetType, Meta(description="How often the map is repeated; 2 if left out.")] = UNSET
    scale: Annotated[Positive | UnsetType, Meta(description="Radians for a standard deviation; 1 if left out.")] = UNSET
    pairs: Pairs | UnsetType = UNSET
    shots: Annotated[Count | UnsetType, Meta(description="Shots for every entry; exact if left out.")] = UNSET
    bandwidth: Annotated[
        Positive | UnsetType, Meta(description="Of `rbf` and `laplace`; the median distance if left out.")
    ] = UNSET
    factor: Annotated[Positive | UnsetType, Meta(description="What the bandwidth is multiplied by.")] = UNSET


Kernels = KernelSection | list[KernelSection]


class TwoSampleSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Two tables, windows of which are told apart by either similarity."""

    first: TablePath
    second: TablePath
    columns: Annotated[
        list[str], Meta(description="The features; every column of numbers if left out.", examples=[["return"]])
    ] = []
    block: Annotated[Count, Meta(description="Consecutive rows that stay together; 20 days for a daily series.")] = 1
    purge: Annotated[
        FromNought, Meta(description="Rows left out at the beginning of a block: as far as features reach back.")
    ] = 0
    window: Annotated[
        FromNought, Meta(description="Rows of a window on either side; half of the smaller table if 0.")
    ] = 0
    windows: Annotated[Count, Meta(description="How many windows are compared.")] = 200
    permutations: Annotated[
        int, Meta(ge=19, le=100_000, description="Permutations of a test.", extra={"rule": rules.permutations})
    ] = 199
    test: Annotated[
        str,
        Meta(
            description=(
                "`permutation`, `wild`, `linear-time`, `block-statistic`, or a test that another package offers."
            ),
            extra={"rule": rules.test},
        ),
    ] = "permutation"
    seed: Annotated[FromNought, Meta(description="What windows and permutations are drawn from.")] = 0
