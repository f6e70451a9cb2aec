from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import InputError
from qops.model.ports import History, WorkTree
from qops.vault.git_history import GitHistory
from qops.vault.memory import MemoryHistory, MemoryTree
from qops.vault.worktree import LocalTree

Pair = tuple[WorkTree, History]


@pytest.fixture(params=["git", "memory"])
def pair(request: pytest.FixtureRequest, repository: Path) -> Pair:
    if request.param == "git":
        return LocalTree(repository), GitHistory(repository)
    tree = MemoryTree()
    return tree, MemoryHistory(tree)


@pytest.fixture
def tree(pair: Pair) -> WorkTree:
    return pair[0]


@pytest.fixture
def history(pair: Pair) -> History:
    return pair[1]


@pytest.fixture
def record(tree: WorkTree, history: History) -> Callable[..., str]:
    def act(message: str, **files: str) -> str:
        for name, text in files.items():
            tree.write(f"{name}.txt", text.encode())
        return history.commit([f"{name}.txt" for name in files], message)

    return act


def test_a_repository_without_commits(history: History) -> None:
    assert history.head() is None
    assert history.tags() == ()
    assert not history.dirty()
    with pytest.raises(InputError, match="git knows no commit 'HEAD'"):
        history.resolve("HEAD")


def test_revisions(history: History, record: Callable[..., str]) -> None:
    first, second, third = (record(name, a=name) for name in ("one", "two", "three"))
    assert history.head() == third
    history.tag("v1.0.0", "the first")
    for revision in ("HEAD", "main", "v1.0.0", third, third[:12], "HEAD~0"):
        assert history.resolve(revision) == third
    assert [history.resolve(name) for name in ("HEAD~1", "HEAD^", "main~", "v1.0.0~2")] == [second] * 3 + [first]


@pytest.mark.parametrize("revision", ["", "v9", "HEAD~7", "0" * 40, "-x", "--output=x", "a b", "HEAD\n", "main..main"])
def test_what_is_no_commit(history: History, record: Callable[..., str], revision: str) -> None:
    record("one", a="1")
    with pytest.raises(InputError):
        history.resolve(revision)


def test_the_nearest_tag_or_branch_is_named(history: History, record: Callable[..., str]) -> None:
    record("one", a="1")
    history.tag("v1.0.0", "the first")
    for wrong, right in (("v1.0", "v1.0.0"), ("mian", "main")):
        with pytest.raises(InputError) as caught:
            history.resolve(wrong)
        assert caught.value.hint == f"did you mean `{right}`?"


def test_files_at_revisions(tree: WorkTree, history: History, record: Callable[..., str]) -> None:
    first = record("one", a="1")
    tree.write("sub/été [1].txt", b"\0\xff\n\n")
    second = history.commit(["sub/été [1].txt"], "two")
    record("three", a="3")
    tree.write("a.txt", b"not committed")
    assert [history.read(revision, "a.txt") for revision in (first, second, "HEAD")] == [b"1", b"1", b"3"]
    assert [history.read(revision, "sub/été [1].txt") for revision in (first, second)] == [None, b"\0\xff\n\n"]
    assert history.read("HEAD", "no such file missing") is None


def test_the_log_of_a_file(history: History, record: Callable[..., str]) -> None:
    assert record("other", b="1")
    first = record("one: θ\n\nbody", a="1")
    record("between", b="2")
    second = record("two", a="2")
    history.tag("v1.0.0", "x")
    history.tag("v1.1.0", "x")
    record("later", b="3")
    found = history.log("a.txt", "HEAD", 10)
    assert [(c.revision, c.subject, c.tags) for c in found] == [
        (second, "two", ("v1.0.0", "v1.1.0")),
        (first, "one: θ", ()),
    ]
    assert all(c.author and c.date.startswith("20") for c in found)
    assert [c.revision for c in history.log("a.txt", "HEAD", 1)] == [second]
    assert [c.revision for c in history.log("a.txt", first, 10)] == [first]
    assert history.log("none.txt", "HEAD", 10) == ()


def test_dirty_is_about_tracked_files(tree: WorkTree, history: History, record: Callable[..., str]) -> None:
    record("one", a="1")
    tree.write("untracked.txt", b"")
    assert not history.dirty()
    tree.write("a.txt", b"2")
    assert history.dirty()
    assert not history.dirty(besides=["a.txt", "b.txt"])
    assert history.dirty(besides=["b.txt"])
    tree.write("a.txt", b"1")
    assert not history.dirty()


def test_staging(tree: WorkTree, history: History, record: Callable[..., str]) -> None:
    record("one", a="1")
    tree.write("a.txt", b"2")
    assert not history.staged(["a.txt"])
    history.stage(["a.txt"])
    assert history.staged(["a.txt", "b.txt"])
    assert not history.staged(["b.txt"])
    assert history.dirty()
    history.stage([])


def test_a_commit_takes_just_its_paths(tree: WorkTree, history: History, record: Callable[..., str]) -> None:
    record("one", a="1", b="1")
    tree.write("a.txt", b"2")
    tree.write("b.txt", b"2")
    history.stage(["b.txt"])
    second = history.commit(["a.txt"], "two")
    assert (history.read(second, "a.txt"), history.read(second, "b.txt")) == (b"2", b"1")
    assert history.staged(["b.txt"])
    assert not history.staged(["a.txt"])


def test_committing_what_does_not_differ_changes_nothing(history: History, record: Callable[..., str]) -> None:
    first = record("one", a="1")
    assert history.commit(["a.txt"], "again") == first
    assert history.head() == first


def test_a_commit_needs_a_message(tree: WorkTree, history: History) -> None:
    tree.write("a.txt", b"")
    for message in ("", " \n"):
        with pytest.raises(InputError, match="the commit message is empty"):
            history.commit(["a.txt"], message)


def test_a_tag_is_made_once(history: History, record: Callable[..., str]) -> None:
    record("one", a="1")
    history.tag("v1.0.0", "the first")
    assert history.tags() == ("v1.0.0",)
    with pytest.raises(InputError, match=r"the tag v1\.0\.0 exists"):
        history.tag("v1.0.0", "again")


@pytest.mark.parametrize("name", ["", "-d", "a b", "a..b", "x\n", "v1.", ".v1", "a~b", "v1/"])
def test_names_that_no_tag_may_have(history: History, record: Callable[..., str], name: str) -> None:
    record("one", a="1")
    with pytest.raises(InputError, match="is not a name that git allows for a tag"):
        history.tag(name, "x")
    assert history.tags() == ()
