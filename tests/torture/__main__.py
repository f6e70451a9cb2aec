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
        print(because)  # noqa: T201 - a program of its own
        return 4
    warm.warm_up()
    results: list[Result] = []
    for name in choice.scenarios or SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="torture-", dir=choice.place) as place:
            results += _walk(name, Path(place), choice)
    totals = count(results)
    bad = sum(bool(result.complaints) for result in results)
    print("in all:", *(f"{n} {fault}s in {process}," for (process, fault), n in sorted(totals.items())), f"{bad} bad")  # noqa: T201
    return 1 if bad else 0


def _walk(name: str, place: Path, choice: argparse.Namespace) -> list[Result]:
    began = time.monotonic()
    walk = Walk(SCENARIOS[name], place)
    points = [point for point in walk.points if point.kind in choice.processes.split(",")]
    most = choice.sample or SCENARIOS[name].most or len(points)
    if most < len(points):
        points = random.Random(f"{choice.seed} {name}").sample(points, most)
    results = [walk.try_at(point) for point in points]
    for result in results:
        if result.complaints:
            print(f"  {name}: {result.point}: exit {result.code}", *result.complaints, sep="\n    ")  # noqa: T201
    counts = ", ".join(f"{n} {fault}s in {process}" for (process, fault), n in sorted(count(results).items()))
    bad = sum(bool(result.complaints) for result in results)
    print(f"{name}: {counts}; {bad} bad; {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
    return results


def _choice() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("scenarios", nargs="*", help="; ".join(SCENARIOS))
    parser.add_argument("--sample", type=int, help="so many points of each scenario")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", default="qops,git,dvc")
    parser.add_argument("--place", help="the directory for temporary files; one in memory is fastest")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
