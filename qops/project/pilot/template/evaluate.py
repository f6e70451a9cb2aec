"""How good the trained classifier is, beside what it has to beat; writes metrics.json (`dvc metrics show` reads it)."""

import json
from collections.abc import Callable

import numpy as np
from classifier import HERE, Weeks, chance_of_rougher, encode, trained, weeks
from numpy.typing import NDArray

Guess = NDArray[np.bool_]
Model = Callable[[Weeks, Weeks], Guess]


def quantum(data: Weeks, _train: Weeks) -> Guess:
    """The trained classifier, without noise or shots."""
    return chance_of_rougher(encode(data.features), trained()) > 0.5


def majority(data: Weeks, train: Weeks) -> Guess:
    """Always the commoner answer of the training weeks."""
    return np.full(len(data.rougher), train.rougher.mean() > 0.5)


def persistence(data: Weeks, train: Weeks) -> Guess:
    """Next week is as this one: rougher when this week's range is above the training median."""
    return data.features[:, 0] > np.median(train.features[:, 0])


def logistic(data: Weeks, train: Weeks) -> Guess:
    """Logistic regression on the same four features, fitted by Newton's method."""
    inputs = np.insert(train.features, 0, 1, axis=1)
    weights = np.zeros(inputs.shape[1])
    for _ in range(20):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        curvature = inputs.T @ (inputs * (chance * (1 - chance))[:, None])
        weights += np.linalg.solve(curvature, inputs.T @ (train.rougher - chance))
    return np.insert(data.features, 0, 1, axis=1) @ weights > 0


def accuracies() -> dict[str, dict[str, float]]:
    """The share of right answers, by model and by set."""
    train, test = weeks()

    def score(model: Model, data: Weeks) -> float:
        return round(float(np.mean(model(data, train) == data.rougher)), 4)

    return {model.__name__: {"train": score(model, train), "test": score(model, test)} for model in MODELS}


MODELS = (quantum, logistic, persistence, majority)

if __name__ == "__main__":
    found = accuracies()
    (HERE / "metrics.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    for name, score in found.items():
        print(f"{name:<12} train {score['train']:.1%}  test {score['test']:.1%}")
