"""The real `Surroundings`: what `qops doctor` looks at."""

import fcntl
import os
from functools import cached_property
from importlib import metadata
from pathlib import Path

from qops import world
from qops.vault import git_process
from qops.vault.dvc_customs import reasons_for_dvc
from qops.vault.dvc_settings import read_settings
from qops.vault.git_history import GitHistory
from qops.vault.root import find_root
from qops.vault.store_site import find_site
from qops.vault.worktree import LocalTree


class LocalSurroundings:
    """The surroundings of the directory `start`."""

    def __init__(self, start: Path) -> None:
        self._start = start

    def version(self, package: str) -> str | None:
        """The installed version of a Python package."""
        return installed_version(package)

    def git_version(self) -> str:
        """The version of git, as in `2.39.5`."""
        return git_process.Git(self._start).run("version").text.split()[2]

    def git_variables(self) -> tuple[str, ...]:
        """The `GIT_` variables in force that qops keeps from git."""
        kept_back = world.environment_without(frozenset()).keys() - git_process.environment().keys()
        return tuple(sorted(name for name in kept_back if name.startswith("GIT_")))

    def files(self) -> LocalTree:
        """The work tree around."""
        return LocalTree(self._root)

    def head(self) -> str | None:
        """The full hash of HEAD."""
        return GitHistory(self._root).head()

    def shallow(self) -> bool:
        """Whether the history ends early."""
        return GitHistory(self._root).shallow()

    def reasons_for_dvc(self, store: str) -> tuple[str, ...]:
        """Why the store is written by `dvc add`."""
        site = find_site(self._root, store)
        return reasons_for_dvc(site, read_settings(site.dvc), git_process.Git(self._root))

    def lock_holder(self) -> str | None:
        """Who holds the repository's lock: what is written in it, if it cannot be had."""
        try:
            with (self._root / ".qops" / "lock").open(encoding="utf-8", errors="replace") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return lock.read(500).strip() or "a process that is just starting"
        except OSError:
            return None
        return None

    def writable(self, path: str) -> bool:
        """Whether the file, or the nearest directory above it that exists, may be written."""
        place = self._root / path
        while not place.exists():
            place = place.parent
        return os.access(place, os.W_OK)

    @cached_property
    def _root(self) -> Path:
        return find_root(self._start)


def installed_version(package: str) -> str | None:
    """The version of a Python package, read without importing it; None where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
