"""`python -m torture`: every writing command, killed and refused at every call.

Prints one line a scenario and every complaint, and exits with 1 if there is one. With `--sample N` it takes N points of
each scenario, drawn with `--seed`; without, all of them, and some hundreds where DVC itself takes part.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from torture import warm
from torture.scenarios import SCENARIOS
from torture.strace import refusal
from torture.walk import Result, Walk, count


def main() -> int:
    """The program."""
    choice = _choice()
    if because := refusal():
        _say(because)
        return 4
    warm.warm_up()
    results: list[Result] = []
    for name in choice.scenarios or SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="torture-", dir=choice.place) as place:
            results += _walk(name, Path(place), choice)
    bad = sum(bool(result.complaints) for result in results)
    _say(f"in all: {_told(results)}; {bad} bad")
    return 1 if bad else 0


def _walk(name: str, place: Path, choice: argparse.Namespace) -> list[Result]:
    began = time.monotonic()
    walk = Walk(SCENARIOS[name], place)
    points = [
        point
        for point in walk.points
        if point.kind in choice.processes.split(",") and point.fault.sort in choice.sorts.split(",")
    ]
    most = choice.sample or SCENARIOS[name].most or len(points)
    if most < len(points):
        points = random.Random(f"{choice.seed} {name}").sample(points, most)
    results = [walk.try_at(point) for point in points]
    for result in results:
        if result.complaints:
            _say("\n    ".join((f"  {name}: {result.point}: exit {result.code}", *result.complaints)))
    bad = sum(bool(result.complaints) for result in results)
    _say(f"{name}: {_told(results)}; {bad} bad; {time.monotonic() - began:.0f} s")
    return results


def _told(results: list[Result]) -> str:
    return ", ".join(f"{number:,} {fault}s in {process}" for (process, fault), number in sorted(count(results).items()))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _choice() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("scenarios", nargs="*", help="; ".join(SCENARIOS))
    parser.add_argument("--sample", type=int, help="so many points of each scenario")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", default="qops,git,dvc")
    parser.add_argument("--sorts", default="kill,interrupt,error")
    parser.add_argument("--place", help="the directory for temporary files; one in memory is fastest")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
