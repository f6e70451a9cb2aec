"""Both arms on every window: who rejects, and how often."""

from collections.abc import Sequence
from typing import NamedTuple

from qops.abtest.kernels.prepared import Prepared
from qops.abtest.kernels.windows import Pool, Window, whole, windows
from qops.errors import InputError
from qops.model.kernels import QuantumKernel, TwoSample
from qops.stats.kernels import Test
from qops.stats.kernels.definite import least_eigenvalue
from qops.stats.kernels.fused import fuse, p_value
from qops.stats.kernels.gram import Gram, taken
from qops.stats.kernels.sampled import sampled
from qops.stats.mcnemar import Comparison

MOST_SAMPLED = 2000
"""The most rows between which the noise of shots is drawn."""


class Side(NamedTuple):
    """One arm: its p-value on each window, and on all rows at once; None if they are too many to draw noise for."""

    p_values: tuple[float, ...]
    whole: float | None

    def rejections(self, alpha: float) -> tuple[bool, ...]:
        """Which windows it tells apart."""
        return tuple(p <= alpha for p in self.p_values)


class Judged(NamedTuple):
    """Both arms on the same windows, with the same permutations.

    `rows` is how many a window has on both sides; `eigenvalues` the least eigenvalue in the first window of each kernel
    that has the noise of shots, by name.
    """

    a: Side
    b: Side
    rows: int
    alpha: float
    eigenvalues: dict[str, float]

    @property
    def comparison(self) -> Comparison:
        """Windows that one arm alone told apart; the difference is B's less A's."""
        pairs = list(zip(self.a.rejections(self.alpha), self.b.rejections(self.alpha), strict=True))
        return Comparison(pairs.count((True, False)), pairs.count((False, True)), len(pairs))


def judge(
    pooled: Pool, arms: tuple[Sequence[Prepared], Sequence[Prepared]], samples: TwoSample, test: Test, alpha: float
) -> Judged:
    """Draw the windows, and test each with either arm.

    Raises:
        InputError: a window has too few rows for the test.
    """
    drawn = list(windows(pooled, samples, alpha))
    everything = whole(pooled, samples)
    try:
        a, b = (
            Side(
                tuple(_p_value(arm, window, samples, test, number) for number, window in enumerate(drawn)),
                _whole(arm, everything, samples, test),
            )
            for arm in arms
        )
    except ValueError as reason:
        cause = f"the test `{samples.test}` cannot be done: {reason}"
        raise InputError(cause, where=samples.where, hint="make `window` larger") from None
    return Judged(a, b, len(drawn[0].rows), alpha, _least_eigenvalues(arms, drawn[0], samples))


def _whole(arm: Sequence[Prepared], window: Window, samples: TwoSample, test: Test) -> float | None:
    noisy = any(map(_shots, arm))
    return None if noisy and len(window.rows) > MOST_SAMPLED else _p_value(arm, window, samples, test, samples.windows)


def _p_value(arm: Sequence[Prepared], window: Window, samples: TwoSample, test: Test, number: int) -> float:
    """The p-value of the fused test; the seed is the window's, whatever the arm."""
    seed = samples.seed + (number << 32)
    grams = [_on(prepared, window, seed + place + 1) for place, prepared in enumerate(arm)]
    return p_value(fuse([test.statistics(gram, window.design, samples.permutations, seed) for gram in grams]))


def _least_eigenvalues(
    arms: tuple[Sequence[Prepared], Sequence[Prepared]], window: Window, samples: TwoSample
) -> dict[str, float]:
    every = slice(0, len(window.rows))
    noisy = [prepared for arm in arms for prepared in arm if _shots(prepared) or prepared.measured]
    grams = {prepared.kernel.name: _on(prepared, window, samples.seed + 1) for prepared in noisy}
    return {name: least_eigenvalue(gram.block(every, every)) for name, gram in grams.items()}


def _on(prepared: Prepared, window: Window, seed: int) -> Gram:
    """The kernel on a window, with the noise of its shots if it has any."""
    exact = taken(prepared.gram, window.rows)
    shots = _shots(prepared)
    return sampled(exact, shots, seed) if shots else exact


def _shots(prepared: Prepared) -> int | None:
    """The shots whose noise is to be drawn; None where there is none, or entries have it already."""
    drawn = isinstance(prepared.kernel, QuantumKernel) and not prepared.measured
    return prepared.kernel.shots if drawn and isinstance(prepared.kernel, QuantumKernel) else None
