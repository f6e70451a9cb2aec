"""In which order, and in which jobs, a device measures the entries of a kernel.

A matrix of n rows takes n(n - 1)/2 circuits, and so many jobs, between which a device's contrast drifts. If one job has
the pairs within a sample, and another those between samples, as libraries' calls invite, then drift looks like a
difference of the samples. In one random order of all pairs, over both samples, the job of a pair has nothing to do with
its samples: relabelling rows leaves the distribution of the measured matrix as it is, and a permutation test stays
exact whatever the jobs do. Few shots on all pairs tell more than many on some.
"""

from typing import NamedTuple

import numpy as np

from qops.stats.kernels.gram import Indices, Reals


class Schedule(NamedTuple):
    """The pairs of rows in the order in which they are measured, and the number of each one's job."""

    left: Indices
    right: Indices
    job: Indices


def randomised(size: int, pairs_a_job: int, seed: int) -> Schedule:
    """All pairs of `size` rows in random order, so many to a job.

    >>> plan = randomised(4, 4, 1)
    >>> sorted(zip(plan.left.tolist(), plan.right.tolist()))
    [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    >>> plan.job.tolist()
    [0, 0, 0, 0, 1, 1]
    """
    left, right = np.triu_indices(size, 1)
    order = np.random.default_rng(seed).permutation(len(left))
    return Schedule(left[order], right[order], np.arange(len(left)) // pairs_a_job)


def matrix(plan: Schedule, size: int, shares: Reals) -> Reals:
    """The symmetric matrix of measured shares, with ones on the diagonal, which nobody measures."""
    whole = np.eye(size)
    whole[plan.left, plan.right] = whole[plan.right, plan.left] = shares
    return whole
