"""Gate set tomography of one qubit, by pyGSTi: which circuits to run, and the gates that explain their counts.

The circuits are those of long-sequence tomography, with the pairs of fiducials that are needed and no more [1]_: a
fiducial, a germ repeated up to a length, and another fiducial. The model is of trace-preserving maps without any other
constraint. Two sets of counts are of one model if a likelihood-ratio test does not refuse it: twice the logarithm of
the ratio is chi-squared, with a degree of freedom for each parameter that counts can tell, if shots are many [2]_.

References:
    [1] E. Nielsen, J. K. Gamble, K. Rudinger, T. Scholten, K. Young and R. Blume-Kohout, Gate set tomography, Quantum 5
        (2021) 557.
    [2] S. S. Wilks, The large-sample distribution of the likelihood ratio for testing composite hypotheses, Annals of
        Mathematical Statistics 9 (1938) 60-62.
"""

import cmath
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from pygsti.circuits import Circuit
from pygsti.data import DataSet
from pygsti.modelpacks import smq1Q_XY
from pygsti.protocols import ProtocolData, StandardGST
from pygsti.tools import average_gate_infidelity, two_delta_logl

from qops.stats import chi_square

Layers = tuple[str, ...]
"""The gates of a circuit, one after the other: `x` and `y`, quarter turns about these axes."""

Counts = Mapping[Layers, tuple[int, int]]
"""By circuit, how many shots gave 0, and how many 1."""

_MODE = "full TP"
_NAMES = {"x": "Gxpi2", "y": "Gypi2"}
_GATES = {(name, 0): letter for letter, name in _NAMES.items()}


class Gate(NamedTuple):
    """A gate that was found: its infidelity, and by how much it turns too far, in radians."""

    name: str
    infidelity: float
    overturn: float


class Fit(NamedTuple):
    """The gates that explain counts best, and how much better a model for each circuit would: `excess` deviations."""

    gates: tuple[Gate, ...]
    excess: float
    model: Any


def design(length: int) -> tuple[Layers, ...]:
    """The circuits for germs that are repeated up to a length of 1, 2, 4, …, `length` gates."""
    made = smq1Q_XY.create_gst_experiment_design(length, fpr=True)
    return tuple(_layers(circuit) for circuit in made.all_circuits_needing_data)


def fit(counts: Counts, length: int) -> Fit:
    """The gates that explain counts of all circuits of a design."""
    made, data = smq1Q_XY.create_gst_experiment_design(length, fpr=True), _data(counts)
    protocol = StandardGST(modes=(_MODE,), verbosity=0)
    estimate = protocol.run(ProtocolData(made, data), disable_checkpointing=True).estimates[_MODE]
    model, target = estimate.models["stdgaugeopt"], smq1Q_XY.target_model()
    gates = tuple(_gate(letter, model, target) for letter in _NAMES)
    free = len(counts) - model.num_nongauge_params
    return Fit(gates, float((_misfit(model, data) - free) / math.sqrt(2 * free)), model)


def together(one: Counts, other: Counts, fits: tuple[Fit, Fit], length: int) -> float:
    """The p-value of the hypothesis that one model explains two sets of counts of the same circuits."""
    both = {layers: (zeros + other[layers][0], ones + other[layers][1]) for layers, (zeros, ones) in one.items()}
    shared = fit(both, length).model
    apart = sum(_misfit(each.model, _data(counts)) for each, counts in zip(fits, (one, other), strict=True))
    ratio = sum(_misfit(shared, _data(counts)) for counts in (one, other)) - apart
    return chi_square.tail(max(0.0, float(ratio)), int(shared.num_nongauge_params))


def _misfit(model: Any, data: DataSet) -> float:  # noqa: ANN401 - pyGSTi has no types
    return float(two_delta_logl(model, data, list(data.keys())))


def _gate(letter: str, model: Any, target: Any) -> Gate:  # noqa: ANN401 - as above
    label = (_NAMES[letter], 0)
    found, ideal = (each.operations[label].to_dense() for each in (model, target))
    return Gate(letter, float(average_gate_infidelity(found, ideal, "pp")), _turn(found) - _turn(ideal))


def _turn(gate: np.ndarray) -> float:
    """The angle of the rotation in a map of one qubit, as a matrix on Paulis: that of its complex eigenvalues."""
    return max(abs(cmath.phase(value)) for value in np.linalg.eigvals(gate[1:, 1:]))


def _data(counts: Counts) -> DataSet:
    data = DataSet(outcome_labels=["0", "1"])
    for layers, (zeros, ones) in counts.items():
        data.add_count_dict(_circuit(layers), {"0": zeros, "1": ones})
    data.done_adding_data()
    return data


def _circuit(layers: Sequence[str]) -> Circuit:
    return Circuit([(_NAMES[letter], 0) for letter in layers], line_labels=(0,))


def _layers(circuit: Circuit) -> Layers:
    return tuple(_GATES[str(label.name), label.sslbls[0]] for label in circuit)
