from collections.abc import Callable
from hashlib import md5
from pathlib import Path
from typing import NamedTuple

import pytest

from qops.errors import DamageFault, EnvironmentFault, InputError
from qops.model.ports import ArtifactStore, WorkTree
from qops.vault.dvc_store import DvcStore
from qops.vault.memory import MemoryStore, MemoryTree
from qops.vault.worktree import LocalTree

FILES = {
    "circuits/bell/circuit.qasm": b"OPENQASM 3.0;\n",
    "circuits/bell/parameters.csv": b"parameter,value\n",
    "circuits/\xe9t\xe9/circuit.qasm": b"\0\xff",
    "empty": b"",
}


class Made(NamedTuple):
    tree: WorkTree
    store: ArtifactStore
    forget: Callable[[str], None]
    damage: Callable[[str], None]


def local(root: Path, store: DvcStore) -> Made:
    def place(digest: str) -> Path:
        return root / ".dvc" / "cache" / "files" / "md5" / digest[:2] / digest[2:]

    def damage(digest: str) -> None:
        place(digest).chmod(0o644)
        place(digest).write_bytes(b"damaged")
        place(digest).chmod(0o444)

    return Made(LocalTree(root), store, lambda digest: place(digest).unlink(), damage)


def memory() -> Made:
    tree = MemoryTree()
    store = MemoryStore(tree)
    return Made(
        tree,
        store,
        store.objects.__delitem__,
        lambda digest: store.objects.update({digest: b"x"}),
    )


@pytest.fixture(params=["dvc", "memory"])
def made(request: pytest.FixtureRequest, project: Path, store_in: Callable[..., DvcStore]) -> Made:
    return local(project, store_in(project)) if request.param == "dvc" else memory()


@pytest.fixture
def tree(made: Made) -> WorkTree:
    return made.tree


@pytest.fixture
def store(made: Made) -> ArtifactStore:
    return made.store


def in_tree(tree: WorkTree) -> dict[str, bytes]:
    return {path.removeprefix("artifacts/"): tree.read(path) for path in tree.glob("artifacts/**")}


def test_what_is_saved_is_in_the_work_tree_and_can_be_read(tree: WorkTree, store: ArtifactStore) -> None:
    saved = store.save(FILES, {})
    assert saved.changed
    assert "artifacts.dvc" in saved.staged
    assert saved.files == {path: md5(data, usedforsecurity=False).hexdigest() for path, data in FILES.items()}
    assert in_tree(tree) == FILES
    assert {path: store.read(path, digest) for path, digest in saved.files.items()} == FILES


def test_saving_the_same_again_changes_nothing(tree: WorkTree, store: ArtifactStore) -> None:
    first = store.save(FILES, {})
    pointer = tree.read("artifacts.dvc")
    again = store.save(FILES, {})
    assert (again.files, again.changed) == (first.files, False)
    assert tree.read("artifacts.dvc") == pointer


def test_files_are_replaced_removed_and_kept(tree: WorkTree, store: ArtifactStore) -> None:
    first = store.save(FILES, {}).files
    keep = {path: first[path] for path in ("empty", "circuits/bell/parameters.csv")}
    second = store.save({"circuits/bell/circuit.qasm": b"new", "added": b"1"}, keep)
    assert second.changed
    assert in_tree(tree) == {
        "added": b"1",
        "circuits/bell/circuit.qasm": b"new",
        "circuits/bell/parameters.csv": b"parameter,value\n",
        "empty": b"",
    }
    assert second.files.keys() == in_tree(tree).keys()
    assert store.read("circuits/bell/circuit.qasm", first["circuits/bell/circuit.qasm"]) == b"OPENQASM 3.0;\n"
    assert not store.save({}, second.files).changed


def test_a_file_may_become_a_directory_and_back(tree: WorkTree, store: ArtifactStore) -> None:
    store.save({"a": b"1"}, {})
    store.save({"a/b/c": b"1"}, {})
    assert in_tree(tree) == {"a/b/c": b"1"}
    store.save({"a": b"1"}, {})
    assert in_tree(tree) == {"a": b"1"}


def test_an_empty_store(tree: WorkTree, store: ArtifactStore) -> None:
    assert store.save({}, {}).changed
    assert not store.save({}, {}).changed
    store.save(FILES, {})
    store.save({}, {})
    assert in_tree(tree) == {}
    assert b"nfiles: 0" in tree.read("artifacts.dvc")


def test_the_users_own_files_stop_a_save_before_it_begins(tree: WorkTree, store: ArtifactStore) -> None:
    first = store.save(FILES, {}).files
    tree.write("artifacts/circuits/bell/notes.txt", b"mine")
    before = in_tree(tree)
    for contents, keep in ((FILES, {}), ({"other": b"1"}, {}), ({}, first)):
        with pytest.raises(
            InputError, match=r"artifacts/circuits/bell/notes\.txt: put there by hand, and would be lost"
        ):
            store.save(contents, keep)
    assert in_tree(tree) == before


def test_an_artifact_edited_by_hand_stops_a_save(tree: WorkTree, store: ArtifactStore) -> None:
    first = store.save(FILES, {}).files
    tree.write("artifacts/empty", b"edited")
    for contents, keep in ((FILES, {}), ({}, first)):
        with pytest.raises(InputError, match=r"artifacts/empty: changed by hand, and would be lost"):
            store.save(contents, keep)
    assert tree.read("artifacts/empty") == b"edited"
    assert store.save({**FILES, "empty": b"edited"}, {}).changed


def test_a_version_from_before_may_lie_in_the_work_tree(tree: WorkTree, store: ArtifactStore) -> None:
    old = store.save({"a": b"1", "b": b"1"}, {})
    pointer = tree.read("artifacts.dvc")
    store.save({"a": b"2"}, {})
    tree.write("artifacts.dvc", pointer)
    assert store.save({"a": b"3"}, {}).changed
    assert in_tree(tree) == {"a": b"3"}
    assert store.read("b", old.files["b"]) == b"1"


def test_what_is_nowhere_cannot_be_read_or_kept(made: Made, store: ArtifactStore) -> None:
    nowhere = "0" * 32
    with pytest.raises(EnvironmentFault) as caught:
        store.read("a", nowhere)
    assert (caught.value.hint or "").startswith("`dvc pull artifacts.dvc`")
    with pytest.raises(EnvironmentFault) as caught:
        store.save({"b": b"1"}, {"a": nowhere})
    assert (caught.value.hint or "").startswith("`dvc pull artifacts.dvc`")
    assert not made.tree.exists("artifacts/b")


def test_a_missing_object_is_read_from_the_work_tree(made: Made, store: ArtifactStore) -> None:
    files = store.save(FILES, {}).files
    path = "circuits/bell/circuit.qasm"
    made.forget(files[path])
    assert store.read(path, files[path]) == FILES[path]
    with pytest.raises(EnvironmentFault):
        store.read("elsewhere", files[path])


def test_a_damaged_object_is_never_handed_on(made: Made, store: ArtifactStore) -> None:
    files = store.save(FILES, {}).files
    made.damage(files["circuits/bell/circuit.qasm"])
    with pytest.raises(DamageFault, match=r"stored object of artifacts/circuits/bell/circuit\.qasm is damaged"):
        store.read("circuits/bell/circuit.qasm", files["circuits/bell/circuit.qasm"])


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/x",
        "../x",
        "a/../b",
        "a//b",
        "a/",
        "./a",
        ".git/x",
        ".dvcignore",
        "a/.hidden",
        "a\\b",
        "a\nb",
        "\udcff",
    ],
)
def test_paths_that_no_artifact_may_have(tree: WorkTree, store: ArtifactStore, path: str) -> None:
    for act in (
        lambda: store.save({path: b""}, {}),
        lambda: store.save({}, {path: "0" * 32}),
        lambda: store.read(path, "0" * 32),
    ):
        with pytest.raises(InputError, match="is not a path for an artifact"):
            act()
    assert not tree.exists("artifacts.dvc")


def test_no_path_is_a_file_and_a_directory(store: ArtifactStore) -> None:
    with pytest.raises(InputError, match="a/b cannot be a file and a directory at once"):
        store.save({"a/b": b"", "a/b/c/d": b""}, {})


@pytest.mark.parametrize("digest", ["", "../../../../etc/passwd", "0" * 31, "0" * 32 + ".dir", "G" * 32])
def test_only_md5s_name_objects(store: ArtifactStore, digest: str) -> None:
    with pytest.raises(InputError, match="is not an MD5"):
        store.read("a", digest)
    with pytest.raises(InputError, match="is not an MD5"):
        store.save({}, {"a": digest})


def test_nothing_to_push(store: ArtifactStore) -> None:
    with pytest.raises(EnvironmentFault, match=r"there is no artifacts\.dvc to push"):
        store.push()


def test_the_directory(store: ArtifactStore) -> None:
    assert store.directory == "artifacts"
