"""Every command that writes, each in a small repository where it has something to do."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import NamedTuple

from end_to_end.lab import Lab, objects
from support.project import BELL, GHZ

from qops.cli import boundary
from qops.drivers.by_name import driver

DATES = {"GIT_AUTHOR_DATE": "@1767225600 +0000", "GIT_COMMITTER_DATE": "@1767225600 +0000"}
DISK = (4,)
SLOW = 120
CIRCUITS = ("a", "b", "c")
MATRIX = """\
backends:
  line: {kind: generic, qubits: 4, coupling: line, seed: 1}
matrix:
  circuits: [a]
  levels: [1]
  seeds: 5
"""
WATCH = """\
drift:
  well: {circuit: a, success: ["1"], baseline: 40}
"""
EXPERIMENT = """\
backends:
  line: {kind: generic, qubits: 4, coupling: line, seed: 1}
abtests:
  new: {a: sx, b: flip, backend: line, metric: {pass: ["1"]}, blocks: 6, shots: 50}
"""
PLACED = """\
OPENQASM 3.0;
include "stdgates.inc";
bit[1] c;
sx $0;
c[0] = measure $0;
"""
MERGED = (".ours", ".base", ".theirs", "7")


class Scenario(NamedTuple):
    """A command, what is there before it, and the exit codes with which it may refuse when something fails.

    `most` is for those that start DVC itself, which takes a second or two: so many points are drawn, 0 for all.
    """

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Lab], None]
    refusals: tuple[int, ...] = DISK
    most: int = 0


def program(words: Sequence[str]) -> Callable[[], int]:
    """The command as something to call: qops, or with `merge-` one of the programs that git calls."""
    if words[0].startswith("merge-"):
        return lambda: driver(words[0])(words[1:])
    return lambda: int(boundary.run(words))


def build(prepare: Callable[[Lab], None], place: Path) -> Lab:
    """A repository in `place/project`, its remotes beside it, and a home."""
    home = place.parent / "home"
    home.mkdir(exist_ok=True)
    lab = Lab(place / "project", home)
    lab.environment |= DATES | {"PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": "1767225600"}
    prepare(lab)
    return lab


def _begin(lab: Lab, stage: Callable[[Lab], None]) -> None:
    """Bring a new repository to a stage, by copying one that is kept for the next time."""
    shutil.copytree(_kept(stage), lab.root, symlinks=True)


@cache
def _kept(stage: Callable[[Lab], None]) -> Path:
    place = Path(tempfile.mkdtemp(prefix="torture-stage-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return build(stage, place / "of").root


def sources(lab: Lab) -> None:
    """Circuits and other work in a git repository that knows nothing of qops."""
    lab.write("bell.qasm", BELL)
    lab.write("bell.csv", "parameter,value\ntheta,0.5\n")
    for number, name in enumerate(CIRCUITS):
        lab.write(f"{name}.qasm", GHZ.replace("h q[0]", f"rx(0.{number + 1}) q[0]"))
    lab.write("notes.txt", "remember\n")
    lab.write(".gitignore", "*.log\n")
    lab.write("run.log", "kept, though git ignores it\n")
    lab.git("init", "--quiet", "--initial-branch=main", ".")
    shutil.rmtree(lab.root / ".git" / "hooks")
    lab.git("add", "--all")
    lab.git("commit", "--quiet", "--message=Sources")
    _work(lab)


def _work(lab: Lab) -> None:
    """What a user has under way: a file that is staged, one that is changed and not staged, one that is new."""
    lab.write("staged.txt", "staged\n")
    lab.git("add", "staged.txt")
    lab.write("notes.txt", "remember more\n")
    lab.write("new.txt", "new\n")


def with_dvc(lab: Lab) -> None:
    _begin(lab, sources)
    lab.dvc("init", "--quiet")


def ready(lab: Lab) -> None:
    """After `qops init`."""
    _begin(lab, sources)
    _done(lab, "init")
    manifest = lab.read("qops.yaml")
    lab.write("qops.yaml", manifest.replace("  bell: bell.qasm", "  bell: {source: bell.qasm, parameters: bell.csv}"))
    lab.git("add", "qops.yaml", ".gitignore", ".dvc", ".dvcignore")
    lab.git("commit", "--quiet", "--message=qops", "--", "qops.yaml", ".gitignore", ".dvc", ".dvcignore")


def recorded(lab: Lab) -> None:
    """With a snapshot that is committed."""
    _begin(lab, ready)
    _done(lab, "snapshot", "-m", "First")


def changed(lab: Lab) -> None:
    """With something to record: a value, an operation, a circuit that is new and one that is gone."""
    _begin(lab, recorded)
    lab.write("bell.csv", "parameter,value\ntheta,0.7\n")
    lab.write("a.qasm", lab.read("a.qasm").replace("rx(0.1)", "ry(0.1)"))
    lab.write("d.qasm", GHZ)
    lab.write("qops.yaml", lab.read("qops.yaml").replace("  c: c.qasm", "  d: d.qasm"))


def published(lab: Lab) -> None:
    """The same, with remotes of git and of DVC that hold nothing yet."""
    _begin(lab, changed)
    lab.run("git", "init", "--quiet", "--bare", "../origin.git")
    shutil.rmtree(lab.root.parent / "origin.git" / "hooks")
    lab.git("remote", "add", "origin", "../origin.git")
    with (lab.root / ".dvc" / "config").open("a") as config:
        config.write("[core]\n    remote = lab\n['remote \"lab\"']\n    url = ../../dvc-remote\n")
    (lab.root.parent / "dvc-remote").mkdir()


def unusual(lab: Lab) -> None:
    """A setting of DVC's with which qops leaves the writing to `dvc add`."""
    _begin(lab, changed)
    lab.write(".dvcignore", "*.swp\n")


def compiled(lab: Lab) -> None:
    """With a matrix whose cells are compiled, and not recorded yet."""
    _begin(lab, recorded)
    lab.write("qops.yaml", lab.read("qops.yaml") + MATRIX)
    lab.git("add", "qops.yaml")
    lab.git("commit", "--quiet", "--message=Matrix", "--", "qops.yaml")
    outcome = lab.qops("transpile-matrix")
    assert outcome.code == 3, outcome  # there is no baseline
    with closing(sqlite3.connect(lab.root / ".qops" / "cache" / "cells.sqlite")) as cells:
        cells.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def counted(lab: Lab) -> None:
    """With a watch, some of its epochs, and more of them in a file."""
    _begin(lab, recorded)
    lab.write("qops.yaml", lab.read("qops.yaml") + WATCH)
    epochs = [f"2026-01-{1 + at // 24:02}T{at % 24:02}:00:00Z,1000,{940 + at * 7 % 20}\n" for at in range(60)]
    lab.write("some.csv", "at,shots,successes\n" + "".join(epochs[:40]))
    lab.write("all.csv", "at,shots,successes\n" + "".join(epochs))
    _done(lab, "drift", "record", "well", "some.csv")


def comparing(lab: Lab) -> None:
    """With an experiment on circuits that are compiled already, of which two blocks are counted."""
    _begin(lab, recorded)
    lab.write("sx.qasm", PLACED)
    lab.write("flip.qasm", PLACED.replace("sx $0;", "x $0;"))
    circuits = lab.read("qops.yaml").replace("  a: a.qasm", "  a: a.qasm\n  sx: sx.qasm\n  flip: flip.qasm")
    lab.write("qops.yaml", circuits + EXPERIMENT)
    _done(lab, "abtest", "run", "new", "--seed", "7", "--no-save")
    counts = lab.root / "series" / "abtests" / "new" / "counts.csv"
    head, *lines = counts.read_text().splitlines(keepends=True)
    counts.write_text(head + "".join(line for line in lines if line.partition(",")[0] in "12"))


def hooked(lab: Lab) -> None:
    _begin(lab, recorded)
    _done(lab, "hooks", "install")


def rotten(lab: Lab) -> None:
    """Objects whose bytes have changed, and one that is missing."""
    _begin(lab, recorded)
    for number, place in enumerate(sorted(objects(lab).values())):
        if place.suffix != ".dir" and number % 2:
            place.chmod(0o644)
            place.write_bytes(b"rotten")
            place.chmod(0o444)
    min(objects(lab).values()).unlink()


def diverged(lab: Lab) -> None:
    """Two branches with snapshots of their own, and a merge of the one into the other that is about to begin."""
    _begin(lab, recorded)
    lab.git("branch", "other")
    lab.write("a.qasm", lab.read("a.qasm").replace("rx(0.1)", "rx(0.4)"))
    _done(lab, "snapshot", "-m", "Ours")
    lab.git("commit", "--quiet", "--message=Ours", "--", "a.qasm")
    lab.git("stash", "--quiet")
    lab.git("checkout", "--quiet", "other")
    lab.write("b.qasm", lab.read("b.qasm").replace("cx q[1]", "cz q[1]"))
    _done(lab, "snapshot", "-m", "Theirs")
    lab.git("commit", "--quiet", "--message=Theirs", "--", "b.qasm")
    lab.git("checkout", "--quiet", "main")


def merging(path: str) -> Callable[[Lab], None]:
    """The three versions of a file, in the files that git makes for a merge driver."""

    def prepare(lab: Lab) -> None:
        _begin(lab, diverged)
        base = lab.git("merge-base", "main", "other").strip()
        for name, revision in zip(MERGED, ("main", base, "other"), strict=False):
            lab.write(name, lab.git("show", f"{revision}:{path}"))

    return prepare


def merging_circuit(lab: Lab) -> None:
    _begin(lab, diverged)
    for name, text in zip(MERGED, (GHZ.replace("h q", "x q"), GHZ, GHZ.replace("q[2]", "q[0]")), strict=False):
        lab.write(name, text)


def _done(lab: Lab, *words: str) -> None:
    outcome = lab.qops(*words)
    assert outcome.code == 0, outcome


MOVE = ("snapshot", "-m", "Move")
SCENARIOS = {
    each.name: each
    for each in (
        Scenario("init", ("init",), with_dvc),
        Scenario("init, DVC too", ("init",), sources, most=SLOW),
        Scenario("init --pilot", ("init", "--pilot", "pilot"), sources, most=SLOW),
        Scenario("first snapshot", ("snapshot",), ready),
        Scenario("snapshot", ("snapshot",), changed),
        Scenario("snapshot -m", MOVE, changed),
        Scenario("snapshot --tag", (*MOVE, "--tag", "v0.1.0"), changed),
        Scenario("snapshot --push", (*MOVE, "--tag", "v0.1.0", "--push"), published, most=SLOW),
        Scenario("snapshot by dvc add", MOVE, unusual, most=SLOW),
        Scenario("snapshot --output", ("snapshot", "--json", "--output", "../report.json"), changed),
        Scenario("snapshot of a matrix", ("snapshot", "-m", "Compiled"), compiled),
        Scenario("transpile-matrix", ("transpile-matrix", "--accept", "it is what it is"), compiled),
        Scenario("transpile-matrix --to", ("transpile-matrix", "--shard", "1/1", "--to", "shard.json"), compiled),
        Scenario("backend export", ("backend", "export", "line", "--to", "line.json"), compiled),
        Scenario("drift record", ("drift", "record", "well", "all.csv"), counted),
        Scenario("drift record --save", ("drift", "record", "well", "all.csv", "--save"), counted),
        Scenario("drift baseline", ("drift", "baseline", "well", "--force"), counted),
        Scenario("abtest run", ("abtest", "run", "new"), comparing),
        Scenario("ci init", ("ci", "init", "--github", "--make"), recorded),
        Scenario("restore --to", ("restore", "bell@HEAD", "--to", "old/bell.qasm"), changed),
        Scenario("restore --force", ("restore", "a@HEAD", "--force"), changed),
        Scenario("hooks install", ("hooks", "install"), recorded),
        Scenario("hooks uninstall", ("hooks", "uninstall"), hooked),
        Scenario("fsck --heal", ("fsck", "--heal"), rotten, (1, 3, 4)),
        Scenario("merge of the lock", ("merge-lock", *MERGED, "qops.lock"), merging("qops.lock"), (2,)),
        Scenario("merge of the store", ("merge-artifacts", *MERGED, "artifacts.dvc"), merging("artifacts.dvc"), (2,)),
        Scenario("merge of a circuit", ("merge-circuit", *MERGED, "a.qasm"), merging_circuit, (2,)),
    )
}
