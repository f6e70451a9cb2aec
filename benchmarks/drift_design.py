"""Designs of control charts: the integral equations beside a Markov chain, another method altogether, extrapolated."""

from collections.abc import Iterator
from functools import partial
from math import erf, sqrt

import numpy as np

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from qops.stats.spc import cusum, ewma
from qops.stats.spc.cusum import Cusum
from qops.stats.spc.ewma import Ewma
from qops.stats.spc.numbers import Numbers

_ERF = np.vectorize(erf)


def rows(*, small: bool) -> Iterator[Row]:
    """The worst disagreement over a grid of designs, and the time of one."""
    references = (0.25, 0.5, 0.75, 1.0, 1.25) if not small else (0.5,)
    limits, shifts = ((2.0, 3.0, 4.0, 5.0), (0.0, 0.25, 0.5, 1.0, 2.0)) if not small else ((3.0,), (0.0,))
    of_cusum = [_cusum(k, h, shift) for k in references for h in limits for shift in shifts]
    weights = (0.1, 0.2, 0.3, 0.5, 0.75) if not small else (0.3,)
    of_ewma = [_ewma(weight, limit, shift) for weight in weights for limit in limits for shift in shifts]
    yield Row("designs", "designs of CUSUM and EWMA", len(of_cusum) + len(of_ewma), "", 200, at_least=True)
    yield Row("cusum", "CUSUM: the worst relative disagreement with the chain", max(of_cusum), "", 1e-6)
    yield Row("ewma", "EWMA: the worst relative disagreement with the chain", max(of_ewma), "", 1e-6)
    for name, design in (
        ("CUSUM", partial(cusum.limit_for.__wrapped__, 731.0)),
        ("EWMA of weight 0.1", partial(ewma.limit_for, 731.0, 0.1)),
        ("EWMA of weight 0.1, varying limits", partial(ewma.limit_for, 731.0, 0.1, varying=True)),
    ):
        seconds, _ = measure.call(design, 3)
        yield Row(f"time_{name}", f"a limit for a run length, {name}", 1000 * seconds, "ms", 300)


def _cusum(k: float, h: float, shift: float) -> float:
    return _apart(Cusum(k, h).one_sided(shift), [_cusum_chain(k - shift, h, states) for states in (120, 240, 480)])


def _ewma(weight: float, limit: float, shift: float) -> float:
    return _apart(
        Ewma(weight, limit).run_length(shift), [_ewma_chain(weight, limit, shift, states) for states in (101, 303, 909)]
    )


def _apart(ours: float, chain: list[float]) -> float:
    """How far the two are, relatively; the chain's error falls with the square of its states, then the fourth power."""
    coarse, middle, fine = chain
    factor = 4.0 if len(chain) == 3 and abs(middle - coarse) < 16 * abs(fine - middle) else 9.0
    factor = (middle - coarse) / (fine - middle) if fine != middle else factor
    order = 9.0 if factor > 6 else 4.0
    first, second = (order * middle - coarse) / (order - 1), (order * fine - middle) / (order - 1)
    return abs(ours / ((order**2 * second - first) / (order**2 - 1)) - 1)


def _cusum_chain(k: float, h: float, states: int) -> float:
    width = 2 * h / (2 * states - 1)
    centres, edges = np.arange(states) * width, (np.arange(states) + 0.5) * width
    below = _below(edges[None, :] - centres[:, None] + k)
    return float(np.linalg.solve(np.eye(states) - np.diff(below, axis=1, prepend=0.0), np.ones(states))[0])


def _ewma_chain(weight: float, limit: float, shift: float, states: int) -> float:
    bound = limit * sqrt(weight / (2 - weight))
    width = 2 * bound / states
    centres = -bound + width * (np.arange(states) + 0.5)
    edges = -bound + width * np.arange(states + 1)
    below = _below((edges[None, :] - (1 - weight) * centres[:, None]) / weight - shift)
    return float(np.linalg.solve(np.eye(states) - np.diff(below, axis=1), np.ones(states))[states // 2])


def _below(z: Numbers) -> Numbers:
    values: Numbers = 0.5 * (1 + _ERF(z / sqrt(2)))
    return values


if __name__ == "__main__":
    outcome.run("drift_design", rows)
