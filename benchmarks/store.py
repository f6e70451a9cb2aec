"""Writing the store: qops beside `dvc add`, in fresh repositories, of the same directory."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import measure, outcome, random_circuits
from benchmarks.outcome import Row
from benchmarks.repositories import Workshop, add_circuits, workshop

_SAVE = """
import sys
from pathlib import Path
from qops.vault.dvc_store import DvcStore
from qops.vault.lock import RepositoryLock
root, artifacts = Path.cwd(), Path(sys.argv[1])
files = {path.relative_to(artifacts).as_posix(): path.read_bytes() for path in artifacts.rglob("*.*")}
assert DvcStore(root, "artifacts", RepositoryLock(root, "benchmark")).save(files, {}).changed
"""


def rows(*, small: bool) -> Iterator[Row]:
    """Only writing the artifacts, and the whole of `qops snapshot`, each beside `dvc add` of those artifacts."""
    circuits = 3 if small else 1000
    with workshop() as place:
        comparison = _Comparison(place, circuits)
        seconds = measure.by_turns(
            {"add": comparison.add, "save": comparison.save, "snapshot": comparison.snapshot}, 1 if small else 7
        )
    what = f"writing the artifacts of {circuits:,} circuits, beside `dvc add`"
    yield Row("save", what, measure.ratio(seconds["save"], seconds["add"]), "x", bar=0.5)
    what = f"`qops snapshot` of {circuits:,} circuits, beside that `dvc add`"
    yield Row("snapshot", what, measure.ratio(seconds["snapshot"], seconds["add"]), "x", bar=2)
    yield Row("snapshot_seconds", "the same `qops snapshot`, the least", min(seconds["snapshot"]), "s")
    yield Row("add_seconds", "that `dvc add`, the least", min(seconds["add"]), "s")


class _Comparison:
    """The three commands, each in a new repository every time, and checked to end with the same pointer.

    Nothing is deleted before the end: just after thousands of files were, ext4 takes five times as long to make one.
    """

    def __init__(self, place: Workshop, circuits: int) -> None:
        self._place = place
        self._texts = [random_circuits.text(138, seed) for seed in range(circuits)]
        model = self._with_circuits()
        place.run("qops snapshot", model)
        self._artifacts = model / "artifacts"
        self._pointer = (model / "artifacts.dvc").read_bytes()

    def add(self) -> float:
        """`dvc add` of the artifacts, which are there already."""
        here = self._place.repository()
        shutil.copytree(self._artifacts, here / "artifacts")
        return self._measured(["dvc", "add", "--quiet", "artifacts"], here)

    def save(self) -> float:
        """`DvcStore.save` of the same artifacts, in a process that has to read them first."""
        return self._measured([sys.executable, "-c", _SAVE, str(self._artifacts)], self._place.repository())

    def snapshot(self) -> float:
        """`qops snapshot`: parsing, identities, canonical texts, the store, the lock, staging in git."""
        return self._measured(["qops", "snapshot"], self._with_circuits())

    def _with_circuits(self) -> Path:
        here = self._place.repository()
        add_circuits(here, self._texts)
        return here

    def _measured(self, words: list[str], here: Path) -> float:
        os.sync()  # or the next command would pay for what was made ready for it
        seconds = measure.command(words, here, self._place.environment)
        assert (here / "artifacts.dvc").read_bytes() == self._pointer
        return seconds


if __name__ == "__main__":
    outcome.run("store", rows)
