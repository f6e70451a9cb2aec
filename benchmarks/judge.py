"""What it costs to judge an A/B test from its counts: 20 variants in 200 blocks, as a command; beside Python alone."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from benchmarks.repositories import workshop
from qops.formats import counts_csv
from qops.model.counts import Block, CountedJob, Tally

SHOTS = 1000
OUTCOMES = ("000", "001", "010", "011", "100", "101", "110", "111")
MANIFEST = """\
version: 1
circuits: {{ghz: ghz.qasm}}
backends: {{sim: {{kind: aer}}}}
abtests:
  many:
    a: ghz
    b: [{variants}]
    backend: sim
    metric: {{pass: ["000", "111"]}}
    blocks: {blocks}
"""


def rows(*, small: bool) -> Iterator[Row]:
    """The command beside an interpreter that does nothing."""
    variants, blocks = (2, 8) if small else (20, 200)
    with workshop() as place:
        here = place.repository()
        (here / "ghz.qasm").write_text("OPENQASM 3.0;\nqubit[3] q;\nbit[3] c;\nc = measure q;\n")
        names = ", ".join(["ghz"] * variants)
        (here / "qops.yaml").write_text(MANIFEST.format(variants=names, blocks=blocks))
        _write(here / "counts.csv", variants, blocks)
        words = ["qops", "abtest", "judge", "many", "--from", "counts.csv"]
        seconds = measure.by_turns(
            {
                "judge": lambda: measure.command(words, here, place.environment, code=3),
                "python": lambda: measure.command([sys.executable, "-c", ""], here, place.environment),
            },
            1 if small else 9,
        )
    beyond = median(seconds["judge"]) - median(seconds["python"])
    what = f"`qops abtest judge`, {variants} pairs in {blocks} blocks"
    yield Row("beyond", f"{what}, beyond the interpreter's start", beyond, "s", bar=0.5)
    yield Row("interpreter", "the interpreter's start", median(seconds["python"]), "s")


def _write(file: Path, variants: int, blocks: int) -> None:
    chance = random.Random(1)
    arms = ["a", *(f"b{number}" for number in range(1, variants + 1))]
    found = []
    for number in range(1, blocks + 1):
        chance.shuffle(arms)
        jobs = tuple(CountedJob(arm, "", Tally(arm, _counts(chance)), f"job-{number}", "", "c", 0) for arm in arms)
        found.append(Block(number, tuple(arms), jobs))
    file.write_bytes(counts_csv.HEADER + b"".join(map(counts_csv.lines, found)))


def _counts(chance: random.Random) -> dict[str, int]:
    hits = [round(chance.gauss(60, 7)) for _ in OUTCOMES[1:]]
    return dict(zip(OUTCOMES, [SHOTS - sum(hits), *hits], strict=True))


if __name__ == "__main__":
    outcome.run("judge", rows)
