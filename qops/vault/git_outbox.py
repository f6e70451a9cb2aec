"""What a push is about to send, and what DVC's default remote has of it."""

from pathlib import Path

from qops.formats.dvc_files import Pointer, object_path
from qops.vault import disk
from qops.vault.dvc_settings import Settings, read_settings
from qops.vault.git_history import GitHistory
from qops.vault.git_process import Git
from qops.vault.object_cache import ObjectCache
from qops.vault.store_site import find_site


class LocalOutbox:
    """The outbox of the repository at `root`, for git's remote called `name`."""

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._name = name
        self._git = Git(root)
        self._history = GitHistory(root)

    def commits(self, local: str, remote: str, path: str) -> tuple[str, ...]:
        """The commits below `local` that changed a file, and that git's remote lacks, whose branch is at `remote`."""
        known = remote.strip("0") and self._git.run("cat-file", "-e", remote, accept=(0, 1, 128)).code == 0
        there = (f"^{remote}",) if known else ("--not", f"--remotes={self._name}")
        listed = self._git.run("rev-list", "--full-history", local, *there, "--", path)
        return tuple(listed.text.split())

    def read(self, revision: str, path: str) -> bytes | None:
        """A file's content at a revision, or None where it is absent there."""
        return self._history.read(revision, path)

    def remote(self, store: str) -> str | None:
        """The name of DVC's default remote, None where there is none."""
        return next(iter(self._settings(store).remotes), None)

    def lacking(self, store: str, pointer: Pointer) -> int | None:
        """How many objects of a version are not on that remote; None where it cannot be looked at from here."""
        settings = self._settings(store)
        place = next(iter(settings.remotes.values()), None)
        if place is None:
            return None
        sources = [ObjectCache(directory) for directory in (settings.cache, place) if directory]
        files = next((tree for cache in sources if (tree := cache.tree(pointer.md5))), {})
        with disk.faults("look into", place):
            return sum(not (place / object_path(digest)).exists() for digest in {pointer.md5, *files.values()})

    def _settings(self, store: str) -> Settings:
        return read_settings(find_site(self._root, store).dvc)
