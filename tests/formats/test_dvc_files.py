from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault, InputError
from qops.formats import dvc_files
from qops.formats.dvc_files import Pointer, StoredFile

CONTENTS = {
    "circuits/ansatz/circuit.qasm": b"OPENQASM 3.0;\n",
    "circuits/ansatz/parameters.csv": b"parameter,value\n",
    "circuits-extra": b"a name that sorts between a directory and its files",
    "circuits.d/x": b"",
    "é/\u03b8 \U0001f600.qasm": b"non-ASCII",
    'quote"d': b"same",
    "again": b"same",
}
POINTER = Pointer("0123456789abcdef0123456789abcdef.dir", 12, 3, "artifacts")


def stored(contents: dict[str, bytes]) -> dict[str, StoredFile]:
    return {path: StoredFile(dvc_files.md5_of(data), len(data)) for path, data in contents.items()}


@pytest.mark.parametrize("store", ["artifacts", "deep/down/no"])
@pytest.mark.parametrize("contents", [CONTENTS, {}], ids=["files", "empty"])
def test_the_real_dvc_writes_the_same_bytes(
    repository: Path, dvc: Callable[..., None], store: str, contents: dict[str, bytes]
) -> None:
    directory = repository / store
    directory.mkdir(parents=True)
    for path, data in contents.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(data)
    dvc("add", "-q", store)

    pointer = dvc_files.pointer_to(directory.name, stored(contents))
    written = (repository / f"{store}.dvc").read_bytes()
    assert dvc_files.write_pointer(pointer) == written
    assert dvc_files.read_pointer(written, "artifacts.dvc") == pointer
    cached = (repository / ".dvc/cache" / dvc_files.object_path(pointer.md5)).read_bytes()
    assert dvc_files.directory_object(stored(contents)) == cached


def test_a_directory_object_is_read_back() -> None:
    data = dvc_files.directory_object(stored(CONTENTS))
    assert dvc_files.read_directory_object(data, "x.dir") == {path: file.md5 for path, file in stored(CONTENTS).items()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"{}",
        b"[1]",
        b'[{"md5": "a"}]',
        b'[{"md5": "a", "relpath": "a"}]',
        b"[" * 5000,
        b"\xff",
        b'[{"md5": "\xdd", "relpath": "a"}]',
    ],
)
def test_a_damaged_directory_object_is_a_fault_of_the_store(data: bytes) -> None:
    with pytest.raises(EnvironmentFault, match="damaged") as caught:
        dvc_files.read_directory_object(data, "x.dir")
    assert str(caught.value.where) == "x.dir"


@pytest.mark.parametrize("path", ["../x", "a/../b", "/etc/passwd", "", ".", "a//b", "a/", "a\\b", "a\\u0000"])
def test_a_directory_object_cannot_reach_outside(path: str) -> None:
    data = f'[{{"md5": "{"0" * 32}", "relpath": "{path}"}}]'.replace("a\\b", "a\\\\b").encode()
    with pytest.raises(EnvironmentFault, match="not a path inside"):
        dvc_files.read_directory_object(data, "x.dir")


def test_harmless_dots_in_paths_are_accepted() -> None:
    data = b'[{"md5": "00000000000000000000000000000000", "relpath": "a..b/...c/.d"}]'
    assert dvc_files.read_directory_object(data, "x.dir") == {"a..b/...c/.d": "0" * 32}


@pytest.mark.parametrize("digest", ["../../" + "a" * 26, "0" * 31, "0" * 32 + "\\n", "A" * 32, "0" * 32 + ".dir"])
def test_what_is_no_md5_names_no_object(digest: str) -> None:
    data = f'[{{"md5": "{digest}", "relpath": "a"}}]'.encode()
    with pytest.raises(EnvironmentFault, match="damaged"):
        dvc_files.read_directory_object(data, "x.dir")


def test_a_path_that_is_named_twice_is_damage() -> None:
    data = dvc_files.directory_object(stored({"a": b"1"})).replace(
        b"]", b', {"md5": "' + b"0" * 32 + b'", "relpath": "a"}]'
    )
    with pytest.raises(EnvironmentFault, match="names a path twice"):
        dvc_files.read_directory_object(data, "x.dir")


def test_a_pointer_that_windows_checked_out_is_read() -> None:
    data = dvc_files.write_pointer(POINTER).replace(b"\n", b"\r\n")
    assert dvc_files.read_pointer(data, "artifacts.dvc") == POINTER


@pytest.mark.parametrize("extra", [b"  desc: mine\n", b"meta:\n  owner: me\n", b"- md5: 0\n", b"\0"])
def test_a_pointer_with_more_in_it_is_refused(extra: bytes) -> None:
    with pytest.raises(InputError, match="not the pointer"):
        dvc_files.read_pointer(dvc_files.write_pointer(POINTER) + extra, "artifacts.dvc")


def test_a_conflict_in_a_pointer_is_named_with_its_line() -> None:
    ours = dvc_files.write_pointer(POINTER).replace(b"- md5", b"<<<<<<< HEAD\n- md5")
    with pytest.raises(InputError, match="merge conflict") as caught:
        dvc_files.read_pointer(ours, "artifacts.dvc")
    assert str(caught.value.where) == "artifacts.dvc:2:1"
    assert "qops snapshot" in str(caught.value.hint)


@pytest.mark.parametrize("path", ["1e3", "True", "null", "a b", "", "a/b", "é", "a\nb"])
def test_a_name_that_yaml_would_quote_is_refused(path: str) -> None:
    with pytest.raises(InputError, match="not a name"):
        dvc_files.write_pointer(Pointer(POINTER.md5, 1, 1, path))
