"""The gate of compilation: how much worse it may become before a change is stopped, and the best that was seen."""

import msgspec


class Limit(msgspec.Struct, frozen=True):
    """How much worse one metric may become, as shares: a single row, and all rows together in the geometric mean."""

    row: float = 0.03
    overall: float = 0.01


def _limits() -> dict[str, Limit]:
    return {"two_qubit": Limit(), "two_qubit_depth": Limit(), "log_success": Limit()}


class Rules(msgspec.Struct, frozen=True):
    """The rules of the gate; a metric that `limits` does not name is reported and never fails.

    `alarms` is the probability of a false alarm that the whole gate may have, of a matrix in which nothing changed but
    the luck of seeds. With fewer seeds than `fewest_seeds` on either side a changed row is inconclusive.
    """

    limits: dict[str, Limit] = msgspec.field(default_factory=_limits)
    alarms: float = 0.01
    fewest_seeds: int = 5


class Sample(msgspec.Struct, frozen=True):
    """A metric over the seeds of a row, on the gate's scale: the number of seeds, the mean, the variance."""

    count: int
    mean: float
    variance: float


class Watermark(msgspec.Struct, frozen=True):
    """The best that was seen of a row, by metric.

    `target` and `source` are the digests of the target and of the circuit that it was seen with: it says nothing of
    others.
    """

    circuit: str
    backend: str
    level: int
    target: str
    source: str
    samples: dict[str, Sample]
