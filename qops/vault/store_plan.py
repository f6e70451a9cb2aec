"""What a save will do to a store, decided before anything is written.

A file in the work tree is replaced or removed only if a version of the store once held that very content at that very
path, and its bytes are in the cache, or go there first. So nothing of the user's is lost, and what a killed save left
behind is known for what it is: its tree is in the cache before its first file is in the work tree.
"""

from collections.abc import Collection, Container, Iterator, Mapping

import msgspec

from qops.errors import InputError
from qops.formats.dvc_files import Pointer, StoredFile, directory_object, md5_of, pointer_to
from qops.vault.object_cache import ObjectCache, checked_digest, damaged, missing
from qops.vault.store_scan import Present

_SHOWN = 5


class Plan(msgspec.Struct, frozen=True):
    """What to write: `objects` by MD5, `copies` by path; what to remove; and the pointer that will stand.

    `rescued` are the objects of bytes that will go from the work tree and are not in the cache.
    """

    files: dict[str, StoredFile]
    pointer: Pointer
    objects: dict[str, bytes]
    rescued: dict[str, bytes]
    copies: dict[str, bytes]
    removals: tuple[str, ...]


class Planner:
    """Compares what a store shall hold with what its cache and its work tree hold."""

    def __init__(self, store: str, cache: ObjectCache, present: Present) -> None:
        self._store = store
        self._cache = cache
        self._present = present
        self._files: dict[str, StoredFile] = {}
        self._objects: dict[str, bytes] = {}
        self._copies: dict[str, bytes] = {}
        self._replaced: dict[str, bytes] = {}

    def plan(self, contents: Mapping[str, bytes], keep: Mapping[str, str], previous: Pointer | None) -> Plan:
        """The plan to hold `contents` and the files of `keep`, and nothing else.

        Raises:
            InputError: a file of the user's own is in the way.
            EnvironmentFault: a file to keep is nowhere to be found.
        """
        for path, data in contents.items():
            self._want(path, md5_of(data), data)
        for path, digest in keep.items():
            self._want(path, digest, self._kept(path, checked_digest(digest)))
        removed = {path: self._present.read(path) or b"" for path in self._present.files - self._files.keys()}
        gone = self._replaced | removed
        self._refuse_the_users_own(gone, previous)
        pointer = pointer_to(self._store.rpartition("/")[2], self._files)
        self._store_object(pointer.md5, directory_object(self._files))
        rescued = {md5_of(data): data for data in gone.values() if self._cache.bytes_at(md5_of(data)) != data}
        return Plan(self._files, pointer, self._objects, rescued, self._copies, tuple(sorted(removed)))

    def _want(self, path: str, digest: str, data: bytes) -> None:
        self._files[path] = StoredFile(digest, len(data))
        self._store_object(digest, data)
        found = self._present.read(path)
        if found == data:
            return
        self._copies[path] = data
        if found is not None:
            self._replaced[path] = found

    def _store_object(self, digest: str, data: bytes) -> None:
        if digest not in self._objects and self._cache.bytes_at(digest) != data:
            self._objects[digest] = data

    def _kept(self, path: str, digest: str) -> bytes:
        stored = self._cache.intact(digest)
        if stored is not None:
            return stored
        copy = self._present.read(path)
        if copy is not None and md5_of(copy) == digest:
            return copy
        if self._cache.bytes_at(digest) is not None:
            raise damaged(self._cache.path(digest), self._store, path)
        raise missing(self._store, path, digest)

    def _refuse_the_users_own(self, gone: Mapping[str, bytes], previous: Pointer | None) -> None:
        unknown = {(path, md5_of(data)) for path, data in gone.items()}
        trees = self._trees(previous)
        while unknown and (tree := next(trees, None)) is not None:
            unknown = {(path, digest) for path, digest in unknown if tree.get(path) != digest}
        if own := {path for path, _ in unknown}.union(self._present.strange):
            raise would_be_lost(self._store, own, self._files)

    def _trees(self, previous: Pointer | None) -> Iterator[dict[str, str]]:
        """Every version of the store that can be known, the likeliest first."""
        if previous:
            yield self._cache.tree(previous.md5)
            yield self._work_tree_as(previous)
        yield from self._cache.trees()

    def _work_tree_as(self, previous: Pointer) -> dict[str, str]:
        """The previous version told from the work tree itself: it is that version if their MD5s are the same."""
        contents = {path: self._present.read(path) or b"" for path in self._present.files}
        files = {path: StoredFile(md5_of(data), len(data)) for path, data in contents.items()}
        same = pointer_to(previous.path, files).md5 == previous.md5
        return {path: file.md5 for path, file in files.items()} if same else {}


def would_be_lost(store: str, own: Collection[str], wanted: Container[str]) -> InputError:
    """The error for files `own` of the user's in a store; those that are also `wanted` are artifacts edited by hand."""
    paths = sorted(f"{store}/{path}" for path in own)
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    done = "changed" if any(path in wanted for path in own) else "put there"
    return InputError(
        f"{', '.join(paths[:_SHOWN])}{more}: {done} by hand, and would be lost",
        hint=f"move it out of {store}, or let DVC put its own version back: `dvc checkout {store}.dvc`",
    )
