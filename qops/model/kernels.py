"""Similarities of two rows of data, quantum and classical, and the question whether two samples differ under them."""

import msgspec

from qops.model.where import Where

MAPS = ("zz", "z")
"""Feature maps that are known by name; any other is a circuit of the manifest whose parameters are the data."""

CLASSICAL = ("rbf", "laplace", "linear", "cosine")
"""Classical kernels."""

TESTS = ("permutation", "wild", "linear-time", "block-statistic")
"""Two-sample tests that are built in; others come by the entry-point group `qops.tests`."""


class QuantumKernel(msgspec.Struct, frozen=True, tag="quantum"):
    """The fidelity |⟨φ(x)|φ(y)⟩|² of the states that a feature map makes of two rows.

    `feature_map` is one of `MAPS` or the name of a circuit. An angle is `scale` times a value of the data, in
    radians, which is in standard deviations.
    `qubits` is how many columns enter, 0 for all of them; `pairs` which qubits a ZZ map entangles (`full` or `linear`).
    With `shots`, every entry is what so many shots would show; with None it is exact.
    """

    feature_map: str
    qubits: int = 0
    repetitions: int = 2
    scale: float = 1.0
    pairs: str = "full"
    shots: int | None = None

    @property
    def name(self) -> str:
        """How reports call it.

        >>> QuantumKernel("zz", 4, scale=0.3).name
        'zz × 0.3'
        """
        return self.feature_map if self.scale == 1 else f"{self.feature_map} × {self.scale:g}"


class ClassicalKernel(msgspec.Struct, frozen=True, tag="classical"):
    """A classical kernel. `factor` multiplies the bandwidth, which is `bandwidth` or, if None, the median distance."""

    kind: str
    bandwidth: float | None = None
    factor: float = 1.0

    @property
    def name(self) -> str:
        """How reports call it.

        >>> ClassicalKernel("rbf", factor=0.5).name
        'rbf × 0.5'
        """
        return self.kind if self.factor == 1 else f"{self.kind} × {self.factor:g}"


Kernel = QuantumKernel | ClassicalKernel


class KernelArm(msgspec.Struct, frozen=True):
    """One variant: a kernel, or several that are fused into one test."""

    kernels: tuple[Kernel, ...]
    where: Where

    @property
    def name(self) -> str:
        """How reports call it."""
        return " + ".join(kernel.name for kernel in self.kernels)

    @property
    def quantum(self) -> bool:
        """Whether a quantum kernel is among them."""
        return any(isinstance(kernel, QuantumKernel) for kernel in self.kernels)


class TwoSample(msgspec.Struct, frozen=True):
    """Two tables, and how windows of them are compared.

    `first` and `second` are paths of CSV files from the repository's root. If they are the same, rows are dealt out
    between the two at random, and every rejection is a false one. `columns` are the features, all columns of numbers
    if empty.
    Rows are drawn and exchanged in runs of `block` consecutive ones, of which the first `purge` are left out: what
    they were computed from reaches back into the run before. `windows` times, `window` rows are drawn from each table.
    `seed` and `permutations` settle the draws; `test` is the name of a two-sample test.
    """

    first: str
    second: str
    where: Where
    columns: tuple[str, ...] = ()
    block: int = 1
    purge: int = 0
    window: int = 0
    windows: int = 200
    permutations: int = 199
    test: str = "permutation"
    seed: int = 0

    @property
    def null(self) -> bool:
        """Whether the two samples come from one table, so that there is nothing to find."""
        return self.first == self.second


class SimilarityEntry(msgspec.Struct, frozen=True):
    """An experiment of the manifest's `abtests` on two similarities.

    `goal` is `superior`, `non-inferior`, `equivalent` or `different`: what is to be shown of B's rate of windows told
    apart beside A's, by `margin`, at level `alpha`. Fidelities are measured on `backend`, or, if empty, computed.
    """

    name: str
    a: KernelArm
    b: KernelArm
    samples: TwoSample
    where: Where
    goal: str = "superior"
    margin: float = 0.0
    alpha: float = 0.05
    backend: str = ""


class PairCount(msgspec.Struct, frozen=True):
    """How often zero was found in the fidelity test of two rows, and where.

    `job` is the backend's name for the job, `calibration` the identity of the calibration it ran under, empty where
    there is none; `states` identifies the states of all rows, and how they were measured.
    """

    left: int
    right: int
    zeros: int
    shots: int
    job: str
    began_at: str
    calibration: str
    states: str


class FeatureTable(msgspec.Struct, frozen=True):
    """Finite numbers: rows of observations, columns by name."""

    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
