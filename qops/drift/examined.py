"""A watch that was looked at for waves."""

from typing import NamedTuple

from qops.drift.charts.path import Numbers
from qops.stats.spectrum.waves import Found


class Examined(NamedTuple):
    """The spectrum of one watch: powers at frequencies, the one that is more than chance, and the waves that are."""

    name: str
    times_s: Numbers
    rates: Numbers
    frequencies: Numbers
    power: Numbers
    threshold: float
    method: str
    found: Found


class TooShort(NamedTuple):
    """A watch with too few epochs."""

    name: str
    epochs: int
