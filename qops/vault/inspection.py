"""A store as it lies on the disk: `StoreInspection` is the `Inspection` port."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import md5_of, object_path
from qops.model.custody import Remote, Seen
from qops.vault import disk
from qops.vault.dvc_settings import Settings, read_settings
from qops.vault.hashing import look
from qops.vault.object_cache import ObjectCache, open_cache
from qops.vault.store_scan import scan
from qops.vault.store_site import find_site

Hashed = dict[Path, Seen | None]


class StoreInspection:
    """The store `directory` of the repository at `root`; nothing is written.

    Args:
        root: the repository's top directory, absolute and without links.
        directory: the tracked directory, from the root.
        hashed: what was seen in the places of objects, kept so that none is hashed twice; a repair forgets its own.

    Raises:
        EnvironmentFault: there is no DVC repository around, or its cache is no local directory.
    """

    def __init__(self, root: Path, directory: str, hashed: Hashed) -> None:
        self._site = find_site(root, directory)
        self._root = root
        self._hashed = hashed

    def place(self, digest: str) -> str:
        """Where an object belongs: from the root, or absolute where the cache is elsewhere."""
        return self._shown(self._cache.path(digest))

    def object(self, digest: str) -> Seen | None:
        """What lies in an object's place; None where nothing does."""
        path = self._cache.path(digest)
        if path not in self._hashed:
            self._hashed[path] = look(path, self._shown(path))
        return self._hashed[path]

    def copies(self) -> Mapping[str, Seen]:
        """Everything but directories in the store's work tree, hashed at the first call."""
        return self._copies

    def read(self, digest: str) -> bytes | None:
        """The intact bytes of an object, from the cache or from a copy in the work tree."""
        seen = self.object(digest)
        if seen and seen.md5 == digest.removesuffix(".dir"):
            return self._cache.intact(digest)
        for path, copy in self._copies.items():
            if copy.md5 == digest:
                data = disk.read_or_empty(self._site.directory / path)
                return data if md5_of(data) == digest else None
        return None

    def remotes(self) -> tuple[Remote, ...]:
        """DVC's remotes, the default one first."""
        known = self._settings.remotes.items()
        return tuple(Remote(name, near=directory is not None and directory.is_dir()) for name, directory in known)

    def on_remote(self, name: str, digest: str) -> Seen | None:
        """What lies in an object's place on a remote that is a local directory."""
        directory = self._settings.remotes[name]
        return look(directory / object_path(digest), f"the remote {name}") if directory else None

    def directories(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The tracked directories in the cache that can be read, as MD5 by path."""
        for digest in self._cache.directories():
            with suppress(EnvironmentFault):
                yield digest, self._cache.tree(digest)

    def size(self, digest: str) -> int | None:
        """An object's size in bytes, unread."""
        path = self._cache.path(digest)
        with disk.faults("look at", path):
            try:
                return path.stat().st_size
            except (FileNotFoundError, NotADirectoryError):
                return None

    @cached_property
    def _copies(self) -> dict[str, Seen]:
        directory = self._site.directory
        found = scan(directory)
        places = {path: directory / path for path in sorted((*found.files, *found.strange))}
        return {path: self._copy(place) for path, place in places.items()}

    def _copy(self, place: Path) -> Seen:
        shown = self._shown(place)
        return look(place, shown) or Seen(shown, trouble="its link is broken")

    @cached_property
    def _settings(self) -> Settings:
        return read_settings(self._site.dvc)

    @cached_property
    def _cache(self) -> ObjectCache:
        return open_cache(self._settings)

    def _shown(self, path: Path) -> str:
        plain = Path(os.path.normpath(path))
        return plain.relative_to(self._root).as_posix() if plain.is_relative_to(self._root) else str(plain)
