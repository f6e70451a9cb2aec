"""Where a store may be, and what of the user's is in its way."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.stored import FIRST, SECOND, everything, write_files

from qops.errors import EnvironmentFault, InputError
from qops.vault.dvc_store import DvcStore
from qops.vault.git_history import GitHistory

Run = Callable[..., str]
Open = Callable[..., DvcStore]


class TestTheUsersOwn:
    @pytest.mark.parametrize("kind", ["link to a file", "broken link", "link to a directory", "pipe", "hidden", "copy"])
    def test_it_stops_the_save(self, project: Path, store_in: Open, kind: str) -> None:
        store = store_in(project)
        store.save(FIRST, {})
        own = project / "artifacts" / "circuits" / (".hidden" if kind == "hidden" else "own")
        if kind == "pipe":
            os.mkfifo(own)
        elif kind in {"hidden", "copy"}:
            own.write_bytes(FIRST["circuits/bell/circuit.qasm"])
        else:
            own.symlink_to({"link to a file": "/etc/hostname", "broken link": "/none"}.get(kind, ".."))
        before = everything(project / ".dvc" / "cache")
        with pytest.raises(InputError, match=rf"^artifacts/circuits/{own.name}: put there by hand, and would be lost$"):
            store.save(SECOND, {})
        assert os.path.lexists(own)
        assert everything(project / ".dvc" / "cache") == before

    def test_many_are_counted(self, project: Path, store_in: Open) -> None:
        write_files(project / "artifacts", {f"own{n}": b"%d" % n for n in range(8)})
        with pytest.raises(InputError, match=r"artifacts/own4 and 3 more: put there by hand") as caught:
            store_in(project).save(FIRST, {})
        assert caught.value.hint == (
            "move it out of artifacts, or let DVC put its own version back: `dvc checkout artifacts.dvc`"
        )

    def test_what_git_tracks_is_not_taken_over(self, project: Path, store_in: Open, git: Run) -> None:
        write_files(project / "artifacts", FIRST)
        git("add", "artifacts/a", cwd=project)
        with pytest.raises(InputError, match="git tracks artifacts/a, which DVC would have to track") as caught:
            store_in(project).save(FIRST, {})
        assert caught.value.hint == "take it out of git, keeping the files: `git rm -r --cached artifacts`"
        assert not (project / "artifacts.dvc").exists()

    def test_other_changes_in_gitignore_are_staged_only_with_the_line(
        self, project: Path, store_in: Open, git: Run
    ) -> None:
        store = store_in(project)
        saved = store.save(FIRST, {})
        assert saved.staged == (".gitignore", "artifacts.dvc") == store.save(FIRST, {}).staged
        GitHistory(project).commit(saved.staged, "one")
        with (project / ".gitignore").open("a") as file:
            file.write("*.log\n")
        assert store.save(SECOND, {}).staged == ("artifacts.dvc",)
        assert git("diff", "--name-only", cwd=project).split() == [".gitignore", "artifacts.dvc"]


class TestSite:
    def test_dvc_is_not_initialised(self, repository: Path, store_in: Open) -> None:
        store = store_in(repository)
        for act in (lambda: store.save(FIRST, {}).staged, lambda: store.read("a", "0" * 32)):
            with pytest.raises(EnvironmentFault, match="DVC is not initialised") as caught:
                act()
            assert caught.value.hint == "`qops init`"

    def test_dvc_in_a_subdirectory(self, repository: Path, store_in: Open, dvc: Run, git: Run) -> None:
        (repository / "ml").mkdir()
        dvc("init", "--subdir", "--quiet", cwd=repository / "ml")
        saved = store_in(repository, "ml/artifacts").save(FIRST, {})
        assert saved.staged == ("ml/.gitignore", "ml/artifacts.dvc")
        GitHistory(repository).commit(saved.staged, "one")
        assert "up to date" in dvc("status", cwd=repository / "ml")
        assert "artifacts/" not in git("status", "--porcelain", "--untracked-files=all", cwd=repository)

    @pytest.mark.parametrize("directory", ["", "..", "/x/y", "1st", ".hidden", "a b", ".git/x", "x#"])
    def test_names_that_no_store_may_have(self, project: Path, store_in: Open, directory: str) -> None:
        with pytest.raises(InputError):
            store_in(project, directory)

    @pytest.mark.parametrize("name", ["artifacts", "artifacts.dvc", ".gitignore"])
    def test_nothing_is_written_behind_a_link(self, project: Path, store_in: Open, tmp_path: Path, name: str) -> None:
        (tmp_path / "big disk").mkdir()
        (project / name).symlink_to(tmp_path / "big disk")
        with pytest.raises(InputError, match=f"the way to {name} of the store artifacts leads through a symbolic link"):
            store_in(project).save(FIRST, {})
        assert list((tmp_path / "big disk").iterdir()) == []

    def test_a_store_that_is_a_file_is_refused(self, project: Path, store_in: Open) -> None:
        (project / "artifacts").write_bytes(b"")
        with pytest.raises(InputError, match="artifacts is a file, not a directory"):
            store_in(project).save(FIRST, {})

    def test_a_pointer_in_conflict_is_refused(self, project: Path, store_in: Open) -> None:
        store_in(project).save(FIRST, {})
        pointer = project / "artifacts.dvc"
        pointer.write_text(f"<<<<<<< HEAD\n{pointer.read_text()}=======\n>>>>>>> side\n")
        with pytest.raises(InputError, match=r"artifacts\.dvc:1:1: the file holds a merge conflict"):
            store_in(project).save(SECOND, {})

    def test_a_linked_worktree(self, project: Path, store_in: Open, git: Run) -> None:
        GitHistory(project).commit(store_in(project).save(FIRST, {}).staged, "one")
        git("worktree", "add", "--quiet", "../linked", cwd=project)
        linked = project.parent / "linked"
        assert store_in(linked).save(SECOND, {}).changed
        assert git("status", "--porcelain", cwd=linked) == " M artifacts.dvc\n"
