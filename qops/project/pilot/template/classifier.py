"""The classifier: feature map, ansatz, and the parity of four measured qubits.

Four features of a week become four angles in radians; the chance of odd parity is the chance of a rougher week to come.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from qiskit import QuantumCircuit, qasm3
from qiskit.quantum_info import Operator, Statevector

HERE = Path(__file__).resolve().parent
TABLE = HERE / "data" / "sp500_features.csv"
TRAINED = HERE / "parameters" / "ansatz.csv"

FEATURES = ("range", "range_4w", "return", "volume")
FIRST_TEST_WEEK = "2015-01-01"
ODD_PARITY = np.array([outcome.bit_count() % 2 for outcome in range(16)])


class Weeks(NamedTuple):
    """N weeks: features (N, 4), in units of their spread over the training weeks; was the next one rougher (N)."""

    features: NDArray[np.float64]
    rougher: NDArray[np.bool_]


def circuit(name: str) -> QuantumCircuit:
    """One of the circuits of this project."""
    return qasm3.load(str(HERE / "circuits" / f"{name}.qasm"))


def build(*, active_reset: bool = False) -> QuantumCircuit:
    """The whole classifier as it runs on a device, measured at the end."""
    start = circuit("active_reset") if active_reset else QuantumCircuit(4)
    whole = start.compose(circuit("feature_map"), range(4)).compose(circuit("ansatz"), range(4))
    whole.measure_all()
    return whole


def weeks() -> tuple[Weeks, Weeks]:
    """The training weeks and the test weeks, all of which come after."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    features = np.array([[float(row[name]) for name in FEATURES] for row in rows])
    rougher = np.array([row["rougher"] == "1" for row in rows])
    test = np.array([row["week"] >= FIRST_TEST_WEEK for row in rows])
    features = (features - features[~test].mean(axis=0)) / features[~test].std(axis=0)
    return Weeks(features[~test], rougher[~test]), Weeks(features[test], rougher[test])


def angles(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The inputs of the feature map, in radians: a spread of one becomes a quarter, around pi."""
    return np.clip(np.pi + features / 4, 0, 2 * np.pi)


def encode(features: NDArray[np.float64]) -> NDArray[np.complex128]:
    """The state that the feature map makes of each week: (N, 16) amplitudes."""
    feature_map = circuit("feature_map")
    names = [f"x_{index}" for index in range(len(FEATURES))]
    bound = (feature_map.assign_parameters(dict(zip(names, row, strict=True))) for row in angles(features))
    return np.array([Statevector(one).data for one in bound])


def chance_of_rougher(states: NDArray[np.complex128], theta: dict[str, float]) -> NDArray[np.float64]:
    """The probability of odd parity after the ansatz, for each of N states (N, 16)."""
    unitary = Operator(ANSATZ.assign_parameters(theta)).data
    odd: NDArray[np.float64] = np.abs(states @ unitary.T) ** 2 @ ODD_PARITY
    return odd


def trained() -> dict[str, float]:
    """The trained angles by name, in radians."""
    with TRAINED.open(newline="", encoding="utf-8") as file:
        return {row["parameter"]: float(row["value"]) for row in csv.DictReader(file)}


ANSATZ = circuit("ansatz")
