"""Spectra of a hundred circuits at a thousand times, beside pyGSTi's stability analysis and SciPy's Lomb-Scargle."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.signal import lombscargle

from benchmarks import aside, measure, outcome
from benchmarks.outcome import Row
from qops.stats.spectrum import dct
from qops.stats.spectrum.lomb_scargle import Numbers, spectrum, usual_frequencies

PYGSTI = "pygsti==0.10.2"
SHOTS, LEVEL, WAVING = 100, 0.05, 10
_ON_PYGSTI = """
import json, sys, time
import numpy as np
import pygsti
from pygsti.extras import drift
clicks = np.load(sys.argv[1])
shots = int(sys.argv[2])
circuits = [pygsti.circuits.Circuit([("Gi", 0)] * (number + 1), line_labels=(0,)) for number in range(len(clicks))]
began = time.process_time()
data = pygsti.data.DataSet(outcome_labels=["0", "1"])
for circuit, row in zip(circuits, clicks):
    outcomes, counts, times = [], [], []
    for at, ones in enumerate(row):
        outcomes += ["0", "1"]; counts += [shots - int(ones), int(ones)]; times += [float(at), float(at)]
    data.add_raw_series_data(circuit, outcomes, times, counts)
data.done_adding_data()
built = time.process_time()
analyzer = drift.StabilityAnalyzer(data, ids=False)
analyzer.compute_spectra()
analyzer.run_instability_detection(significance=0.05, verbosity=0)
took = time.process_time() - built
unstable = analyzer.unstable_circuits()
flagged = [number for number, circuit in enumerate(circuits) if circuit in unstable]
print(json.dumps({"seconds": took, "build": built - began, "flagged": flagged}))
"""


def rows(*, small: bool) -> Iterator[Row]:
    """The same circuits are found by both, and SciPy's powers are the same."""
    circuits, times = (10, 120) if small else (100, 1000)
    chance = np.random.default_rng(3)
    clicks = _clicks(chance, circuits, times, np.arange(times) * 1.0)
    seconds, flagged = measure.call(partial(_flagged, clicks), 5)
    yield Row("dct", f"{circuits} circuits × {times:,} times, spectra and who has waves: qops", 1000 * seconds, "ms")
    if not small:
        yield from _beside_pygsti(clicks, seconds, flagged)
    yield from _beside_scipy(chance, circuits, times)


def _clicks(chance: np.random.Generator, circuits: int, times: int, at: Numbers) -> Numbers:
    rates = np.full((circuits, times), 0.5)
    waves = np.linspace(3, times / 4, WAVING)
    rates[:WAVING] += 0.02 * np.cos(2 * np.pi * waves[:, None] * (at - at[0]) / (at[-1] - at[0]))
    found: Numbers = chance.binomial(SHOTS, rates).astype(float)
    return found


def _flagged(clicks: Numbers) -> list[int]:
    means = clicks.mean(axis=1, keepdims=True) / SHOTS
    powers = dct.powers(clicks, np.sqrt(SHOTS * means * (1 - means)))
    limit = dct.of_one(len(clicks), powers.shape[1], LEVEL / 2)
    return np.flatnonzero(powers.max(axis=1) > limit).tolist()


def _beside_pygsti(clicks: Numbers, seconds: float, flagged: list[int]) -> Iterator[Row]:
    with TemporaryDirectory() as directory:
        place = Path(directory) / "clicks.npy"
        np.save(place, clicks)
        python = aside.interpreter("pygsti", PYGSTI)
        told = json.loads(aside.output([str(python), "-c", _ON_PYGSTI, str(place), str(SHOTS)]).splitlines()[-1])
    yield Row("pygsti", "the same: pyGSTi, its data set built before", 1000 * told["seconds"], "ms")
    yield Row("ratio", "pyGSTi's time by qops's", told["seconds"] / seconds, "x", 300, at_least=True)
    whole = (told["seconds"] + told["build"]) / seconds
    yield Row("whole_ratio", "pyGSTi's time by qops's, from arrays of counts on", whole, "x")
    same = len(set(told["flagged"]) ^ set(flagged))
    yield Row("flagged", f"circuits that one finds and the other does not, of {len(flagged)}", same, "", 0)


def _beside_scipy(chance: np.random.Generator, circuits: int, times: int) -> Iterator[Row]:
    at = np.cumsum(chance.exponential(1.0, times))
    values = _clicks(chance, circuits, times, at) / SHOTS
    weights, frequencies = np.full((1, times), SHOTS / 0.25), usual_frequencies(at)
    ours, found = measure.call(partial(spectrum, at, values, weights, frequencies), 3)
    theirs, powers = measure.call(partial(_lombscargle, at, values, weights[0], frequencies), 1)
    yield Row("gls", f"{circuits} circuits × {times:,} uneven times × {len(frequencies)} frequencies: qops", ours, "s")
    yield Row("scipy", "the same: a loop over scipy.signal.lombscargle", theirs, "s")
    yield Row("gls_ratio", "SciPy's time by qops's", theirs / ours, "x", 50, at_least=True)
    apart = float(np.max(np.abs(found.power - powers) / np.maximum(powers, 1.0)))
    yield Row("gls_apart", "the greatest difference of powers", apart, "", 1e-9)


def _lombscargle(at: Numbers, values: Numbers, weights: Numbers, frequencies: Numbers) -> Numbers:
    angular = 2 * np.pi * frequencies
    whole = [float(weights @ (row - weights @ row / weights.sum()) ** 2) for row in values]
    return np.array(
        [
            total * lombscargle(at, row, angular, weights=weights, floating_mean=True, normalize=True)
            for total, row in zip(whole, values, strict=True)
        ]
    )


if __name__ == "__main__":
    outcome.run("drift_spectrum", rows)
