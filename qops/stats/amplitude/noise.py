r"""How many Grover iterations noise leaves room for.

If every call of the circuit loses a share γ of the contrast, a shot after k iterations passes with ½ + (sin²((2k +
1)θ) - ½)e^{-γ(2k + 1)}, which amplitude estimation takes for another θ: its interval is then narrow and wrong [1]_. γ
is measured on a circuit whose probability is known, an A/A test; not one of ½, which noise leaves where it is. Two
things follow. Iterations are tolerated while (2k + 1)γ ≤ 0.05: beyond, contrast is lost faster than calls gain. And the
interval allows for all losses up to the bound of γ, so that it cannot become narrower than about γ/2, at any k: the
same error sits in plain sampling, which does not tell of it.

References:
    [1] T. Tanaka, Y. Suzuki, S. Uno, R. Raymond, T. Onodera and N. Yamamoto, Amplitude estimation via maximum
        likelihood on noisy quantum computer, Quantum Information Processing 20 (2021) 293.
"""

import math
from typing import NamedTuple

from qops.stats import binomial

TOLERATED = 0.05
LEAST_CONTRAST = 0.2
"""How far a known probability has to be from ½ to show a loss of contrast."""


class Loss(NamedTuple):
    """The share of contrast that one call loses, and how great it may be."""

    value: float
    high: float

    @property
    def narrowest(self) -> float:
        """The half width below which no number of shots tells a probability: what a loss that is not known hides."""
        return self.high / 2

    @property
    def most_iterations(self) -> int | None:
        """The most Grover iterations that are tolerated; -1 where not even plain sampling is, None for any number."""
        return None if self.high <= 0 else math.floor((TOLERATED / self.high - 1) / 2)


def loss(
    known: float, iterations: int, hits: int, shots: int, confidence: float = 0.95, calls: int | None = None
) -> Loss:
    """The loss for each call, from a circuit that passes with probability `known`, after some Grover iterations.

    A shot makes 2k + 1 calls, or so many as `calls` says.

    Raises:
        ValueError: after so many iterations it would pass with nearly ½, which shows no loss.

    >>> measured = loss(0.9, 0, 860, 1000)
    >>> round(measured.value, 3), measured.most_iterations
    (0.105, -1)
    """
    angle = (2 * iterations + 1) * math.asin(math.sqrt(known))
    contrast = math.sin(angle) ** 2 - 0.5
    if abs(contrast) < LEAST_CONTRAST:
        raise ValueError("the known probability is too near to 1/2 to show a loss of contrast")
    interval = binomial.interval(hits, shots, confidence)
    shares = [(share - 0.5) / contrast for share in (hits / shots, *interval)]
    calls = 2 * iterations + 1 if calls is None else calls
    return Loss(_rate(shares[0], calls), _rate(min(shares[1:]), calls))


def _rate(contrast: float, calls: int) -> float:
    return max(0.0, -math.log(contrast) / calls) if contrast > 0 else math.inf
