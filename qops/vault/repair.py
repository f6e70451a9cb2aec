"""Objects put right: `StoreRepair` is the `Repair` port.

Killed anywhere, it leaves each object intact, damaged as it was, or missing with its damaged bytes set aside; a second
run goes on from there.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

from qops.errors import EnvironmentFault
from qops.vault import atomic, disk, durable
from qops.vault.dvc_command import dvc
from qops.vault.dvc_locks import dvc_locks
from qops.vault.dvc_settings import read_settings
from qops.vault.inspection import Hashed
from qops.vault.lock import Patience
from qops.vault.object_cache import open_cache
from qops.vault.slot import Slot
from qops.vault.store_site import find_site

QUARANTINE = ".qops/quarantine"


class StoreRepair:
    """The cache behind the store `directory` of the repository at `root`. The caller holds the repository's lock.

    Args:
        root: the repository's top directory, absolute and without links.
        directory: the tracked directory, from the root.
        hashed: what an inspection has seen, from which it shall forget what changes here.
        patience: how long to wait for a running DVC command.
    """

    def __init__(self, root: Path, directory: str, hashed: Hashed, patience: Patience | None = None) -> None:
        self._site = find_site(root, directory)
        self._cache = open_cache(read_settings(self._site.dvc))
        self._hashed = hashed
        self._patience = patience or Patience()
        self._wanted = self._site.dvc.parent / "qops-heal.dvc"

    def clear_leftover(self) -> None:
        """Remove what a killed repair was just writing; what it set aside stays."""
        self._cache.clear_leftover()
        for path in (self._wanted, atomic.beside(self._wanted)):
            Slot(path).clear()

    def put(self, digest: str, data: bytes) -> str | None:
        """Store the intact bytes of an object; where that is now which they replace.

        Raises:
            EnvironmentFault: DVC is busy, the disk is full, …
        """
        with self._locked():
            aside = self._set_aside(digest)
            durable.flush([self._cache.put(digest, data)])
        return self._shown(aside)

    def fetch(self, remote: str, digests: Sequence[str]) -> dict[str, str | None]:
        """Have DVC bring objects from a remote; those that came intact, with what `put` would return.

        DVC believes what it finds in the cache, and looks neither at that nor at what it brings: the places are
        cleared first, and what came is hashed.

        Raises:
            EnvironmentFault: DVC is busy or failed, and brought nothing.
        """
        with self._locked():
            aside = {digest: self._set_aside(digest) for digest in digests}
        failed: EnvironmentFault | None = None
        try:
            self._run_dvc(remote, digests)
        except EnvironmentFault as fault:
            failed = fault
        finally:
            with self._locked():
                came = [digest for digest in digests if self._keep(digest, aside[digest])]
                durable.flush([self._cache.path(digest) for digest in came])
                self._forget_missing()
        if failed and not came:
            raise failed
        return {digest: self._shown(aside[digest]) for digest in came}

    def _run_dvc(self, remote: str, digests: Iterable[str]) -> None:
        """DVC fetches what a `.dvc` file names: write one that names just these objects, for as long as that takes."""
        outputs = "".join(f"- md5: '{digest}'\n  hash: md5\n  path: '{digest}'\n" for digest in digests)
        try:
            atomic.write(self._wanted, f"outs:\n{outputs}".encode())
            dvc(self._wanted.parent, "fetch", "--remote", remote, self._wanted.name)
        finally:
            self.clear_leftover()

    def _forget_missing(self) -> None:
        """With a directory DVC brings its files too."""
        for path in [path for path, seen in self._hashed.items() if seen is None]:
            del self._hashed[path]

    def _keep(self, digest: str, aside: Path | None) -> bool:
        """Whether an object came intact; otherwise its place is given back to what was there."""
        if self._cache.intact(digest) is not None:
            return True
        self._cache.drop(digest)
        if aside:
            _move(aside, self._cache.path(digest))
        return False

    def _set_aside(self, digest: str) -> Path | None:
        """Move what lies in an object's place to the quarantine."""
        place = self._cache.path(digest)
        self._hashed.pop(place, None)
        if not os.path.lexists(place):
            return None
        target = next(path for path in self._names(digest) if not path.exists())
        with disk.faults("make", target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
        _move(place, target)
        return target

    def _names(self, digest: str) -> Iterator[Path]:
        quarantine = self._site.root / QUARANTINE
        yield quarantine / digest
        yield from (quarantine / f"{digest}-{number}" for number in count(2))

    def _locked(self) -> AbstractContextManager[None]:
        return dvc_locks(self._site.dvc, (self._site.directory, self._site.pointer), self._patience)

    def _shown(self, aside: Path | None) -> str | None:
        return self._site.shown(aside) if aside else None


def _move(source: Path, target: Path) -> None:
    """Rename, or between file systems copy, flush and remove."""
    with disk.faults("move", source):
        shutil.move(source, target)
