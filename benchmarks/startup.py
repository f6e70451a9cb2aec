"""What every command costs before it does anything, and `status` where nothing has changed; beside DVC."""

from collections.abc import Iterator

from benchmarks import measure, outcome, random_circuits
from benchmarks.outcome import Row
from benchmarks.repositories import Workshop, add_circuits, workshop


def rows(*, small: bool) -> Iterator[Row]:
    """Help and a mistyped command beside `dvc --version`; `status` of 100 unchanged circuits beside `dvc status`."""
    with workshop() as place:
        yield from _words_alone(place, 1 if small else 21)
        yield from _status(place, 2 if small else 100, 1 if small else 15)


def _words_alone(place: Workshop, rounds: int) -> Iterator[Row]:
    here, environment = place.repository(), place.environment
    seconds = measure.by_turns(
        {
            "help": lambda: measure.command(["qops", "--help"], here, environment),
            "bad_usage": lambda: measure.command(["qops", "snapshto"], here, environment, code=2),
            "dvc": lambda: measure.command(["dvc", "--version"], here, environment),
        },
        rounds,
    )
    for key, words in (("help", "qops --help"), ("bad_usage", "qops snapshto")):
        value = measure.ratio(seconds[key], seconds["dvc"])
        yield Row(key, f"`{words}`, beside `dvc --version`", value, "x", bar=0.7)
    yield Row("help_milliseconds", "`qops --help`, the least", 1000 * min(seconds["help"]), "ms")


def _status(place: Workshop, circuits: int, rounds: int) -> Iterator[Row]:
    here, environment = place.repository(), place.environment
    add_circuits(here, [random_circuits.text(138, seed) for seed in range(circuits)])
    place.run("qops snapshot --message Circuits", here)
    seconds = measure.by_turns(
        {
            "qops": lambda: measure.command(["qops", "status"], here, environment),
            "dvc": lambda: measure.command(["dvc", "status"], here, environment),
        },
        rounds,
    )
    value = measure.ratio(seconds["qops"], seconds["dvc"])
    yield Row("status", f"`qops status`, {circuits} unchanged circuits, beside `dvc status`", value, "x", bar=0.5)
    yield Row("status_milliseconds", "the same `qops status`, the least", 1000 * min(seconds["qops"]), "ms")


if __name__ == "__main__":
    outcome.run("startup", rows)
