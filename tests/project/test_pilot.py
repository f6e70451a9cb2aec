"""The pilot says what it does: its circuits, its training and its figures, through Qiskit."""

import csv
import importlib
import json
import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from shutil import copytree
from types import ModuleType

import numpy as np
import pytest
from qiskit.circuit.library import zz_feature_map
from qiskit.quantum_info import Operator
from qiskit_aer import AerSimulator

import qops.project

MODULES = ("classifier", "train", "evaluate")


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the pilot, whose modules can be imported."""
    root = tmp_path_factory.mktemp("pilot") / "copy"
    copytree(Path(qops.project.__file__).parent / "pilot" / "template", root)
    sys.path.insert(0, str(root))
    yield root
    sys.path.remove(str(root))
    for name in MODULES:
        sys.modules.pop(name, None)


@pytest.fixture
def classifier(pilot: Path) -> ModuleType:
    module = importlib.import_module("classifier")
    assert Path(str(module.__file__)).parent == pilot
    return module


@pytest.fixture
def train(classifier: ModuleType) -> ModuleType:
    assert classifier
    return importlib.import_module("train")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_feature_map_is_the_known_one(classifier: ModuleType) -> None:
    angles = [0.3, 1.1, 2.0, 2.9]
    ours = classifier.circuit("feature_map").assign_parameters({f"x_{index}": x for index, x in enumerate(angles)})
    known = zz_feature_map(4, reps=1, entanglement="linear").assign_parameters(angles)
    assert Operator(ours).equiv(Operator(known))


def test_active_reset_leaves_every_qubit_at_zero(classifier: ModuleType) -> None:
    reset = classifier.circuit("active_reset")
    excited = reset.copy_empty_like()
    excited.h(range(4))
    excited.compose(reset, inplace=True)
    excited.measure_all()
    counts = AerSimulator(seed_simulator=1).run(excited, shots=500).result().get_counts()
    assert {outcome.split()[0] for outcome in counts} == {"0000"}
    assert {outcome.split()[1] for outcome in counts} == {"0000"}
    assert len({outcome.split()[2] for outcome in counts}) == 16


def test_the_trained_angles_are_those_of_the_ansatz_and_the_last_of_the_history(
    pilot: Path, classifier: ModuleType
) -> None:
    trained = {row["parameter"]: row["value"] for row in rows(pilot / "parameters" / "ansatz.csv")}
    history = rows(pilot / "parameters" / "history.csv")
    assert trained.keys() == {parameter.name for parameter in classifier.ANSATZ.parameters}
    assert history[-1] == {"binding": "step_400", **trained}
    assert all(repr(float(value)) == value for value in trained.values())


def test_training_again_takes_the_same_path(pilot: Path, train: ModuleType, classifier: ModuleType) -> None:
    recorded = rows(pilot / "parameters" / "history.csv")[:2]
    path = list(islice(train.spsa(classifier.weeks()[0]), 21))
    for row, theta in zip(recorded, (path[0], path[20]), strict=True):
        assert [float(row[name]) for name in train.NAMES] == pytest.approx(theta.tolist(), abs=1e-9)


def test_the_figures_are_those_that_the_stored_angles_give(pilot: Path, train: ModuleType) -> None:
    assert train
    measured = importlib.import_module("evaluate").accuracies()
    assert json.loads((pilot / "metrics.json").read_text()) == measured
    readme = (pilot / "README.md").read_text()
    for model in measured.values():
        assert re.search(rf"\| {model['train']:.1%} \| {model['test']:.1%} \|".replace("%", " %"), readme)


@pytest.mark.parametrize("active_reset", [False, True])
def test_a_noiseless_device_agrees_within_its_shot_noise(classifier: ModuleType, *, active_reset: bool) -> None:
    shots = 4000
    features = classifier.weeks()[1].features[:3]
    exact = classifier.chance_of_rougher(classifier.encode(features), classifier.trained())
    whole = classifier.build(active_reset=active_reset).assign_parameters(classifier.trained())
    for chance, angles in zip(exact, classifier.angles(features), strict=True):
        bound = whole.assign_parameters({f"x_{index}": angle for index, angle in enumerate(angles)})
        counts = AerSimulator(seed_simulator=7).run(bound, shots=shots).result().get_counts()
        odd = sum(number for outcome, number in counts.items() if outcome.split()[0].count("1") % 2)
        assert odd / shots == pytest.approx(chance, abs=5 * np.sqrt(chance * (1 - chance) / shots))


def test_the_tables_are_derived_from_the_prices_as_it_says(pilot: Path, classifier: ModuleType) -> None:
    tables = sorted((pilot / "data").glob("*.csv"))
    assert classifier.TABLE in tables
    shipped = [table.read_bytes() for table in tables]
    importlib.import_module("prepare_data")
    sys.modules.pop("prepare_data")
    assert [table.read_bytes() for table in tables] == shipped
    assert [table.name for table in tables] == ["days_2003.csv", "days_2007.csv", "sp500_features.csv"]
