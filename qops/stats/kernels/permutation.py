r"""The maximum mean discrepancy of two samples, and its permutations.

The statistic is the unbiased estimate of MMD² [1]_, the mean of K within the first sample, plus that within the second,
less twice that between them, without the diagonal. Under permutations of units the test is exact at any size of sample:
the p-value (1 + k)/(1 + B) is at most α with a probability of at most α [2]_, if units are exchangeable. The kernel may
be anything symmetric, positive semidefinite or not: what it is decides the power and not the level; if it was chosen
from the data, then by a rule that does not know the labels.

References:
    [1] A. Gretton, K. M. Borgwardt, M. J. Rasch, B. Schölkopf and A. Smola, A kernel two-sample test, Journal of
        Machine Learning Research 13 (2012) 723-773, equation 3.
    [2] B. Phipson and G. K. Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
        Molecular Biology 9 (2010) 39.
"""

from qops.stats.kernels.design import Design, Labels, labels
from qops.stats.kernels.gram import Gram, Reals
from qops.stats.kernels.products import Forms, forms


def statistics(gram: Gram, design: Design, draws: int, seed: int) -> Reals:
    """MMD² as observed, and of `draws` permutations.

    >>> import numpy as np
    >>> from qops.stats.kernels.design import rows_apart
    >>> from qops.stats.kernels.gram import given
    >>> near = given(np.array([[1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0]]))
    >>> float(statistics(near, rows_apart(2, 2), 0, 1)[0])
    2.0
    """
    return squared(gram, labels(design, draws, seed))


def squared(gram: Gram, chosen: Labels) -> Reals:
    """The unbiased MMD² of each column of labels (N, R), of which both samples have two rows at least."""
    return discrepancy(forms(gram, chosen), chosen)


def discrepancy(found: Forms, chosen: Labels) -> Reals:
    """MMD² from the forms of the labels."""
    first = chosen.sum(axis=0).astype(float)
    second = len(chosen) - first
    within_first = found.quadratic
    between = found.linear - found.quadratic
    within_second = found.total - 2 * found.linear + found.quadratic
    found_first = within_first / (first * (first - 1))
    found_second = within_second / (second * (second - 1))
    whole: Reals = found_first + found_second - 2 * between / (first * second)
    return whole
