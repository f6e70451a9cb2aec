"""The directory that DVC tracks: `DvcStore` is the `ArtifactStore` port."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from qops.errors import EnvironmentFault, InputError
from qops.formats.dvc_files import Pointer, md5_of, read_pointer, write_pointer
from qops.model.ports import Saved
from qops.model.where import Where
from qops.vault import disk, store_push, store_writing
from qops.vault.dvc_customs import has_line, ignore_line, reasons_for_dvc
from qops.vault.dvc_locks import dvc_locks
from qops.vault.dvc_settings import Settings, read_settings
from qops.vault.git_process import Git
from qops.vault.lock import Patience, RepositoryLock
from qops.vault.object_cache import ObjectCache, checked_digest, damaged, missing, open_cache
from qops.vault.store_plan import Plan, Planner
from qops.vault.store_scan import check_paths, scan
from qops.vault.store_site import Site, checked_directory, find_site


class DvcStore:
    """The store `directory` of the repository at `root`, in DVC's own format.

    With DVC's settings at their defaults its files are written directly, some ten times faster than `dvc add`;
    otherwise through `dvc add`. Either way they are the same, byte for byte, and DVC needs no qops to use them.

    Args:
        root: the repository's top directory, absolute and without links.
        directory: the tracked directory, from the root.
        lock: the repository's lock; `save` enters it.
        patience: how long to wait for a running DVC command.
    """

    def __init__(self, root: Path, directory: str, lock: RepositoryLock, patience: Patience | None = None) -> None:
        self._root = Path(os.path.realpath(root))
        self._directory = checked_directory(directory)
        self._lock = lock
        self._patience = patience or Patience()
        self._git = Git(self._root)

    @property
    def directory(self) -> str:
        """The tracked directory, from the repository's root."""
        return self._directory

    def save(self, contents: Mapping[str, bytes], keep: Mapping[str, str]) -> Saved:
        """Make the directory hold `contents` and, unchanged, the files of `keep` (path → MD5); nothing else.

        Killed at any point and called again, it ends as if it had been called once. Where nothing differs, nothing
        is written; a damaged object or a missing copy is mended.

        Raises:
            InputError: a file of the user's own would be lost, git tracks the directory, the pointer is damaged, …;
                nothing is written then.
            EnvironmentFault: DVC is not initialised or busy, a file to keep is missing, the disk is full, …
        """
        check_paths({**contents, **keep})
        site = self._site
        with self._lock:
            through_dvc = bool(reasons_for_dvc(site, self._settings, self._git))
            with dvc_locks(site.dvc, (site.directory, site.pointer), self._patience):
                plan = self._plan(contents, keep)
                changed = self._differs(plan) or not (through_dvc or has_line(site))
                if changed:
                    self._refuse_tracked()
                    write = store_writing.prepare_for_dvc if through_dvc else store_writing.write_directly
                    write(site, self._cache, plan)
            if changed and through_dvc:
                store_writing.write_through_dvc(site, plan)
            return Saved({path: file.md5 for path, file in plan.files.items()}, self._to_stage(), changed)

    def read(self, path: str, md5: str) -> bytes:
        """An artifact by its MD5: from DVC's cache, else from the work tree if its copy there is the same.

        Raises:
            DamageFault: its object in the cache is damaged.
            EnvironmentFault: it is in neither.
        """
        check_paths({path: md5})
        data = self._cache.bytes_at(checked_digest(md5))
        if data is not None:
            return self._verified(data, md5, path)
        copy = disk.read_or_empty(self._site.directory / path)
        if md5_of(copy) == md5:
            return copy
        raise missing(self._directory, path, md5)

    def push(self) -> None:
        """`dvc push` of the directory, after a look at every object: DVC would hand on a damaged one in silence."""
        pointer = self._pointer()
        if pointer is None:
            raise EnvironmentFault(f"there is no {self._directory}.dvc to push", hint="`qops snapshot`")
        files = self._cache.tree(pointer.md5)
        for path, digest in {"": pointer.md5, **files}.items():
            data = self._cache.bytes_at(digest)
            if data is not None:
                self._verified(data, digest, path)
        store_push.push(self._site, self._settings, pointer, files)

    @cached_property
    def _site(self) -> Site:
        return find_site(self._root, self._directory)

    @cached_property
    def _settings(self) -> Settings:
        return read_settings(self._site.dvc)

    @cached_property
    def _cache(self) -> ObjectCache:
        return open_cache(self._settings)

    def _pointer(self) -> Pointer | None:
        data = disk.read_or_empty(self._site.pointer)
        return read_pointer(data, self._site.shown(self._site.pointer)) if data else None

    def _plan(self, new: Mapping[str, bytes], keep: Mapping[str, str]) -> Plan:
        self._cache.clear_leftover()
        store_writing.clear_leftover(self._site)
        present = scan(self._site.directory)
        return Planner(self._directory, self._cache, present).plan(new, keep, self._pointer())

    def _differs(self, plan: Plan) -> bool:
        pending = plan.objects or plan.copies or plan.removals
        return bool(pending) or disk.read_or_empty(self._site.pointer) != write_pointer(plan.pointer)

    def _refuse_tracked(self) -> None:
        tracked = self._git.run("ls-files", "-z", "--", self._directory).output
        if tracked:
            first = tracked.split(b"\0")[0].decode("utf-8", "replace")
            raise InputError(
                f"git tracks {first}, which DVC would have to track",
                where=Where(first),
                hint=f"take it out of git, keeping the files: `git rm -r --cached {self._directory}`",
            )

    def _to_stage(self) -> tuple[str, ...]:
        """The pointer, and `.gitignore` for as long as its line is not committed."""
        pointer, ignore = self._site.shown(self._site.pointer), self._site.shown(self._site.gitignore)
        committed = self._git.run("cat-file", "-p", f"HEAD:{ignore}", accept=(0, 128)).output
        pending = has_line(self._site) and ignore_line(self._site) not in committed.splitlines()
        return (ignore, pointer) if pending else (pointer,)

    def _verified(self, data: bytes, digest: str, path: str) -> bytes:
        if md5_of(data) == digest.removesuffix(".dir"):
            return data
        raise damaged(self._cache.path(digest), self._directory, path)
