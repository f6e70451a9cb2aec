"""qops inside git's hooks, and git's hooks inside qops."""

from end_to_end.lab import MOVED, Lab


def hook(lab: Lab, script: str) -> None:
    lab.write(".git/hooks/pre-commit", f"#!/bin/sh\n{script}\n").chmod(0o755)


def subject(lab: Lab) -> str:
    return lab.git("log", "-1", "--format=%s").strip()


def test_a_hook_that_asks_for_the_status_decides_over_every_way_to_commit(lab: Lab) -> None:
    hook(lab, "qops status --quiet && qops log --quiet && qops diff --quiet")
    lab.write("bell.csv", MOVED)
    for words in (("--all",), ("bell.csv",)):
        assert lab.run("git", "commit", "--quiet", "--message=Move", *words).code == 1
    assert subject(lab) == "First"
    assert lab.qops("snapshot").code == 0
    assert lab.run("git", "commit", "--quiet", "--message=Move", "--all").code == 0
    assert lab.clean()


def test_a_hook_that_records_works_where_git_leaves_the_index_free(lab: Lab) -> None:
    hook(lab, "qops snapshot")
    lab.write("bell.csv", MOVED)
    outcome = lab.run("git", "commit", "--quiet", "--message=Move", "--all")
    assert outcome.code == 1
    assert "error: git add failed: Unable to create" in outcome.err
    assert "hint: another git command runs, as `git commit -a` does around a hook" in outcome.err
    lab.git("add", "bell.csv")
    assert lab.run("git", "commit", "--quiet", "--message=Move").code == 0
    assert lab.clean()
    assert lab.qops("status").code == 0


def test_a_hook_that_refuses_the_snapshot_loses_nothing(lab: Lab) -> None:
    hook(lab, "echo 'not today' >&2; exit 1")
    lab.write("bell.csv", MOVED)
    outcome = lab.qops("snapshot", "-m", "Move")
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err == "error: git commit failed: not today\n"
    hook(lab, "qops status")
    assert lab.qops("snapshot", "-m", "Move").code == 0
    assert subject(lab) == "Move"


def test_other_staged_changes_stay_staged(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    lab.write("other.txt", "staged\n")
    lab.git("add", "other.txt")
    lab.write("other.txt", "and more\n")
    outcome = lab.qops("snapshot", "-m", "Move")
    assert "other files have changes that are not committed" in outcome.out
    assert lab.git("show", "--format=", "--name-only").split() == ["artifacts.dvc", "qops.lock"]
    assert lab.git("status", "--porcelain").splitlines() == [" M bell.csv", "AM other.txt"]


def test_the_variables_of_another_repository_are_passed_by(lab: Lab, nowhere: Lab) -> None:
    nowhere.git("init", "--quiet")
    lab.write("bell.csv", MOVED)
    elsewhere = {"GIT_DIR": str(nowhere.root / ".git"), "GIT_INDEX_FILE": str(nowhere.root / "index")}
    assert lab.qops("snapshot", "-m", "Here", **elsewhere).code == 0
    assert subject(lab) == "Here"
    assert "GIT_DIR, GIT_INDEX_FILE" in lab.qops("doctor", **elsewhere).out


def test_during_a_merge_the_snapshot_is_kept_and_the_user_told_how_to_go_on(lab: Lab) -> None:
    lab.git("checkout", "--quiet", "-b", "other")
    lab.write("bell.csv", MOVED)
    lab.git("commit", "--quiet", "--all", "--message=Theirs")
    lab.git("checkout", "--quiet", "-")
    lab.write("bell.csv", MOVED.replace("7", "8"))
    lab.git("commit", "--quiet", "--all", "--message=Ours")
    assert lab.run("git", "merge", "--quiet", "other").code == 1
    outcome = lab.qops("snapshot")
    assert outcome.code == 2
    assert outcome.err.startswith("error: bell.csv:2:1: the file holds a merge conflict that is not resolved\n")
    lab.write("bell.csv", MOVED)
    outcome = lab.qops("snapshot", "-m", "Merged")
    assert outcome.code == 4
    assert "hint: finish the merge with `git commit`" in outcome.err
    lab.git("commit", "--quiet", "--all", "--message=Merged")
    assert lab.qops("status").code == 0
    assert lab.clean()
