"""Locks of git's that a killed git of ours left are removed; all others are the user's."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault import git_locks, git_writing
from qops.vault.git_process import Git
from qops.vault.lock import Patience

Run = Callable[..., str]


@pytest.fixture
def git_at(repository: Path) -> Git:
    (repository / "a.txt").write_text("a\n")
    return Git(repository)


@pytest.fixture
def index_lock(repository: Path) -> Path:
    return repository / ".git" / "index.lock"


def note(repository: Path) -> Path:
    return repository / ".git" / git_locks.NOTE


def leave_note(repository: Path, *locks: Path) -> None:
    """What a qops leaves that was killed while its git wrote."""
    note(repository).write_text(json.dumps([str(lock) for lock in locks]))


@contextmanager
def git_running(directory: Path, *options: str) -> Iterator[None]:
    """While some git is at work in a directory, on the repository there unless options say otherwise."""
    pipe = subprocess.PIPE
    words = ("git", *options, "cat-file", "--batch")
    with subprocess.Popen(words, cwd=directory, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        yield
        process.stdin.close()


def test_a_lock_of_a_killed_git_of_ours_is_removed(git_at: Git, index_lock: Path, git: Run) -> None:
    leave_note(git_at.root, index_lock)
    index_lock.write_bytes(b"DIRC")
    git_writing.stage(git_at, ["a.txt"])
    assert git("status", "--porcelain", cwd=git_at.root) == "A  a.txt\n"
    assert not index_lock.exists()
    assert note(git_at.root).read_bytes() == b""


def test_a_lock_that_nobody_noted_is_left_alone(git_at: Git, index_lock: Path) -> None:
    index_lock.write_bytes(b"DIRC")
    with pytest.raises(EnvironmentFault, match=r"index\.lock': File exists"):
        git_writing.stage(git_at, ["a.txt"])
    assert index_lock.read_bytes() == b"DIRC"
    with pytest.raises(EnvironmentFault, match=r"index\.lock': File exists"):
        git_writing.stage(git_at, ["a.txt"])
    assert index_lock.read_bytes() == b"DIRC"


def test_a_lock_is_left_alone_while_a_git_runs(git_at: Git, index_lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_locks, "Patience", lambda: Patience(wait_s=0.2))
    leave_note(git_at.root, index_lock)
    index_lock.write_bytes(b"DIRC")
    with (
        git_running(git_at.root),
        pytest.raises(EnvironmentFault, match=r"git is at work in this repository \(process"),
    ):
        git_writing.stage(git_at, ["a.txt"])
    assert index_lock.exists()
    git_writing.stage(git_at, ["a.txt"])
    assert not index_lock.exists()


def test_a_git_that_was_sent_here_from_elsewhere_counts(
    git_at: Git, index_lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_locks, "Patience", lambda: Patience(wait_s=0.1))
    leave_note(git_at.root, index_lock)
    index_lock.write_bytes(b"")
    with (
        git_running(tmp_path, f"--git-dir={git_at.root / '.git'}"),
        pytest.raises(EnvironmentFault, match="git is at work"),
    ):
        git_writing.stage(git_at, ["a.txt"])
    assert index_lock.exists()


def test_a_git_in_another_repository_does_not_count(git_at: Git, index_lock: Path, tmp_path: Path) -> None:
    leave_note(git_at.root, index_lock)
    index_lock.write_bytes(b"")
    subprocess.run(("git", "init", "--quiet", "elsewhere"), cwd=tmp_path, check=True)
    with git_running(tmp_path / "elsewhere"):
        git_writing.stage(git_at, ["a.txt"])
    assert not index_lock.exists()


def test_where_processes_cannot_be_listed_nothing_is_removed(
    git_at: Git, index_lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_locks, "Patience", lambda: Patience(wait_s=0.0))
    monkeypatch.setattr(git_locks, "_PROCESSES", tmp_path / "none")
    leave_note(git_at.root, index_lock)
    index_lock.write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="cannot be seen on this system"):
        git_writing.stage(git_at, ["a.txt"])
    assert index_lock.exists()


def test_what_git_leaves_of_its_own_in_our_time_is_cleared(git_at: Git) -> None:
    head, ours = (git_at.root / ".git" / name for name in ("HEAD.lock", "next-index-99999999.lock"))
    with git_locks.at_work(git_at):
        head.write_bytes(b"")
        ours.write_bytes(b"")
    assert not head.exists()
    assert not ours.exists()


def test_one_at_a_time(git_at: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_locks, "Patience", lambda: Patience(wait_s=0.1))
    with (
        git_locks.at_work(git_at),
        pytest.raises(EnvironmentFault, match="another qops has git at work in this repository"),
    ):
        git_writing.stage(git_at, ["a.txt"])
    git_writing.stage(git_at, ["a.txt"])


def test_what_was_there_before_stays(git_at: Git) -> None:
    before = git_at.root / ".git" / "config.lock"
    before.write_bytes(b"")
    with git_locks.at_work(git_at):
        assert str(before) not in note(git_at.root).read_text()
    assert before.exists()


@pytest.mark.parametrize("damage", [b"", b"[", b"\0" * 100, b"\xff", b"{}"])
def test_a_note_that_says_nothing_is_no_note(git_at: Git, index_lock: Path, damage: bytes) -> None:
    note(git_at.root).write_bytes(damage)
    index_lock.write_bytes(b"")
    with pytest.raises(EnvironmentFault, match=r"index\.lock': File exists"):
        git_writing.stage(git_at, ["a.txt"])
    assert index_lock.exists()


def test_a_git_that_passes_by_is_waited_for(
    git_at: Git, index_lock: Path, git: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = iter(["git is at work", "git is at work"])
    monkeypatch.setattr(git_locks, "_at_work", lambda *_: next(seen, None))
    leave_note(git_at.root, index_lock)
    index_lock.write_bytes(b"DIRC")
    git_writing.stage(git_at, ["a.txt"])
    assert git("status", "--porcelain", cwd=git_at.root) == "A  a.txt\n"


def test_linked_work_trees_have_locks_of_their_own(git_at: Git, tmp_path: Path, git: Run) -> None:
    git_writing.commit(git_at, ["a.txt"], "A")
    git("worktree", "add", "--quiet", str(tmp_path / "linked"), cwd=git_at.root)
    linked = Git(tmp_path / "linked")
    own, common = linked.directories
    assert common == git_at.root / ".git"
    assert own == common / "worktrees" / "linked"
    leave_note(git_at.root, own / "index.lock")
    (own / "index.lock").write_bytes(b"")
    (tmp_path / "linked" / "b.txt").write_text("b\n")
    git_writing.stage(linked, ["b.txt"])
    assert git("status", "--porcelain", cwd=linked.root) == "A  b.txt\n"


@pytest.fixture
def remote(git_at: Git, tmp_path: Path, git: Run) -> Path:
    git("init", "--quiet", "--bare", str(tmp_path / "remote.git"), cwd=tmp_path)
    git("remote", "add", "origin", str(tmp_path / "remote.git"), cwd=git_at.root)
    git_writing.commit(git_at, ["a.txt"], "A")
    return tmp_path / "remote.git"


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_the_locks_of_a_push_in_a_remote_directory_are_noted_and_removed(
    git_at: Git, remote: Path, git: Run, form: str
) -> None:
    git("remote", "set-url", "origin", form.format(remote), cwd=git_at.root)
    branch = git("symbolic-ref", "HEAD", cwd=git_at.root).strip()
    left = remote / f"{branch}.lock"
    leave_note(git_at.root, left)
    left.write_bytes(b"")
    git_writing.push(git_at, ["HEAD"])
    assert git("rev-parse", branch, cwd=remote) == git("rev-parse", "HEAD", cwd=git_at.root)
    assert not left.exists()


def test_what_a_push_may_lock_in_its_remote_is_noted(git_at: Git, remote: Path, git: Run) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ncp '{note(git_at.root)}' '{remote / 'noted'}'\n")
    hook.chmod(0o755)
    git_writing.push(git_at, ["HEAD"])
    branch = git("symbolic-ref", "HEAD", cwd=git_at.root).strip()
    assert str(remote / f"{branch}.lock") in json.loads((remote / "noted").read_text())
    assert note(git_at.root).read_bytes() == b""


def test_a_lock_in_the_remote_is_left_alone_while_a_git_runs_there(
    git_at: Git, remote: Path, git: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_locks, "Patience", lambda: Patience(wait_s=0.2))
    left = remote / f"{git('symbolic-ref', 'HEAD', cwd=git_at.root).strip()}.lock"
    leave_note(git_at.root, left)
    left.write_bytes(b"")
    with git_running(remote), pytest.raises(EnvironmentFault, match="git is at work"):
        git_writing.push(git_at, ["HEAD"])
    assert left.exists()
