"""Kernels of the manifest, ready to be asked for entries between the rows of a pool."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from qops.circuits.simulation.batch import states
from qops.circuits.simulation.encoding import z_states, zz_states
from qops.circuits.simulation.evolution import NotSimulated
from qops.circuits.simulation.state import Array
from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.kernels import ClassicalKernel, Kernel, KernelArm, QuantumKernel
from qops.model.where import Where
from qops.stats.kernels import fidelity, kernel, median
from qops.stats.kernels.concentration import Concentration, concentration
from qops.stats.kernels.gram import Gram, Reals

_DISTANCES = {"rbf": median.euclidean, "laplace": median.manhattan}


class Source(NamedTuple):
    """Where measured entries are from: how many pairs of rows, the backend's jobs, and their calibrations."""

    pairs: int
    jobs: tuple[str, ...]
    calibrations: tuple[str, ...]


class Prepared(NamedTuple):
    """A kernel between all rows of a pool. `width` is the number of qubits, or of columns for a classical one.

    With `measured`, its entries have the noise of a device, and of its shots, already.
    """

    kernel: Kernel
    gram: Gram
    width: int
    bandwidth: float | None = None
    concentration: Concentration | None = None
    measured: Source | None = None

    @property
    def products(self) -> int:
        """Real multiplications that one entry takes here, once rows are prepared."""
        return 4 << self.width if isinstance(self.kernel, QuantumKernel) else self.width

    @property
    def shots(self) -> int:
        """Shots that an entry takes on a device: those declared, or those that it needs; 0 where it needs no device."""
        if isinstance(self.kernel, ClassicalKernel):
            return 0
        needed = self.concentration.shots if self.concentration else None
        return self.kernel.shots or needed or 0


def prepare(arm: KernelArm, rows: Reals, circuits: Mapping[str, Circuit]) -> tuple[Prepared, ...]:
    """The kernels of an arm.

    Raises:
        InputError: a feature map cannot be simulated, or all rows are the same.
    """
    return tuple(
        _quantum(each, rows, circuits, arm.where) if isinstance(each, QuantumKernel) else _classical(each, rows)
        for each in arm.kernels
    )


def _classical(wanted: ClassicalKernel, rows: Reals) -> Prepared:
    bandwidth = None
    if wanted.kind in _DISTANCES:
        bandwidth = wanted.factor * (wanted.bandwidth or _DISTANCES[wanted.kind](rows))
    found = kernel(wanted.kind).prepare(rows, bandwidth)
    return Prepared(wanted, found, rows.shape[1], bandwidth)


def _quantum(wanted: QuantumKernel, rows: Reals, circuits: Mapping[str, Circuit], where: Where) -> Prepared:
    try:
        made = _states(wanted, wanted.scale * rows, circuits)
    except NotSimulated as reason:
        cause = f"the feature map `{wanted.feature_map}` cannot be simulated: {reason}"
        raise InputError(cause, where=where, hint="a feature map is gates alone") from None
    gram = fidelity.prepare(made)
    return Prepared(wanted, gram, made.shape[1].bit_length() - 1, None, concentration(gram))


def _states(wanted: QuantumKernel, angles: Reals, circuits: Mapping[str, Circuit]) -> Array:
    chosen = np.asarray(angles[:, : wanted.qubits or None], dtype=float)
    match wanted.feature_map:
        case "zz":
            return zz_states(chosen, wanted.repetitions, wanted.pairs)
        case "z":
            return z_states(chosen, wanted.repetitions)
        case name:
            values = dict(zip(circuits[name].parameters, chosen.T, strict=True))
            return states(circuits[name], values, len(chosen))
