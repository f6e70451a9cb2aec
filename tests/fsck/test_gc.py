"""What no commit needs, and what a reflog alone remembers."""

import shutil
import subprocess
import sys

import pytest
from fsck.in_memory import Examined
from fsck.laboratory import Laboratory, damage, worst
from support.project import Project

from qops.errors import InputError
from qops.formats.dvc_files import object_path
from qops.fsck import unneeded
from qops.model.report import Report
from qops.model.verdict import Outcome
from qops.snapshot import take

OTHER = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nx q[1];\n'


def gc(laboratory: Laboratory) -> Report:
    return unneeded.run(*laboratory.doors(), dry_run=True)


def rows(report: Report) -> list[tuple[object, ...]]:
    return [row[1:] for table in report.tables for row in table.rows]


def test_everything_is_needed(laboratory: Laboratory) -> None:
    report = gc(laboratory)
    assert (report.summary, report.tables, report.verdicts) == ("every object of the store is needed", (), ())


def test_it_removes_nothing_itself(laboratory: Laboratory) -> None:
    with pytest.raises(InputError, match="qops removes nothing from DVC's cache") as caught:
        unneeded.run(*laboratory.doors(), dry_run=False)
    assert "`dvc gc --all-commits`" in (caught.value.hint or "")


def test_a_snapshot_that_was_never_committed(laboratory: Laboratory) -> None:
    original = (laboratory.root / "bell.qasm").read_text()
    laboratory.write("bell.qasm", OTHER)
    laboratory.snapshot()
    assert gc(laboratory).tables == ()
    lost = {laboratory.listing(), laboratory.digest("bell")}
    laboratory.write("bell.qasm", original)
    laboratory.snapshot()
    before = laboratory.objects()
    report = gc(laboratory)
    size = sum(laboratory.cached(digest).stat().st_size for digest in lost)
    assert rows(report) == [("ansatz, bell, loop", 2, size, "")]
    assert report.data["unneeded"][0]["objects"].keys() == lost
    assert report.summary == f"2 objects, {size} bytes: `dvc gc --all-commits` removes what no commit needs"
    assert laboratory.objects() == before


def test_what_a_reflog_remembers_is_marked(laboratory: Laboratory) -> None:
    laboratory.write("bell.qasm", OTHER)
    laboratory.snapshot("A slip")
    slip = laboratory.git("rev-parse", "HEAD")[:12]
    laboratory.git("reset", "--quiet", "--hard", "HEAD~1")
    shutil.rmtree(laboratory.root / "artifacts")
    ((circuits, count, _, reflog),) = rows(gc(laboratory))
    assert (circuits, count, reflog) == ("ansatz, bell, loop", 2, slip)


def test_another_directory_in_the_cache_is_not_qops(laboratory: Laboratory) -> None:
    digest = "0f3e6c1c5a9d6c2f8b6a5f5a3ad1c0a1"
    place = laboratory.cached(f"{digest}.dir")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"[]")
    damage(laboratory.cached(laboratory.digest("bell")))
    assert gc(laboratory).tables == ()


def test_where_not_everything_is_known_it_says_so() -> None:
    project = Project()
    take.run(project.ports, [], tag="v0.1.0")
    report = Examined(project).gc()
    assert [verdict.outcome for verdict in report.verdicts] == [Outcome.INCONCLUSIVE]
    assert report.verdicts[0].because.startswith("not all that is needed is known: ")


def test_what_dvc_removes_is_what_it_says(laboratory: Laboratory) -> None:
    original = (laboratory.root / "bell.qasm").read_text()
    for text in (OTHER, OTHER.replace("q[1]", "q[0]"), original):
        laboratory.write("bell.qasm", text)
        laboratory.snapshot()
    unneeded_ones = {digest for each in gc(laboratory).data["unneeded"] for digest in each["objects"]}
    present = laboratory.objects()
    words = (sys.executable, "-P", "-m", *unneeded.COMMAND.split(), "--force", "--quiet")
    subprocess.run(words, cwd=laboratory.root, check=True, capture_output=True)
    gone = present.keys() - laboratory.objects().keys()
    assert gone == {object_path(digest) for digest in unneeded_ones}
    assert len(gone) == 4
    assert worst(laboratory.fsck(everything=True)) is Outcome.PASS
    assert gc(laboratory).tables == ()
