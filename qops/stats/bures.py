r"""What an angle between states guarantees about any measurement.

For pure states at Bures angle A = arccos|⟨ψ|φ⟩| ≤ π/2, and for every measurement with outcome distributions p and q:
fidelity |⟨ψ|φ⟩|² = cos² A; total variation distance TV(p, q) ≤ sin A; Hellinger distance H(p, q) ≤ √(1 - cos A) [1]_.
The bounds hold at any angle S ≥ A, so an upper bound of the angle is enough; S ≥ π/2 guarantees nothing.

References:
    [1] M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 9.2.
    [2] A. B. Tsybakov, Introduction to Nonparametric Estimation (2009), section 2.4.
"""

import math


def least_fidelity(angle: float) -> float:
    """The least fidelity of two pure states whose Bures angle is at most `angle` radians.

    >>> round(least_fidelity(0.1), 6)
    0.990033
    """
    return math.cos(min(angle, math.pi / 2)) ** 2


def largest_total_variation(angle: float) -> float:
    """The largest total variation distance between the outcomes of any one measurement.

    >>> round(largest_total_variation(0.1), 6)
    0.099833
    """
    return math.sin(min(angle, math.pi / 2))


def fewest_shots(angle: float, error: float) -> int | None:
    """Below how many shots no test, however good, tells the two circuits apart with error probability `error`.

    A test that errs with probability at most ε on either side needs 1 - TV(pⁿ, qⁿ) ≤ 2ε. The Hellinger affinity is
    multiplicative, ρ(pⁿ, qⁿ) = ρ(p, q)ⁿ ≥ cosⁿ S, and 1 - TV ≥ 1 - √(1 - ρ²ⁿ) [2]_; hence
    n ≥ ln(1 / (4ε(1 - ε))) / (-2 ln cos S). Shots are taken independent and identically distributed.

    Args:
        angle: an upper bound S of the Bures angle, in radians, at least 0.
        error: ε, between 0 and 1/2.

    Returns:
        The number of shots, or None where no number is enough: the states may be the same, or as good as.

    >>> fewest_shots(1e-3, 0.05)
    1660731
    """
    if not 0 < error < 0.5:
        raise ValueError("the error probability must lie between 0 and 1/2")
    if angle <= 0:
        return None
    if angle >= math.pi / 2:
        return 1
    per_shot = -math.log1p(-(math.sin(angle) ** 2))
    if per_shot == 0:
        return None
    return max(1, math.ceil(math.log(1 / (4 * error * (1 - error))) / per_shot))
