"""The transpile matrix: circuits × backends × levels × seeds, and what came of each cell."""

import msgspec

Option = bool | int | float | str | list[str] | None


class Metrics(msgspec.Struct, frozen=True):
    """What a compiled circuit costs.

    Counts are of operations, blocks of control flow counted once. `log_success` is the natural logarithm of the
    estimated success probability, the product of 1 - error over all operations, those at faulty places left out;
    `faulty` counts operations at places with an error of 1; None where the target knows no errors. `duration_s` is in
    seconds, None where the target knows no durations.
    """

    two_qubit: int
    two_qubit_depth: int
    depth: int
    size: int
    log_success: float | None
    faulty: int
    duration_s: float | None


class Compiled(msgspec.Struct, frozen=True, tag="compiled"):
    """A cell that was compiled.

    `digest` is of the compiled circuit's canonical form, angles included, names not. `initial_layout` is the physical
    qubit of each virtual one of the source, `final_layout` where each of these ends. `cpu_s` is processor time in
    seconds; `peak_bytes` the most memory that the worker had had by then.
    """

    digest: str
    metrics: Metrics
    initial_layout: tuple[int, ...]
    final_layout: tuple[int, ...]
    cpu_s: float
    peak_bytes: int


class Lost(msgspec.Struct, frozen=True, tag="lost"):
    """A cell that came to nothing: `kind` is `failed`, `timed out`, `crashed` or `out of memory`."""

    kind: str
    because: str


Outcome = Compiled | Lost


class Recipe(msgspec.Struct, frozen=True):
    """What the compiler is asked for.

    `circuit` and `target` are digests; `options` are the compiler's, by name, those left out at their defaults;
    `layout` is the physical qubit of each virtual one, None where the compiler is to choose.
    """

    circuit: str
    target: str
    level: int
    seed: int
    options: dict[str, Option] = {}
    layout: tuple[int, ...] | None = None


class Cell(msgspec.Struct, frozen=True):
    """One compilation. `key` is the digest of everything that its outcome depends on."""

    circuit: str
    backend: str
    recipe: Recipe
    key: str


class Row(msgspec.Struct, frozen=True):
    """One circuit on one backend at one level: its outcomes by seed, in ascending order of seeds."""

    circuit: str
    backend: str
    level: int
    outcomes: dict[int, Outcome]

    @property
    def compiled(self) -> tuple[Compiled, ...]:
        """The cells that were compiled."""
        return tuple(outcome for outcome in self.outcomes.values() if isinstance(outcome, Compiled))

    @property
    def lost(self) -> dict[int, Lost]:
        """The cells that were not, by seed."""
        return {seed: outcome for seed, outcome in self.outcomes.items() if isinstance(outcome, Lost)}


class Comparable(msgspec.Struct, frozen=True):
    """What two matrices have to share to be compared, beside the compiler that is under test.

    `targets` are target digests by backend; `circuits` skeleton and parameter digests by circuit; `options` everything
    that was asked of the compiler; `surroundings` versions, plugins, architecture and settings.
    """

    targets: dict[str, str]
    circuits: dict[str, str]
    options: dict[str, str]
    surroundings: dict[str, str]


class Matrix(msgspec.Struct, frozen=True):
    """A whole matrix, rows sorted by circuit, backend and level."""

    comparable: Comparable
    rows: tuple[Row, ...]
