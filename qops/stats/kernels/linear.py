"""x·y: under it two samples differ by their means, and by nothing else."""

from qops.stats.kernels.gram import Gram, Reals, of_features


def prepare(rows: Reals, bandwidth: float | None = None) -> Gram:  # noqa: ARG001 - the door is the same for all
    """The kernel between rows around their common mean, which changes no discrepancy and saves digits."""
    return of_features(rows - rows.mean(axis=0))
