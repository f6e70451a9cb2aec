"""Repositories of every shape that git makes."""

from pathlib import Path

import pytest
from end_to_end.lab import MOVED, Lab, copied, refusal

READING = (("status",), ("diff",), ("log",), ("show",), ("show", "bell"))


@pytest.fixture
def two(lab: Lab) -> Lab:
    """A second snapshot, v0.1.0, its sources committed; the first one is `HEAD~2`."""
    lab.write("bell.csv", MOVED)
    lab.git("commit", "--quiet", "--all", "--message=Move")
    assert lab.qops("snapshot", "--tag", "v0.1.0").code == 0
    return lab


def test_outside_of_git_only_files_can_be_compared(nowhere: Lab) -> None:
    for words in (*READING, ("snapshot",), ("restore", "bell")):
        outcome = nowhere.qops(*words)
        assert outcome == refusal(4, f"{nowhere.root} is not inside a git repository", "`git init`"), words
    assert nowhere.qops("doctor").code == 1
    nowhere.write("a.csv", MOVED)
    nowhere.write("b.csv", MOVED.replace("7", "75"))
    assert nowhere.qops("diff", "a.csv", "b.csv", "--tolerance", "0.1").code == 0
    assert list(nowhere.root.iterdir()) == [nowhere.root / "a.csv", nowhere.root / "b.csv"]


def test_without_commits_a_snapshot_is_taken_and_committed(nowhere: Lab) -> None:
    nowhere.write("bell.qasm", "OPENQASM 3.0;\nqubit q;\n")
    assert nowhere.qops("init").code == 0
    codes = {words: nowhere.qops(*words).code for words in READING}
    assert codes == {("status",): 1, ("diff",): 3, ("log",): 0, ("show",): 3, ("show", "bell"): 3}
    assert "the repository has no commits yet" in nowhere.qops("diff", "HEAD").err
    assert nowhere.qops("snapshot").code == 0
    assert "before the first commit" in nowhere.qops("show").out
    assert nowhere.qops("snapshot", "-m", "First").code == 0
    assert "1 snapshot\n" in nowhere.qops("log").out


def test_a_shallow_clone_says_where_its_history_ends(two: Lab, tmp_path: Path) -> None:
    two.git("clone", "--quiet", "--depth=1", two.root.as_uri(), str(tmp_path / "shallow"))
    clone = two.beside("shallow")
    assert clone.qops("status").code == 0
    log = clone.qops("log").out
    assert "? not examined: the clone is shallow" in log
    assert "added" not in log
    for revision in ("v0.0.9", "HEAD~1"):
        outcome = clone.qops("diff", revision)
        assert outcome.code == 2
        assert "hint: the clone is shallow, its older history is missing: `git fetch --unshallow --tags`" in outcome.err


def test_a_clone_without_the_store_compares_what_git_has_and_names_what_it_has_not(two: Lab, tmp_path: Path) -> None:
    two.git("clone", "--quiet", str(two.root), str(tmp_path / "clone"))
    clone = two.beside("clone")
    outcome = clone.qops("diff", "HEAD~2")
    assert outcome.code == 1
    assert "theta  0.5  0.7  +0.2" in outcome.out
    outcome = clone.qops("restore", "bell@v0.1.0", "--to", "old.qasm")
    assert outcome.code == 4
    assert "is neither in DVC's cache nor in the work tree" in outcome.err
    assert "hint: `dvc pull artifacts.dvc`" in outcome.err
    assert not (clone.root / "old.qasm").exists()
    assert clone.qops("snapshot").code == 0
    assert clone.clean()
    assert clone.qops("restore", "bell@v0.1.0", "--to", "old.qasm").code == 0


@pytest.mark.parametrize("setting", ["core.autocrlf=true", "core.eol=crlf"])
def test_a_clone_whose_git_changes_line_ends_has_the_same_bytes(two: Lab, tmp_path: Path, setting: str) -> None:
    """As git for Windows is installed; `* text=auto` is what many repositories say themselves."""
    two.write(".gitattributes", "* text=auto\n" + two.read(".gitattributes"))
    two.write("notes.txt", "remember\n")
    two.git("add", "--all")
    two.git("commit", "--quiet", "--message=Attributes")
    two.git("clone", "--quiet", "--config", setting, str(two.root), str(tmp_path / "clone"))
    clone = two.beside("clone")
    assert (clone.root / "notes.txt").read_bytes() == b"remember\r\n"
    assert {words: clone.qops(*words).code for words in (("status",), ("diff",))} == {("status",): 0, ("diff",): 0}
    assert clone.qops("snapshot").code == 0
    assert clone.clean()


def test_line_ends_that_git_changed_are_put_right_as_the_guide_says(two: Lab, tmp_path: Path) -> None:
    """In a repository from before `qops init` wrote attributes."""
    two.git("rm", "--quiet", ".gitattributes")
    two.git("commit", "--quiet", "--message=As before")
    two.git("clone", "--quiet", "--config", "core.autocrlf=true", str(two.root), str(tmp_path / "clone"))
    clone = two.beside("clone")
    assert clone.qops("status").code == 1
    assert clone.qops("init").code == 0
    clone.git("add", ".gitattributes")
    clone.git("commit", "--quiet", "--message=Line ends stay")
    clone.git("rm", "-r", "--cached", "--quiet", ".")
    clone.git("reset", "--quiet", "--hard")
    assert clone.qops("status").code == 0
    assert clone.clean()


def test_a_detached_head_is_a_place_like_any_other(two: Lab) -> None:
    two.git("checkout", "--quiet", "HEAD~2")
    assert {words: two.qops(*words).code for words in READING} == dict.fromkeys(READING, 0)
    assert "1 snapshot\n" in two.qops("log").out
    assert two.qops("diff", "v0.1.0").code == 1
    two.write("bell.csv", MOVED.replace("7", "9"))
    assert two.qops("snapshot", "-m", "Aside").code == 0
    assert two.git("log", "-1", "--format=%s").strip() == "Aside"


def test_a_linked_worktree_records_by_itself(two: Lab) -> None:
    two.git("worktree", "add", "--quiet", "../linked", "-b", "other")
    linked = two.beside("linked")
    assert linked.qops("status").code == 0
    linked.write("bell.csv", MOVED.replace("7", "9"))
    assert linked.qops("snapshot", "-m", "Linked").code == 0
    assert linked.git("status", "--porcelain").split() == ["M", "bell.csv"]
    assert "up to date" in linked.dvc("status")
    assert two.clean()
    assert two.qops("status").code == 0


def test_a_submodule_is_a_repository_of_its_own(two: Lab, nowhere: Lab) -> None:
    nowhere.git("init", "--quiet")
    nowhere.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(two.root), "circuits")
    inner = nowhere.beside("nowhere/circuits")
    assert inner.qops("status").code == 0
    inner.write("bell.csv", MOVED.replace("7", "9"))
    assert inner.qops("snapshot", "-m", "Inside").code == 0
    assert inner.git("log", "-1", "--format=%s").strip() == "Inside"
    assert "there is no qops.yaml here" in nowhere.qops("status").err


def test_a_bare_repository_is_refused_and_left_alone(lab: Lab) -> None:
    lab.git("clone", "--quiet", "--bare", ".", "../bare")
    bare = lab.beside("bare")
    before = sorted(bare.root.rglob("*"))
    for words in (("status",), ("log",), ("init",)):
        outcome = bare.qops(*words)
        assert outcome.code == 4
        assert outcome.err.startswith(f"error: {bare.root} is a git repository without a work tree\nhint: clone it")
    assert sorted(bare.root.rglob("*")) == before


def test_inside_of_git_s_own_directory_the_project_is_the_one_around_it(lab: Lab) -> None:
    inside = lab.beside("project/.git")
    assert inside.qops("status").code == 0
    assert inside.qops("init").code == 0
    assert lab.clean()


def test_a_repository_of_somebody_else_is_named_with_the_remedy(lab: Lab) -> None:
    for words in (("log",), ("snapshot",), ("diff", "HEAD")):
        outcome = lab.qops(*words, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
        assert outcome.code == 4
        assert "detected dubious ownership" in outcome.err
        assert f"`git config --global --add safe.directory {lab.root}`" in outcome.err


def test_a_repository_that_lost_its_commits_is_not_taken_for_a_new_one(lab: Lab) -> None:
    for place in (lab.root / ".git" / "objects").glob("??/*"):
        place.unlink()
    for words in (("log",), ("diff",), ("show", "bell@HEAD"), ("snapshot",)):
        assert lab.qops(*words).code == 4, words
    assert lab.qops("log") == refusal(
        4, "git cannot read the commit that HEAD names", "`git fsck` says what is damaged"
    )


def test_a_directory_that_was_deleted_is_told(lab: Lab) -> None:
    for command in ("status", "diff a.qasm b.qasm", "init", "doctor"):
        outcome = lab.typed(f"mkdir gone && cd gone && rmdir ../gone && qops {command}")
        assert outcome == refusal(4, "the directory that you are in has been deleted", "`cd` to one that exists")


def test_without_git_the_commands_that_need_it_say_so(lab: Lab) -> None:
    for words in (("log",), ("snapshot",)):
        outcome = lab.qops(*words, PATH=str(lab.root))
        assert outcome == refusal(4, "there is no git", "install git 2.31 or later")
    assert lab.qops("status", PATH=str(lab.root)).code == 0


@pytest.mark.parametrize(
    "name", ["with blank", "ünï", "-dash", "--output=x", "new\nline", "esc\x1b[31m", "[red]", "%s{0}'\""]
)
def test_the_directory_may_be_called_anything(original: Lab, tmp_path: Path, name: str) -> None:
    lab = copied(original, tmp_path / name)
    lab.write("bell.csv", MOVED)
    outcome = lab.qops("snapshot", "-m", "é", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (outcome.code, outcome.err) == (0, "")
    outcome = lab.qops("doctor", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert outcome.out.isascii()
    assert lab.qops("log").out.splitlines()[3] == "    é"
