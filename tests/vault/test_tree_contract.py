from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import InputError
from qops.model.ports import WorkTree
from qops.vault.memory import MemoryTree
from qops.vault.worktree import LocalTree

FILES = {
    "qops.yaml": b"version: 1\n",
    "circuits/bell.qasm": b"bell",
    "circuits/deep/er/ghz.qasm": b"ghz",
    "circuits/deep/notes.txt": b"",
    "circuits/.hidden/secret.qasm": b"",
    "circuits/.draft.qasm": b"",
    "circuits/[a].qasm": b"brackets",
    "more/other.qasm": b"",
    ".venv/lib/x.qasm": b"",
}
Make = Callable[[dict[str, bytes]], WorkTree]


def local(root: Path) -> Make:
    def make(files: dict[str, bytes]) -> WorkTree:
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return LocalTree(root)

    return make


@pytest.fixture(params=["local", "memory"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return local(tmp_path) if request.param == "local" else MemoryTree


@pytest.fixture
def tree(make: Make) -> WorkTree:
    return make(FILES)


def test_what_is_written_is_read(tree: WorkTree) -> None:
    tree.write("new/place/θ.csv", b"1")
    tree.write("./new//place/θ.csv", b"2")
    assert tree.read("new/place/θ.csv") == b"2"
    assert tree.exists("new/place/θ.csv")
    assert not tree.exists("new/place")
    assert not tree.exists("new/other")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("qops.yaml", ["qops.yaml"]),
        ("*.qasm", []),
        ("circuits/*.qasm", ["circuits/[a].qasm", "circuits/bell.qasm"]),
        ("**/*.qasm", [
            "circuits/[a].qasm", "circuits/bell.qasm", "circuits/deep/er/ghz.qasm", "more/other.qasm",
        ]),
        ("circuits/**", [
            "circuits/[a].qasm", "circuits/bell.qasm", "circuits/deep/er/ghz.qasm", "circuits/deep/notes.txt",
        ]),
        ("**/deep/**/*.qasm", ["circuits/deep/er/ghz.qasm"]),
        ("c*/d??p/*/[!a-f]hz.qasm", ["circuits/deep/er/ghz.qasm"]),
        ("circuits/[[]a[]].qasm", ["circuits/[a].qasm"]),
        ("circuits/.*.qasm", ["circuits/.draft.qasm"]),
        ("circuits/.hidden/*.qasm", ["circuits/.hidden/secret.qasm"]),
        ("no/such/**/*.qasm", []),
        ("qops.yaml/*", []),
        ("**/**/**/**/**/**/**/**/**/**/**/bell.qasm", ["circuits/bell.qasm"]),
    ],
)  # fmt: skip
def test_patterns(tree: WorkTree, pattern: str, found: list[str]) -> None:
    assert list(tree.glob(pattern)) == found


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("", "is not a path"),
        ("/etc/passwd", "outside of the repository"),
        ("../other/x.qasm", "outside of the repository"),
        ("a/../../x.qasm", "outside of the repository"),
        ("..", "outside of the repository"),
        ("a\0b", "is not a path"),
        ("a\nb", "is not a path"),
        ("\udcff.qasm", "is not a path"),
        ("a\\b.qasm", "is not a path in a repository"),
        (".git/config", "belongs to git"),
        ("sub/.GIT/hooks/pre-commit", "belongs to git"),
    ],
)
def test_paths_never_leave(tree: WorkTree, path: str, cause: str) -> None:
    for act in (tree.read, tree.exists, tree.glob, lambda path: tree.write(path, b"")):
        with pytest.raises(InputError, match=cause):
            act(path)


def test_a_missing_file_is_named_with_its_nearest_spelling(tree: WorkTree) -> None:
    with pytest.raises(InputError, match=r"there is no file circuits/bel\.qasm") as caught:
        tree.read("circuits/bel.qasm")
    assert caught.value.hint == "did you mean `circuits/bell.qasm`?"


def test_a_directory_is_no_file(tree: WorkTree) -> None:
    with pytest.raises(InputError, match="circuits is a directory, not a file"):
        tree.read("circuits")
    with pytest.raises(InputError, match="circuits is a directory, not a file"):
        tree.write("circuits", b"")
