"""The staged files as a work tree."""

import os
from pathlib import Path

import pytest
from vault.conftest import git

from qops.errors import EnvironmentFault, InputError
from qops.vault.git_index import StagedTree
from qops.vault.worktree import LocalTree


@pytest.fixture
def staged(repository: Path) -> Path:
    for path in ("a.qasm", "deep/er/b.qasm", "deep/c.qasm", ".hidden/d.qasm"):
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(path)
    (repository / "deep" / "link.qasm").symlink_to("er/b.qasm")
    (repository / "lost.qasm").symlink_to("nowhere.qasm")
    git("add", ".", cwd=repository)
    return repository


@pytest.mark.parametrize("pattern", ["*.qasm", "**/*.qasm", "deep/*/*.qasm", "deep/**", "nowhere/*", ".hidden/*"])
def test_it_lists_what_the_work_tree_lists(pattern: str, staged: Path) -> None:
    assert StagedTree(staged).glob(pattern) == LocalTree(staged).glob(pattern)


def test_it_reads_what_is_staged(staged: Path) -> None:
    (staged / "a.qasm").write_text("later")
    (staged / "deep" / "c.qasm").unlink()
    (staged / "new.qasm").write_text("new")
    tree = StagedTree(staged)
    assert tree.read("a.qasm") == b"a.qasm"
    assert tree.read("deep/c.qasm") == b"deep/c.qasm"
    assert tree.read("deep/link.qasm") == b"deep/er/b.qasm"
    assert not tree.exists("new.qasm")
    assert not tree.exists("deep")
    assert not tree.exists("lost.qasm")


def test_what_is_missing_is_named_with_the_nearest(staged: Path) -> None:
    with pytest.raises(InputError, match=r"there is no file b\.qasm among the staged ones"):
        StagedTree(staged).read("b.qasm")
    with pytest.raises(InputError, match="outside of the repository"):
        StagedTree(staged).read("../a.qasm")


def test_links_that_go_round_lead_nowhere(repository: Path) -> None:
    (repository / "round.qasm").symlink_to("round.qasm")
    git("add", ".", cwd=repository)
    assert not StagedTree(repository).exists("round.qasm")


def test_it_tells_what_the_next_commit_changes(staged: Path) -> None:
    assert "a.qasm" in StagedTree(staged).touched()
    assert StagedTree(staged).before("a.qasm") is None
    git("commit", "--quiet", "-m", "All", cwd=staged)
    (staged / "a.qasm").write_text("later")
    git("rm", "--quiet", "deep/c.qasm", cwd=staged)
    assert StagedTree(staged).touched() == {"deep/c.qasm"}
    assert StagedTree(staged).before("deep/c.qasm") == b"deep/c.qasm"


def test_another_index_is_looked_into(staged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(staged)
    monkeypatch.setenv("GIT_INDEX_FILE", os.path.relpath(staged / ".git" / "other", staged))
    assert StagedTree(staged).glob("**/*") == ()


def test_it_is_not_written(staged: Path) -> None:
    with pytest.raises(EnvironmentFault):
        StagedTree(staged).write("a.qasm", b"")
