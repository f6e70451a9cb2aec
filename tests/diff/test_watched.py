"""Whoever waits can see which circuit is being compared."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from support.project import GHZ, Project

from qops.diff import compare
from qops.diff.versions import Pair
from qops.snapshot import take


def test_every_pair_is_taken_one_by_one() -> None:
    project, seen = Project(), []

    @contextmanager
    def watched(pairs: Sequence[Pair]) -> Iterator[Iterable[Pair]]:
        def one_by_one() -> Iterator[Pair]:
            for pair in pairs:
                seen.append(pair.name)
                yield pair

        yield one_by_one()
        seen.append("done")

    take.run(project.ports, [])
    project.write("ghz.qasm", GHZ.replace("h q", "x q"))
    compare.run(project.ports, watched=watched)
    assert seen == ["bell", "ghz", "done"]
