import os
import shutil
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault, InputError
from qops.vault import durable
from qops.vault.dvc_store import DvcStore
from qops.vault.git_history import GitHistory

Run = Callable[..., str]
Make = Callable[[str], Path]
Open = Callable[..., DvcStore]

FIRST = {
    "circuits/bell/circuit.qasm": b"OPENQASM 3.0;\nqubit[2] q;\n",
    "circuits/bell/parameters.csv": b"parameter,value\ntheta,0.1\n",
    "circuits/\xe9t\xe9 1/circuit.qasm": b"\0\xff",
    "circuits-2/copy.qasm": b"OPENQASM 3.0;\nqubit[2] q;\n",
    "Z": b"",
    "a": b"",
}
SECOND = {**{path: FIRST[path] for path in list(FIRST)[1:]}, "circuits/new/circuit.qasm": b"x", "a": b"longer"}


def everything(directory: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every entry below a directory: mode, and content for files."""
    return {
        path.relative_to(directory).as_posix(): (
            stat.S_IMODE(path.lstat().st_mode),
            path.read_bytes() if path.is_file() else None,
        )
        for path in directory.rglob("*")
    }


def kept_by_dvc(root: Path, above: str = "") -> dict[str, object]:
    """All that DVC itself would write for the store."""
    return {
        "work tree": everything(root / above / "artifacts"),
        "cache": everything(root / ".dvc" / "cache"),
        "pointer": (root / above / "artifacts.dvc").read_bytes(),
        "ignored": (root / above / ".gitignore").read_bytes(),
    }


def write_files(directory: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    for path, data in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(data)


def cached(root: Path, digest: str) -> Path:
    return root / ".dvc" / "cache" / "files" / "md5" / digest[:2] / digest[2:]


def damage(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    path.chmod(mode)


class TestAsDvcWouldWriteIt:
    @pytest.mark.parametrize(
        ("above", "ignored", "versions"), [("", b"", [FIRST, SECOND]), ("ml/v1", b"*.log\n!keep", [FIRST])]
    )
    def test_direct_writing_is_dvc_add_byte_for_byte(
        self,
        another: Make,
        store_in: Open,
        dvc: Run,
        above: str,
        ignored: bytes,
        versions: list[dict[str, bytes]],
    ) -> None:
        ours, theirs = another("ours"), another("theirs")
        for root in (ours, theirs) if ignored else ():
            (root / above).mkdir(parents=True)
            (root / above / ".gitignore").write_bytes(ignored)
        for files in versions:
            store_in(ours, f"{above or '.'}/artifacts").save(files, {})
            write_files(theirs / above / "artifacts", files)
            dvc("add", "--quiet", f"{above or '.'}/artifacts", cwd=theirs)
            assert kept_by_dvc(ours, above) == kept_by_dvc(theirs, above)

    def test_writing_through_dvc_gives_the_same(self, another: Make, store_in: Open) -> None:
        direct, through = another("direct"), another("through")
        (through / ".dvc" / "config").write_text("[cache]\n    type = copy\n")
        (through / ".dvcignore").write_text("*.log\n")
        assert store_in(through).save(FIRST, {}).files == store_in(direct).save(FIRST, {}).files
        assert kept_by_dvc(through) == kept_by_dvc(direct)
        assert not store_in(through).save(FIRST, {}).changed

    def test_a_rule_of_the_users_that_ignores_the_store_is_enough(
        self, project: Path, store_in: Open, git: Run
    ) -> None:
        (project / ".gitignore").write_text("/artif*\n!*.dvc\n")
        saved = store_in(project).save(FIRST, {})
        assert saved.staged == ("artifacts.dvc",)
        assert (project / ".gitignore").read_text() == "/artif*\n!*.dvc\n"
        assert not store_in(project).save(FIRST, {}).changed
        assert git("status", "--porcelain", "--untracked-files=all", cwd=project) == "?? .gitignore\n?? artifacts.dvc\n"

    def test_dvc_is_at_home_in_it(self, project: Path, store_in: Open, dvc: Run, git: Run) -> None:
        store = store_in(project)
        files = store.save(FIRST, {}).files
        saved = store.save(SECOND, {"circuits/bell/circuit.qasm": files["circuits/bell/circuit.qasm"]})
        GitHistory(project).commit(saved.staged, "snapshot")
        before = everything(project / "artifacts")
        dvc("remote", "add", "--quiet", "--default", "lab", "../remote", cwd=project)
        git("commit", "--quiet", "--all", "-m", "remote", cwd=project)
        assert "up to date" in dvc("status", cwd=project)
        store.push()
        shutil.rmtree(project / "artifacts")
        dvc("checkout", "--quiet", cwd=project)
        assert everything(project / "artifacts") == before
        shutil.rmtree(project / "artifacts")
        shutil.rmtree(project / ".dvc" / "cache")
        dvc("pull", "--quiet", cwd=project)
        assert everything(project / "artifacts") == before
        dvc("gc", "--workspace", "--force", "--quiet", cwd=project)
        dvc("add", "--quiet", "artifacts", cwd=project)
        assert git("status", "--porcelain", cwd=project) == ""
        assert not store.save({}, saved.files).changed

    def test_a_thousand_files_are_flushed_at_once(
        self, project: Path, store_in: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        flushed: list[Path] = []
        monkeypatch.setattr(durable, "_flush_file_system", flushed.append)
        store_in(project).save({f"circuits/{n}/circuit.qasm": str(n).encode() for n in range(1000)}, {})
        assert len(flushed) == 1


class TestTrust:
    def test_a_damaged_object_is_mended_by_the_next_save(self, project: Path, store_in: Open) -> None:
        store = store_in(project)
        files = store.save(FIRST, {}).files
        pointer = (project / "artifacts.dvc").read_text().split()[3]
        before = kept_by_dvc(project)
        damage(cached(project, files["circuits/bell/circuit.qasm"]))
        damage(cached(project, pointer))
        assert store.save(FIRST, {}).changed
        assert kept_by_dvc(project) == before
        damage(cached(project, files["a"]))
        assert store.save({}, files).changed
        assert kept_by_dvc(project) == before
        (project / ".dvc" / "config").write_text("[cache]\n    type = copy\n")
        damage(cached(project, files["circuits/bell/circuit.qasm"]))
        assert store_in(project).save(FIRST, {}).changed
        assert kept_by_dvc(project) == before

    def test_a_damaged_object_is_named_and_never_pushed(self, project: Path, store_in: Open) -> None:
        store = store_in(project)
        files = store.save(FIRST, {}).files
        path = cached(project, files["circuits/bell/parameters.csv"])
        damage(path)
        for act in (
            store.push,
            lambda: store.read("circuits/bell/parameters.csv", files["circuits/bell/parameters.csv"]),
        ):
            with pytest.raises(EnvironmentFault, match="is damaged: its bytes do not have the MD5") as caught:
                act()
            assert caught.value.where is not None
            assert caught.value.where.file == str(path)
            assert caught.value.hint == (
                f"`rm -f {path}`, then `dvc pull artifacts.dvc`; "
                "for an older version `dvc fetch --all-commits artifacts.dvc`"
            )

    def test_a_file_to_keep_that_is_damaged_in_both_places(self, project: Path, store_in: Open) -> None:
        store = store_in(project)
        files = store.save(FIRST, {}).files
        (project / "artifacts" / "Z").unlink()
        damage(cached(project, files["Z"]))
        with pytest.raises(EnvironmentFault, match="the stored object of artifacts/Z is damaged"):
            store.save({}, files)

    def test_bytes_that_leave_the_work_tree_are_in_the_cache(self, project: Path, store_in: Open) -> None:
        store = store_in(project)
        files = store.save(FIRST, {}).files
        shutil.rmtree(project / ".dvc" / "cache")
        store.save({"a": b"other"}, {})
        assert {path: store.read(path, digest) for path, digest in files.items()} == FIRST

    def test_an_unchanged_save_touches_nothing(self, project: Path, store_in: Open) -> None:
        store_in(project).save(FIRST, {})
        places = [path for path in project.rglob("*") if not {".git", "tmp", ".qops"} & set(path.parts)]
        before = {path: path.stat().st_mtime_ns for path in places}
        assert not store_in(project).save(FIRST, {}).changed
        assert {path: path.stat().st_mtime_ns for path in before} == before
        assert {path for path in project.rglob("*") if not {".git", "tmp", ".qops"} & set(path.parts)} == set(before)

    def test_a_missing_copy_is_put_back(self, project: Path, store_in: Open) -> None:
        store = store_in(project)
        files = store.save(FIRST, {}).files
        shutil.rmtree(project / "artifacts" / "circuits")
        assert store.save({}, files).changed
        assert (project / "artifacts" / "circuits" / "bell" / "circuit.qasm").exists()

    def test_artifacts_of_another_branch_make_room(self, project: Path, store_in: Open, git: Run) -> None:
        store, history = store_in(project), GitHistory(project)
        history.commit(store.save(FIRST, {}).staged, "one")
        git("checkout", "--quiet", "-b", "side", cwd=project)
        history.commit(store.save(SECOND, {}).staged, "two")
        git("checkout", "--quiet", "main", cwd=project)
        assert store.save(FIRST, {}).changed
        assert git("status", "--porcelain", cwd=project) == ""
        assert not (project / "artifacts" / "circuits" / "new").exists()


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


class TestOtherSettings:
    def test_a_cache_elsewhere_is_read_and_written(self, project: Path, store_in: Open) -> None:
        (project / ".dvc" / "config.local").write_text("[cache]\n    dir = ../../elsewhere\n    type = symlink\n")
        files = store_in(project).save(FIRST, {}).files
        assert (project / "artifacts" / "Z").is_symlink()
        assert {path: store_in(project).read(path, digest) for path, digest in files.items()} == FIRST
        assert not (project / ".dvc" / "cache").exists()
        second = store_in(project).save(SECOND, {})
        assert second.changed
        assert {path: (project / "artifacts" / path).read_bytes() for path in SECOND} == SECOND

    def test_artifacts_that_dvcignore_hides_are_missed(self, project: Path, store_in: Open) -> None:
        (project / ".dvcignore").write_text("*.csv\n")
        with pytest.raises(EnvironmentFault, match="recorded other files than qops wrote") as caught:
            store_in(project).save(FIRST, {})
        assert "dvc check-ignore" in (caught.value.hint or "")

    def test_an_output_of_a_pipeline_is_left_to_dvc(self, project: Path, store_in: Open) -> None:
        (project / "dvc.yaml").write_text("stages:\n  train:\n    cmd: 'true'\n    outs: [artifacts]\n")
        with pytest.raises(EnvironmentFault, match="`dvc add artifacts` failed"):
            store_in(project).save(FIRST, {})

    def test_dvc_is_misled_neither_by_the_users_files_nor_by_a_hook(
        self, project: Path, another: Make, store_in: Open, git: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = another("other")
        (project / "dvc").mkdir()
        (project / "dvc" / "__init__.py").write_text("raise SystemExit(9)")
        (project / ".dvc" / "config").write_text("[core]\n    autostage = true\n")
        with monkeypatch.context() as hook:
            hook.setenv("GIT_DIR", str(other / ".git"))
            hook.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
            assert store_in(project).save(FIRST, {}).staged == (".gitignore", "artifacts.dvc")
        assert git("diff", "--cached", "--name-only", cwd=project).split() == [".gitignore", "artifacts.dvc"]
        assert git("status", "--porcelain", cwd=other) == ""


def test_savers_take_turns(project: Path, store_in: Open) -> None:
    stores = [store_in(project, wait_s=60.0) for _ in range(8)]
    versions = [{**FIRST, "version": str(number).encode()} for number in range(8)]
    savers = [
        threading.Thread(target=store.save, args=(files, {})) for store, files in zip(stores, versions, strict=True)
    ]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
    last = {path: (project / "artifacts" / path).read_bytes() for path in versions[0]}
    assert last in versions
    assert not store_in(project).save(last, {}).changed
