"""Train the ansatz with SPSA; writes parameters/ansatz.csv and parameters/history.csv. The seed makes it repeatable.

J. C. Spall, IEEE Transactions on Aerospace and Electronic Systems 34, 817 (1998): gains and their decay.
"""

import csv
from collections.abc import Iterator

import numpy as np
from classifier import ANSATZ, HERE, TRAINED, Weeks, chance_of_rougher, encode, weeks
from numpy.typing import NDArray

SEED = 20181221
STEPS = 400
RECORD_EVERY = 20

NAMES = [f"theta_{index}" for index in range(ANSATZ.num_parameters)]
Theta = NDArray[np.float64]


def binding(theta: Theta) -> dict[str, float]:
    """Names beside the numbers."""
    return dict(zip(NAMES, theta.tolist(), strict=True))


def spsa(data: Weeks, steps: int = STEPS, seed: int = SEED) -> Iterator[Theta]:
    """The start and every step after it: simultaneous perturbation of all angles, two losses a step."""
    states = encode(data.features)

    def loss(theta: Theta) -> float:
        """The Brier score: the mean squared error of the chance, 0.25 for a coin."""
        return float(np.mean((chance_of_rougher(states, binding(theta)) - data.rougher) ** 2))

    random = np.random.default_rng(seed)
    theta = random.uniform(-np.pi, np.pi, len(NAMES))
    yield theta
    for step in range(steps):
        gain = 8 / (step + 51) ** 0.602
        reach = 0.1 / (step + 1) ** 0.101
        direction = random.choice([-1.0, 1.0], len(NAMES))
        slope = (loss(theta + reach * direction) - loss(theta - reach * direction)) / (2 * reach)
        theta = theta - gain * slope * direction
        yield theta


def main() -> None:
    """Train on the training weeks alone, and write what came of it."""
    path = list(spsa(weeks()[0]))
    with TRAINED.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["parameter", "value"])
        writer.writerows(binding(path[-1]).items())
    with (HERE / "parameters" / "history.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["binding", *NAMES])
        writer.writerows([f"step_{step:03}", *path[step].tolist()] for step in range(0, STEPS + 1, RECORD_EVERY))


if __name__ == "__main__":
    main()
