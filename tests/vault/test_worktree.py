import os
import socket
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault, InputError
from qops.vault.worktree import LocalTree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "circuits").mkdir(parents=True)
    (root / "circuits" / "bell.qasm").write_bytes(b"bell")
    (tmp_path / "secret").write_bytes(b"outside")
    return root


@pytest.fixture
def tree(root: Path) -> LocalTree:
    return LocalTree(root)


@pytest.mark.parametrize("target", ["../secret", "/etc/hostname", "../none"])
def test_a_link_out_of_the_repository_is_neither_read_nor_written(root: Path, tree: LocalTree, target: str) -> None:
    (root / "link.qasm").symlink_to(target)
    with pytest.raises(InputError, match=r"link\.qasm is outside of the repository"):
        tree.read("link.qasm")
    with pytest.raises(InputError, match="outside"):
        tree.write("link.qasm", b"")
    assert (root.parent / "secret").read_bytes() == b"outside"


def test_a_directory_link_out_of_the_repository_is_refused(root: Path, tree: LocalTree, tmp_path: Path) -> None:
    (root / "elsewhere").symlink_to(tmp_path)
    for act in (tree.read, tree.exists, lambda path: tree.write(path, b"")):
        with pytest.raises(InputError, match="outside"):
            act("elsewhere/secret")
    with pytest.raises(InputError, match="outside"):
        tree.glob("elsewhere/*")


def test_a_link_into_git_is_refused(root: Path, tree: LocalTree) -> None:
    (root / ".git").mkdir()
    (root / "link").symlink_to(".git")
    with pytest.raises(InputError, match="belongs to git"):
        tree.write("link/config", b"")


def test_links_inside_are_followed_where_they_are_named(root: Path, tree: LocalTree) -> None:
    (root / "ansatz").symlink_to("circuits")
    (root / "circuits" / "loop").symlink_to("..")
    assert tree.read("ansatz/bell.qasm") == b"bell"
    assert tree.glob("ansatz/*.qasm") == ("ansatz/bell.qasm",)
    assert tree.glob("**/*.qasm") == ("circuits/bell.qasm",)


def test_a_root_behind_a_link_is_resolved(root: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(root)
    tree = LocalTree(tmp_path / "alias")
    assert tree.root == root.resolve()
    assert tree.read("circuits/bell.qasm") == b"bell"


def test_pipes_sockets_and_devices_are_refused_unopened(root: Path, tree: LocalTree) -> None:
    os.mkfifo(root / "pipe.qasm")
    with pytest.raises(InputError, match=r"pipe\.qasm is a pipe, not a file"):
        tree.read("pipe.qasm")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(root)
        try:
            server.bind("socket")
        finally:
            os.chdir(here)
    with pytest.raises(InputError, match="socket is a socket, not a file"):
        tree.read("socket")
    with pytest.raises(InputError, match="is a pipe"):
        tree.write("pipe.qasm", b"")
    assert not tree.exists("pipe.qasm")
    assert tree.glob("*") == ()


def test_a_circle_of_links_is_a_fault(root: Path, tree: LocalTree) -> None:
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    with pytest.raises(EnvironmentFault, match="too many levels of symbolic links"):
        tree.read("a")


def test_a_name_that_is_not_utf_8_is_an_error_only_where_it_matches(root: Path, tree: LocalTree) -> None:
    (root / os.fsdecode(b"caf\xe9.qasm")).write_bytes(b"")
    assert tree.glob("circuits/*.qasm") == ("circuits/bell.qasm",)
    with pytest.raises(InputError, match="is not a path"):
        tree.glob("*.qasm")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_an_unreadable_file_is_a_fault(root: Path, tree: LocalTree) -> None:
    (root / "circuits" / "bell.qasm").chmod(0)
    with pytest.raises(EnvironmentFault, match="permission denied"):
        tree.read("circuits/bell.qasm")
