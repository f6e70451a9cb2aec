"""An estimate of how often a circuit passes; refused where noise would make the answer wrong."""

from typing import NamedTuple

from qops.errors import InconclusiveError
from qops.stats.amplitude import iterative, likelihood
from qops.stats.amplitude.estimate import Estimate, Oracle
from qops.stats.amplitude.noise import Loss, loss

METHODS = ("iqae", "likelihood")
"""Iterative amplitude estimation, and maximum likelihood on a fixed schedule."""


class Found(NamedTuple):
    """An arm: what a call of it loses, and how often it passes."""

    loss: Loss
    estimate: Estimate


def mirrored_loss(passed: int, shots: int) -> Loss:
    """The contrast that one call loses, by shots of a circuit and its inverse, which would all pass without noise."""
    return loss(1.0, 0, passed, shots, calls=2)


def estimate(asked: Oracle, half_width: float, noise: Loss, alpha: float = 0.05, method: str = "iqae") -> Estimate:
    """The probability, with as many iterations as the noise leaves room for, and an interval that allows for it.

    Raises:
        InconclusiveError: it leaves room for none, or not for an interval so narrow.
    """
    limit = noise.most_iterations
    lost = f"a call may lose {noise.high:.2%} of the contrast"
    if limit is not None and limit < 1:
        cause = f"{lost}, which leaves no room for amplitude estimation"
        raise InconclusiveError(cause, hint="estimate by plain sampling")
    if half_width < noise.narrowest:
        cause = f"{lost}, which hides what is nearer than {noise.narrowest:.2g}"
        raise InconclusiveError(cause, hint="ask for a wider interval, or measure the loss with more shots")
    if method == "iqae":
        return iterative.estimate(asked, half_width, alpha, most_iterations=limit, loss=noise.high)
    iterations = likelihood.schedule(likelihood.doublings(half_width, alpha=alpha))
    if limit is not None and max(iterations) > limit:
        cause = f"{lost}: {max(iterations)} iterations are needed for so narrow an interval, and {limit} are tolerated"
        raise InconclusiveError(cause, hint="ask for a wider interval, or for `--method iqae`, which allows for a loss")
    return likelihood.estimate(asked, iterations, alpha=alpha)
