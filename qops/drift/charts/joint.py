"""The default chart: evidence for a step or a slope, and for a wave, at one budget of false alarms.

The e-detector sees what stays or grows, the rolling spectrum what comes and goes; each has half of the budget. Let N be
the first alarm of either. The evidence of the e-detector at N is E[N] at most on average [1]_, so that with its limit
at 2A the alarm is its own with at most the chance E[N]/2A. That it is the spectrum's, whose looks are W epochs wide
and whose limit is hop/q ≥ 2(A + W), has at most the chance (E[N] + W)/(2(A + W)). Both chances make 1, and so E[N] ≥ A.

References:
    [1] J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
        England Journal of Statistics in Data Science 2 (2024) 229-260.
"""

from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts.e_detector import EDetector
from qops.drift.charts.path import Limit, Numbers, Usual
from qops.drift.charts.spectrum import Spectrum

_HALVES = 2.0


class Joint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above; `window` and `hop` are the spectrum's."""

    window: Annotated[int, msgspec.Meta(ge=16, le=2048, multiple_of=2)] = 128
    hop: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """The greater of both, on the scale of the run length."""
        waves = Spectrum(self.window, self.hop).statistic(usual, shots, successes, run_length)
        steady = EDetector().statistic(usual, shots, successes, _HALVES * run_length)
        found: Numbers = np.maximum(steady, waves - self.window) / _HALVES
        return found

    def limit(self, usual: Usual, shots: Numbers, run_length: float, /) -> Limit:
        """The run length itself."""
        return EDetector().limit(usual, shots, run_length)
