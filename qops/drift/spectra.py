"""`qops drift spectrum`: waves in the whole series of watches, on their real time stamps."""

from collections.abc import Sequence

import numpy as np

from qops.drift import describe_spectra, entries
from qops.drift.examined import Examined, TooShort
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles, numbers
from qops.model.drift import DriftEntry, Epochs, Frozen
from qops.model.report import Report
from qops.stats.spectrum import dct, thresholds
from qops.stats.spectrum.lomb_scargle import spectrum, usual_frequencies
from qops.stats.spectrum.waves import waves

FEWEST = 50


def run(ports: DriftPorts, names: Sequence[str], level: float) -> Report:
    """Look for waves in the watches of these names, or in all.

    Args:
        ports: the doors to the world.
        names: of watches.
        level: the chance of any false wave in all of them together.
    """
    _, watches = entries.declared(ports.base.tree, names)
    series = ports.base.series()
    found: list[Examined | TooShort] = []
    for entry in watches:
        files = WatchFiles(series, entry.name)
        epochs = files.epochs()
        if len(epochs) < FEWEST:
            found.append(TooShort(entry.name, len(epochs)))
        else:
            found.append(examine(entry, epochs, files.baseline(), level / len(watches)))
    return describe_spectra.describe(found, level)


def examine(entry: DriftEntry, epochs: Epochs, baseline: Frozen | None, level: float) -> Examined:
    """The spectrum of one watch, with at most the chance `level` of a false wave.

    Epochs are weighted by the variance of their shots, and by that between epochs where a baseline knows of it.
    """
    times, shots, successes = (numbers(column) for column in (epochs.times_s, epochs.shots, epochs.successes))
    rate = float(successes.sum() / shots.sum())
    one_shot = max(rate * (1 - rate), 1 / float(shots.sum()))
    variance = one_shot / shots + (baseline.between**2 if baseline else 0.0)
    rates, frequencies = successes / shots, usual_frequencies(times)
    power = spectrum(times, rates[None, :], 1 / variance[None, :], frequencies).power[0]
    threshold = thresholds.of_one(1, len(frequencies), level)
    if not (dct.even(times) and np.ptp(shots) == 0):
        found = waves(times, rates, 1 / variance, frequencies, threshold)
        return Examined(entry.name, times, rates, frequencies, power, threshold, "Lomb-Scargle", found)
    finer, fast = dct.frequencies(times), dct.powers(rates[None, :], float(np.sqrt(variance[0])))[0]
    limit = dct.of_one(1, len(finer), level)
    least = min(threshold, 0.999 * float(power.max())) if fast.max() > limit else np.inf
    found = waves(times, rates, 1 / variance, frequencies, least)
    return Examined(entry.name, times, rates, finer, fast, limit, "DCT", found)
