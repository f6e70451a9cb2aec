"""Both arms on every window: who rejects, and how often."""

from collections.abc import Sequence
from typing import NamedTuple

from qops.abtest.kernels.prepared import Prepared
from qops.abtest.kernels.windows import Pool, Window, whole, windows
from qops.errors import InputError
from qops.model.kernels import QuantumKernel, TwoSample
from qops.stats.kernels import Test
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
    """Both arms on the same windows, with the same permutations. `rows` is how many a window has on both sides."""

    a: Side
    b: Side
    rows: int
    alpha: float

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
    return Judged(a, b, len(drawn[0].rows), alpha)


def _whole(arm: Sequence[Prepared], window: Window, samples: TwoSample, test: Test) -> float | None:
    noisy = any(isinstance(prepared.kernel, QuantumKernel) and prepared.kernel.shots for prepared in arm)
    return None if noisy and len(window.rows) > MOST_SAMPLED else _p_value(arm, window, samples, test, samples.windows)


def _p_value(arm: Sequence[Prepared], window: Window, samples: TwoSample, test: Test, number: int) -> float:
    """The p-value of the fused test; the seed is the window's, whatever the arm."""
    seed = samples.seed + (number << 32)
    grams = [_on(prepared, window, seed + place + 1) for place, prepared in enumerate(arm)]
    return p_value(fuse([test.statistics(gram, window.design, samples.permutations, seed) for gram in grams]))


def _on(prepared: Prepared, window: Window, seed: int) -> Gram:
    """The kernel on a window, with the noise of its shots if it has any."""
    exact = taken(prepared.gram, window.rows)
    kernel = prepared.kernel
    shots = kernel.shots if isinstance(kernel, QuantumKernel) else None
    return sampled(exact, shots, seed) if shots else exact
