"""DVC's own text formats, byte for byte as DVC 3 writes them: the `.dvc` pointer and the `.dir` object.

A tracked directory is one JSON list of (MD5, path) pairs, stored in the cache under its own MD5 with `.dir` after it;
the `.dvc` file in git names that object. The tests hold both against the real `dvc add`.

References:
    [1] https://dvc.org/doc/user-guide/project-structure/dvc-files
    [2] https://dvc.org/doc/user-guide/project-structure/internal-files#directories
"""

import json
import re
from collections.abc import Mapping
from hashlib import md5
from typing import Annotated

import msgspec

from qops.errors import EnvironmentFault, InputError
from qops.formats.conflicts import refuse_conflicts
from qops.model.where import Where

_POINTER = re.compile(
    r"outs:\r?\n"
    r"- md5: (?P<md5>[0-9a-f]{32}\.dir)\r?\n"
    r"  size: (?P<size>[0-9]{1,18})\r?\n"
    r"  nfiles: (?P<nfiles>[0-9]{1,18})\r?\n"
    r"  hash: md5\r?\n"
    r"  path: (?P<path>[A-Za-z][A-Za-z0-9._-]*)\r?\n",
)
_UNSAFE_PART = re.compile(r"(?:^|/)(?:\.{0,2})(?:/|$)|[\\\0]")


class StoredFile(msgspec.Struct, frozen=True):
    """A file as DVC knows it: the MD5 of its content, 32 hexadecimal digits, and its size in bytes."""

    md5: str
    size: int


class Pointer(msgspec.Struct, frozen=True):
    """The content of a `.dvc` file that tracks one directory.

    `md5` ends in `.dir`; `size` is the sum over the files in bytes, `nfiles` their number; `path` is the directory's
    name beside the `.dvc` file: a letter, then letters, digits and `._-`.
    """

    md5: str
    size: int
    nfiles: int
    path: str


class _Entry(msgspec.Struct, frozen=True):
    """One file in a `.dir` object; what is no MD5 could name any file of the disk as an object."""

    md5: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    relpath: str


def md5_of(data: bytes) -> str:
    """The MD5 by which DVC names a file of this content.

    >>> md5_of(b"")
    'd41d8cd98f00b204e9800998ecf8427e'
    """
    return md5(data, usedforsecurity=False).hexdigest()


def directory_object(files: Mapping[str, StoredFile]) -> bytes:
    """The `.dir` object of a directory: its files by their paths within it, with `/` between.

    >>> directory_object({"a/b.qasm": StoredFile(md5_of(b""), 0)})
    b'[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a/b.qasm"}]'
    """
    entries = [{"md5": files[path].md5, "relpath": path} for path in sorted(files)]
    return json.dumps(entries).encode()


def read_directory_object(data: bytes, file: str) -> dict[str, str]:
    """MD5 by path, from a `.dir` object; `file` is its name for errors.

    Raises:
        EnvironmentFault: the object is damaged, or a path in it would leave the directory.
    """
    try:
        entries = msgspec.json.decode(data, type=list[_Entry])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise EnvironmentFault(
            f"the directory object is damaged: {problem}",
            where=Where(file),
            hint="fetch it again with `dvc fetch`",
        ) from problem
    for entry in entries:
        if _UNSAFE_PART.search(entry.relpath):
            raise EnvironmentFault(
                f"the directory object names {entry.relpath!r}, which is not a path inside the directory",
                where=Where(file),
            )
    files = {entry.relpath: entry.md5 for entry in entries}
    if len(files) < len(entries):
        raise EnvironmentFault("the directory object names a path twice", where=Where(file))
    return files


def pointer_to(path: str, files: Mapping[str, StoredFile]) -> Pointer:
    """The pointer to a directory called `path` that holds `files`."""
    digest = md5_of(directory_object(files)) + ".dir"
    return Pointer(digest, sum(file.size for file in files.values()), len(files), path)


def write_pointer(pointer: Pointer) -> bytes:
    """The `.dvc` file, as `dvc add` writes it.

    Raises:
        InputError: the directory's name would need YAML quotes.
    """
    text = (
        "outs:\n"
        f"- md5: {pointer.md5}\n"
        f"  size: {pointer.size}\n"
        f"  nfiles: {pointer.nfiles}\n"
        "  hash: md5\n"
        f"  path: {pointer.path}\n"
    )
    if not _POINTER.fullmatch(text) or pointer.path.lower() in {"null", "true", "false"}:
        raise InputError(
            f"{pointer.path!r} is not a name that qops can give the store",
            hint="choose a name that begins with a letter and has only letters, digits and `._-`",
        )
    return text.encode()


def read_pointer(data: bytes, file: str) -> Pointer:
    """The pointer in a `.dvc` file called `file`, if it is of the one kind that `dvc add DIRECTORY` writes.

    Raises:
        InputError: it is something else: damaged, in conflict, or with settings of its own (`remote`, `desc`, …).
    """
    text = data.decode("utf-8", "replace")
    refuse_conflicts(text, file, f"run `git checkout --ours -- {file}`, then `qops snapshot`, which writes it anew")
    found = _POINTER.fullmatch(text)
    if not found:
        raise InputError(
            "this is not the pointer to one directory that `dvc add` writes",
            where=Where(file),
            hint=f"`git checkout -- {file}` brings back the committed one",
        )
    return Pointer(found["md5"], int(found["size"]), int(found["nfiles"]), found["path"])


def object_path(digest: str) -> str:
    """Where an object lies in a cache or a remote, from its MD5 (with `.dir` after it for a directory).

    >>> object_path("d41d8cd98f00b204e9800998ecf8427e")
    'files/md5/d4/1d8cd98f00b204e9800998ecf8427e'
    """
    return f"files/md5/{digest[:2]}/{digest[2:]}"
