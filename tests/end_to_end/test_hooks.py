"""qops inside git's hooks, and git's hooks inside qops."""

import pytest
from end_to_end.lab import MOVED, Lab, refusal


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


@pytest.mark.parametrize("words", [("--all",), ("--include", "bell.csv"), ()])
def test_a_hook_that_records_does_so_in_the_commit_it_runs_in(lab: Lab, words: tuple[str, ...]) -> None:
    """Where git holds the index locked for the commit, too."""
    hook(lab, "qops snapshot")
    lab.write("bell.csv", MOVED)
    if not words:
        lab.git("add", "bell.csv")
    lab.git("commit", "--quiet", "--message=Move", *words)
    assert lab.git("show", "--format=", "--name-only").split() == ["artifacts.dvc", "bell.csv", "qops.lock"]
    assert lab.clean()
    assert lab.qops("status").code == 0


def test_a_hook_that_records_works_in_a_linked_work_tree(lab: Lab) -> None:
    lab.git("worktree", "add", "--quiet", "../linked")
    hook(lab, "qops snapshot")
    linked = lab.beside("linked")
    linked.write("bell.csv", MOVED)
    linked.git("commit", "--quiet", "--message=Move", "--all")
    assert linked.clean()
    assert linked.qops("status").code == 0


def test_a_commit_of_named_files_takes_nothing_that_a_hook_records(lab: Lab) -> None:
    hook(lab, "qops snapshot")
    lab.write("bell.csv", MOVED)
    outcome = lab.run("git", "commit", "--quiet", "--message=Move", "bell.csv")
    cause = "this hook runs for a `git commit` of named files, which takes nothing else into the commit"
    hint = "name no files: `git add` what is to be committed, then `git commit`"
    assert outcome.err == refusal(4, cause, hint).err
    assert subject(lab) == "First"
    lab.git("add", "bell.csv")
    lab.git("commit", "--quiet", "--message=Move")
    assert lab.clean()
    assert lab.qops("status").code == 0


def test_a_lock_that_another_git_holds_is_no_index(lab: Lab, nowhere: Lab) -> None:
    lab.write(".git/index.lock", "")
    lab.write("bell.csv", MOVED)
    for variables in ({}, {"GIT_INDEX_FILE": str(nowhere.root / "index.lock")}):
        outcome = lab.qops("snapshot", **variables)
        assert outcome.code == 4
        assert "error: git add failed: Unable to create" in outcome.err
        assert "hint: another git command runs, or was killed and left the lock: then remove that file" in outcome.err
    (lab.root / ".git" / "index.lock").unlink()
    assert lab.qops("snapshot", "-m", "Move").code == 0


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
