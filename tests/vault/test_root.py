from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault.root import find_root


def test_the_nearest_git_directory_above(repository: Path) -> None:
    deep = repository / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(repository) == find_root(deep) == repository.resolve()


def test_linked_worktrees_and_submodules_have_a_git_file(repository: Path, git: Callable[..., str]) -> None:
    git("commit", "--quiet", "--allow-empty", "-m", "first", cwd=repository)
    git("worktree", "add", "--quiet", "../linked", cwd=repository)
    linked = repository.parent / "linked"
    assert (linked / ".git").is_file()
    assert find_root(linked) == linked.resolve()


def test_the_variables_of_a_hook_do_not_lead_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    assert find_root(repository) == repository.resolve()


def test_outside_of_git_the_hint_is_git_init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EnvironmentFault, match="is not inside a git repository") as caught:
        find_root(tmp_path)
    assert caught.value.hint == "`git init`"
    monkeypatch.setenv("GIT_DIR", "/home/ada/.dotfiles")
    with pytest.raises(EnvironmentFault) as caught:
        find_root(tmp_path)
    assert caught.value.hint == "`git init --separate-git-dir=/home/ada/.dotfiles` makes it known to every tool"


def test_a_bare_repository_has_no_files(tmp_path: Path, git: Callable[..., str]) -> None:
    git("init", "--quiet", "--bare", "bare.git", cwd=tmp_path)
    for start in (tmp_path / "bare.git", tmp_path / "bare.git" / "hooks"):
        with pytest.raises(EnvironmentFault, match="git repository without a work tree"):
            find_root(start)


def test_inside_dot_git_the_root_is_above_it(repository: Path) -> None:
    assert find_root(repository / ".git" / "refs") == repository.resolve()
