"""A repository with recorded circuits, to be damaged."""

import contextlib
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from qops.cli import wiring
from qops.formats import lock
from qops.formats.dvc_files import object_path, read_pointer
from qops.fsck import check
from qops.fsck.check import Choice
from qops.fsck.findings import Examination, Finding
from qops.model.custody import Custody
from qops.model.ports import Ports
from qops.model.report import Report
from qops.model.snapshot import Snapshot
from qops.model.verdict import Outcome
from qops.snapshot import take

FILES = {
    "qops.yaml": """\
version: 1
circuits:
  ansatz: {source: ansatz.qasm, parameters: ansatz.csv, tags: [vqc]}
  bell: bell.qasm
  loop: loop.qasm
""",
    "ansatz.qasm": """\
OPENQASM 3.0;
include "stdgates.inc";
input float theta;
qubit[2] q;
ry(theta) q[0];
cx q[0], q[1];   // the entangler
""",
    "ansatz.csv": "parameter,value\ntheta,0.25\n",
    "bell.qasm": 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q[0];\ncx q[0],q[1];\n',
    "loop.qasm": """\
OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit c;
c = measure q[0];
if (c) { rz(pi/3) q[1]; } else { x q[1]; }
""",
}


class Laboratory:
    """A project at `root` with the real ports."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *words: str) -> str:
        """Run git here."""
        done = subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout

    def doors(self) -> tuple[Ports, Custody]:
        """The real ports, newly opened: nothing is remembered from before."""
        with contextlib.chdir(self.root):
            return wiring.ports("the tests"), wiring.custody()

    def snapshot(self, message: str | None = None, tag: str | None = None) -> None:
        """`qops snapshot`."""
        take.run(self.doors()[0], [], message=message, tag=tag)

    def write(self, path: str, text: str) -> None:
        """Edit a file."""
        (self.root / path).write_text(text)

    def examine(self, **choice: object) -> Examination:
        """Look, and heal nothing."""
        return check.examine(*self.doors(), Choice(**choice))

    def findings(self, **choice: object) -> list[Finding]:
        """What `examine` found."""
        return self.examine(**choice).findings

    def fsck(self, *, heal: bool = False, **choice: object) -> Report:
        """`qops fsck`."""
        return check.run(*self.doors(), Choice(**choice), heal=heal)

    def recorded(self) -> Snapshot:
        """The lock at hand."""
        return lock.read((self.root / "qops.lock").read_bytes(), "qops.lock")

    def digest(self, name: str, file: str = "circuit.qasm") -> str:
        """The MD5 of an artifact."""
        return self.recorded().circuits[name].files[file]

    def listing(self) -> str:
        """The MD5 of the list of files."""
        return read_pointer((self.root / "artifacts.dvc").read_bytes(), "artifacts.dvc").md5

    def cached(self, digest: str) -> Path:
        """Where an object lies."""
        return self.root / ".dvc" / "cache" / object_path(digest)

    def objects(self) -> dict[str, bytes]:
        """The whole cache."""
        cache = self.root / ".dvc" / "cache"
        return {path.relative_to(cache).as_posix(): path.read_bytes() for path in cache.rglob("*") if path.is_file()}

    def quarantine(self) -> dict[str, bytes]:
        """What was set aside."""
        place = self.root / ".qops" / "quarantine"
        return {path.name: path.read_bytes() for path in place.iterdir()} if place.exists() else {}

    def remote(self, name: str, *, default: bool = False) -> Path:
        """A remote of DVC's in a directory beside the repository, with everything in it that the cache has."""
        place = self.root.parent / name
        shutil.copytree(self.root / ".dvc" / "cache", place)
        config = f"['remote \"{name}\"']\n    url = ../../{name}\n"
        with (self.root / ".dvc" / "config").open("a") as file:
            file.write(config + (f"[core]\n    remote = {name}\n" if default else ""))
        return place


def damage(path: Path, data: bytes = b"damaged") -> None:
    """Change a file as a failing disk would: whatever its mode, and without changing that."""
    mode = path.stat().st_mode
    path.chmod(0o644)
    path.write_bytes(data)
    path.chmod(mode)


def outcomes(report: Report) -> dict[str, Outcome]:
    """The outcome of each verdict."""
    return {verdict.name: verdict.outcome for verdict in report.verdicts}


def worst(report: Report) -> Outcome:
    """The outcome that decides."""
    found = set(outcomes(report).values())
    return next(each for each in (Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.PASS) if each in found)


def told(findings: Sequence[Finding]) -> list[tuple[str, str, bool]]:
    """Subject, place and whether it is proven."""
    return [(finding.subject.value, finding.place, finding.proven) for finding in findings]


def plain(report: Report) -> str:
    """What a report says, whatever a renderer makes of it."""
    lines = [report.title, *(f"  {name}: {value}" for name, value in report.facts)]
    for section in report.sections:
        lines += ["", section.title, *(f"  {line.mark} {line.text}" for line in section.lines)]
    lines.append("")
    for verdict in report.verdicts:
        lines.append(f"{verdict.outcome.name} {verdict.name}: {verdict.because}")
        lines += [f"  hint: {verdict.hint}"] if verdict.hint else []
    return "".join(f"{line}\n" for line in (*lines, "", report.summary))
