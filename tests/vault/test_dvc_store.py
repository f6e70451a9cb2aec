import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from support.stored import FIRST, SECOND, cached, damage, everything, kept_by_dvc, write_files

from qops.errors import EnvironmentFault
from qops.vault import durable
from qops.vault.dvc_store import DvcStore
from qops.vault.git_history import GitHistory

Run = Callable[..., str]
Make = Callable[[str], Path]
Open = Callable[..., DvcStore]


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
