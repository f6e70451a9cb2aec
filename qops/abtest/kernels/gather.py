"""What a comparison of similarities is about: two tables, and the circuits that are feature maps."""

from collections.abc import Mapping
from typing import NamedTuple

from qops.errors import InputError
from qops.formats import features_csv
from qops.model.circuit import Circuit
from qops.model.kernels import MAPS, FeatureTable, KernelArm, QuantumKernel, TwoSample
from qops.model.manifest import CircuitEntry
from qops.model.ports import CircuitSources, WorkTree
from qops.model.where import Where


class Gathered(NamedTuple):
    """Both tables, with the same columns, and the circuits by name."""

    first: FeatureTable
    second: FeatureTable
    circuits: dict[str, Circuit]


def gather(
    tree: WorkTree,
    sources: CircuitSources,
    entries: Mapping[str, CircuitEntry],
    samples: TwoSample,
    arms: tuple[KernelArm, KernelArm],
) -> Gathered:
    """Read the tables and the circuits.

    Raises:
        InputError: a table is wrong in itself, or a feature map does not fit the columns.
    """
    first = _table(tree, samples.first, samples.columns, samples.where)
    second = first if samples.null else _table(tree, samples.second, first.names, samples.where)
    named = {
        kernel.feature_map: entries[kernel.feature_map]
        for arm in arms
        for kernel in arm.kernels
        if isinstance(kernel, QuantumKernel) and kernel.feature_map not in MAPS
    }
    circuits = {name: loaded.circuit for name, loaded in sources.read(named.values()).items()} if named else {}
    for arm in arms:
        _must_fit(arm, first.names, circuits)
    return Gathered(first, second, circuits)


def _table(tree: WorkTree, path: str, columns: tuple[str, ...], where: Where) -> FeatureTable:
    if not tree.exists(path):
        hint = "paths begin at the repository's top directory; `dvc pull` fetches what DVC tracks"
        raise InputError(f"there is no file {path}", where=where, hint=hint)
    return features_csv.read(tree.read(path), path, columns)


def _must_fit(arm: KernelArm, columns: tuple[str, ...], circuits: Mapping[str, Circuit]) -> None:
    for kernel in arm.kernels:
        if not isinstance(kernel, QuantumKernel):
            continue
        circuit = circuits.get(kernel.feature_map)
        wanted = len(circuit.parameters) if circuit else kernel.qubits
        if (circuit and wanted != len(columns)) or wanted > len(columns):
            what = f"{wanted} parameters" if circuit else f"{wanted} qubits"
            cause = f"the feature map `{kernel.feature_map}` has {what}, and the data have {len(columns)} columns"
            raise InputError(cause, where=arm.where, hint=f"the columns are {', '.join(columns)}")
        if not kernel.qubits and not circuit and len(columns) > 20:
            cause = f"the feature map `{kernel.feature_map}` would have {len(columns)} qubits"
            raise InputError(cause, where=arm.where, hint="name fewer `columns`, or say how many `qubits`")
