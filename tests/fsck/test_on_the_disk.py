"""The disk, DVC's settings and git's history as they are found; looking changes nothing."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from fsck.laboratory import Laboratory, damage, outcomes, told, worst

from qops.errors import EnvironmentFault
from qops.model.verdict import Outcome


def everything(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Mode, time and content of every file, git's and DVC's included."""
    return {
        str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in root.rglob("*")
    }


class TestLookingChangesNothing:
    def test_all_is_as_it_was(self, laboratory: Laboratory) -> None:
        damage(laboratory.cached(laboratory.digest("bell")))
        before = everything(laboratory.root)
        laboratory.fsck()
        laboratory.fsck(everything=True)
        assert everything(laboratory.root) == before

    @pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
    def test_a_read_only_repository(self, laboratory: Laboratory) -> None:
        shutil.rmtree(laboratory.root / ".qops")
        subprocess.run(["chmod", "-R", "a-w", str(laboratory.root)], check=True)
        assert worst(laboratory.fsck()) is Outcome.PASS
        subprocess.run(["chmod", "-R", "u+w", str(laboratory.root)], check=True)


class TestObjects:
    def test_modes_are_no_matter(self, laboratory: Laboratory) -> None:
        laboratory.cached(laboratory.digest("bell")).chmod(0o644)
        assert laboratory.findings() == []

    def test_an_object_that_may_not_be_read(self, laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: Path, *args: object, **kwargs: object) -> object:
            if path == forbidden:
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *args, **kwargs)

        forbidden, opened = laboratory.cached(laboratory.digest("bell")), Path.open
        monkeypatch.setattr(Path, "open", refuse)
        (finding,) = laboratory.findings()
        assert finding.cause == "it cannot be read: permission denied"
        assert finding.proven

    def test_too_many_open_files_are_nobodys_damage(
        self, laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: object, **_kwargs: object) -> object:
            raise OSError(24, "Too many open files")

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(EnvironmentFault, match="too many open files"):
            laboratory.findings()

    def test_a_pipe_is_not_waited_for(self, laboratory: Laboratory) -> None:
        place = laboratory.cached(laboratory.digest("bell"))
        place.unlink()
        os.mkfifo(place)
        assert [finding.cause for finding in laboratory.findings()] == ["a pipe is in its place"]

    def test_links_are_followed(self, laboratory: Laboratory, tmp_path: Path) -> None:
        place = laboratory.cached(laboratory.digest("bell"))
        place.replace(tmp_path / "elsewhere")
        place.symlink_to(tmp_path / "elsewhere")
        assert laboratory.findings() == []
        (tmp_path / "elsewhere").unlink()
        assert [(finding.cause, finding.proven) for finding in laboratory.findings()] == [("it is missing", False)]

    def test_a_cache_elsewhere(self, laboratory: Laboratory, tmp_path: Path) -> None:
        laboratory.cached(laboratory.digest("bell"))
        (laboratory.root / ".dvc" / "cache").rename(tmp_path / "elsewhere")
        (laboratory.root / ".dvc" / "config").write_text("[cache]\n    dir = ../../elsewhere\n")
        assert laboratory.findings() == []
        place = next((tmp_path / "elsewhere").glob("files/md5/*/*.dir"))
        damage(place)
        assert [finding.place for finding in laboratory.findings(everything=True)] == [str(place)]

    def test_a_cache_that_is_not_here(self, laboratory: Laboratory) -> None:
        (laboratory.root / ".dvc" / "config").write_text("[cache]\n    dir = s3://somewhere\n")
        with pytest.raises(EnvironmentFault, match="DVC's cache is not a local directory"):
            laboratory.findings()


class TestCopies:
    def test_a_link_without_an_end(self, laboratory: Laboratory) -> None:
        copy = laboratory.root / "artifacts" / "circuits" / "bell" / "circuit.qasm"
        copy.unlink()
        copy.symlink_to("nowhere")
        assert [finding.cause for finding in laboratory.findings()] == ["its link is broken"]

    def test_links_to_the_cache_are_copies(self, laboratory: Laboratory) -> None:
        copy = laboratory.root / "artifacts" / "circuits" / "bell" / "circuit.qasm"
        copy.unlink()
        copy.symlink_to(laboratory.cached(laboratory.digest("bell")))
        assert laboratory.findings() == []

    def test_what_a_killed_snapshot_left_is_no_copy(self, laboratory: Laboratory) -> None:
        (laboratory.root / "artifacts" / ".qops-tmp").write_bytes(b"half")
        assert laboratory.findings() == []


class TestHistory:
    def test_versions_are_called_by_their_tags_and_examined_once(self, laboratory: Laboratory) -> None:
        found = laboratory.examine(everything=True)
        assert [version.labels[-1] for version in found.versions][-1] == "v0.1.0"
        assert [version.labels[0] for version in found.versions] == ["at hand", "v0.1.0"]
        assert (found.objects, found.copies, found.circuits) == (7, 4, 4)

    def test_a_side_branch_that_a_merge_threw_away(self, laboratory: Laboratory) -> None:
        laboratory.git("checkout", "--quiet", "-b", "side", "v0.1.0")
        laboratory.write("bell.qasm", 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nx q[1];\n')
        laboratory.snapshot("Side")
        damage(laboratory.cached(laboratory.digest("bell")), b"gone")
        side = laboratory.git("rev-parse", "HEAD")[:12]
        laboratory.git("checkout", "--quiet", "--force", "main")
        laboratory.git("merge", "--quiet", "--strategy", "ours", "-m", "Not that", "side")
        laboratory.git("branch", "--quiet", "-D", "side")
        shutil.rmtree(laboratory.root / "artifacts")
        (damaged, *_) = (finding for finding in laboratory.findings(everything=True) if finding.proven)
        assert damaged.labels == (side,)
        assert damaged.circuits == ("bell",)

    def test_a_pointer_that_was_committed_by_itself(self, laboratory: Laboratory) -> None:
        pointer = laboratory.root / "artifacts.dvc"
        good = pointer.read_bytes()
        other = "0" * 32 + ".dir"
        pointer.write_text(good.decode().replace(laboratory.listing(), other))
        laboratory.git("commit", "--quiet", "--all", "-m", "By hand")
        pointer.write_bytes(good)
        laboratory.git("commit", "--quiet", "--all", "-m", "Back")
        found = [finding.place for finding in laboratory.findings(everything=True, digests=False)]
        assert found == [".dvc/cache/files/md5/00/" + other[2:]]

    def test_a_shallow_clone(self, laboratory: Laboratory, tmp_path: Path) -> None:
        laboratory.git("clone", "--quiet", "--depth=1", f"file://{laboratory.root}", str(tmp_path / "clone"))
        clone = Laboratory(tmp_path / "clone")
        shutil.copytree(laboratory.root / ".dvc" / "cache", clone.root / ".dvc" / "cache")
        shutil.copytree(laboratory.root / "artifacts", clone.root / "artifacts")
        assert told(clone.findings(everything=True)) == [("history", "git", False)]
        assert outcomes(clone.fsck()) == dict.fromkeys(
            ("lock", "pointer", "objects", "work tree", "circuits"), Outcome.PASS
        )

    def test_a_linked_worktree(self, laboratory: Laboratory, tmp_path: Path) -> None:
        laboratory.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "v0.1.0")
        linked = Laboratory(tmp_path / "linked")
        report = linked.fsck()
        assert outcomes(report)["lock"] is outcomes(report)["pointer"] is Outcome.PASS
        assert outcomes(report)["objects"] is Outcome.INCONCLUSIVE


PROGRAM = """
import sys
from qops.cli.boundary import run
print(run(["fsck", "--quiet", "--all-revisions"]), *sys.modules)
"""


def test_neither_dvc_nor_anything_heavy_is_imported(laboratory: Laboratory) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=laboratory.root, capture_output=True, check=True)
    code, *modules = done.stdout.decode().split()
    assert code == "0"
    assert not {"dvc", "qiskit", "numpy", "scipy", "git", "rich"} & set(modules)


def test_the_modes_of_a_healed_cache(laboratory: Laboratory) -> None:
    damage(laboratory.cached(laboratory.listing()))
    laboratory.fsck(heal=True)
    files = (path for path in (laboratory.root / ".dvc" / "cache").rglob("*") if path.is_file())
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o444}
