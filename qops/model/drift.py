"""What is watched over time: one entry of `drift:`, already valid, and what was counted of it."""

from collections.abc import Sequence

import msgspec

from qops.model.response import Response
from qops.model.where import Where


class ChartChoice(msgspec.Struct, frozen=True):
    """A chart by its name, with the options that are given to it, and where that is said."""

    name: str = "joint"
    options: dict[str, float | bool | str] = {}
    where: Where | None = None


class DriftEntry(msgspec.Struct, frozen=True):
    """One watch.

    A shot of `circuit` succeeds if its outcome matches one of `success`. `run_length` is how many epochs come, on
    average and at least, before a false alarm; `baseline` how many make the baseline. After `stale_after_s` seconds
    without an epoch the watch is stale; 0 is never. `backend` is empty where epochs are only recorded. A circuit that
    is not in the gates of the device is compiled at `level`. With `every` of r, the circuit is run before each r
    others.
    """

    name: str
    circuit: str
    where: Where
    backend: str = ""
    success: tuple[str, ...] = ()
    shots: int = 1000
    seed: int = 0
    level: int = 1
    every: int = 0
    run_length: float = 1000.0
    baseline: int = 100
    chart: ChartChoice = ChartChoice()
    stale_after_s: float = 0.0
    response: Response = Response()


class Epochs(msgspec.Struct, frozen=True):
    """What was counted, epoch by epoch, in the order of time; all columns are as long as each other.

    `at` are times in UTC, ISO 8601, and `times_s` the same in seconds since 1970. `calibration` is the identity of the
    calibration, `digest` that of the circuit, `job` the backend's name for the job; empty where not known.
    """

    at: Sequence[str] = ()
    times_s: Sequence[float] = ()
    shots: Sequence[int] = ()
    successes: Sequence[int] = ()
    calibration: Sequence[str] = ()
    digest: Sequence[str] = ()
    job: Sequence[str] = ()
    torn: bool = False

    def __len__(self) -> int:
        """How many epochs."""
        return len(self.at)


class Frozen(msgspec.Struct, frozen=True):
    """A baseline, as it was frozen.

    `epochs` epochs from the time `first` to `last`, counted from the `begin`-th of the series; `sha256` is of their
    lines. `rate` is the share of successes, `between` the standard deviation between epochs beyond that of shots;
    the true rate lies from `low` to `high` with probability `confidence`. `shots` is a usual number of them.
    """

    watch: str
    begin: int
    epochs: int
    first: str
    last: str
    sha256: str
    rate: float
    between: float
    low: float
    high: float
    confidence: float
    shots: int
    guarded: bool
    digest: str
    calibrations: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()
