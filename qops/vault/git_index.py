"""The files as they are staged, which a hook has to judge: the index that git names, and not the work tree."""

import posixpath
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from qops.errors import EnvironmentFault, InputError
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.vault.git_blobs import Blobs
from qops.vault.git_staging import GitOfTheHook
from qops.vault.globbing import Listing, find
from qops.vault.inside import inside

_LINK = "120000"
_MOST_LINKS = 8


class StagedTree:
    """The index of the repository at `root` as a `WorkTree` that cannot be written.

    It is the index that `GIT_INDEX_FILE` names: `git commit --all` and `git commit PATH` have one of their own, which
    the hook has to look into.
    """

    def __init__(self, root: Path) -> None:
        self._git = GitOfTheHook(root)
        self._blobs = Blobs(self._git)

    @property
    def root(self) -> Path:
        """The repository's top directory, absolute."""
        return self._git.root

    def read(self, path: str) -> bytes:
        """The staged content of a file, symbolic links followed.

        Raises:
            InputError: there is none.
        """
        place = self._place(path)
        data = None if place is None else self._blobs.read(f":0:{place}")
        if data is None:
            hint = did_you_mean(path, self._modes)
            raise InputError(f"there is no file {path} among the staged ones", where=Where(path), hint=hint)
        return data

    def exists(self, path: str) -> bool:
        """Whether there is a file."""
        return self._place(path) is not None

    def glob(self, pattern: str) -> tuple[str, ...]:
        """The files that match, sorted; `**` spans directories; hidden directories are left out."""
        found = find(inside(pattern), lambda directory: self._listings.get(directory, Listing()))
        return tuple(path for path in found if self.exists(path))

    def write(self, path: str, data: bytes) -> None:
        """Refused: what is staged is the user's."""
        raise EnvironmentFault(f"{path} is not written into the index ({len(data)} bytes)")

    def touched(self) -> frozenset[str]:
        """The paths that the next commit changes."""
        if not self._has_commits:
            return frozenset(self._modes)
        changed = self._git.run("diff-index", "--cached", "--name-only", "--no-renames", "-z", "HEAD", "--").output
        return frozenset(changed.decode("utf-8", "surrogateescape").split("\0")[:-1])

    def before(self, path: str) -> bytes | None:
        """A file as the last commit has it, None where it has none."""
        return self._blobs.read(f"HEAD:{inside(path)}") if self._has_commits else None

    def _place(self, path: str) -> str | None:
        """Where a file lies once links are followed; None where there is none."""
        place = inside(path)
        for _ in range(_MOST_LINKS):
            mode = self._modes.get(place)
            if mode != _LINK:
                return place if mode else None
            target = (self._blobs.read(f":0:{place}") or b"").decode("utf-8", "replace")
            place = inside(posixpath.join(posixpath.dirname(place), target))
        return None

    @cached_property
    def _has_commits(self) -> bool:
        return self._git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}", accept=(0, 1)).code == 0

    @cached_property
    def _modes(self) -> dict[str, str]:
        """The mode of every file by its path; a submodule is none, and neither is what a merge left in conflict."""
        entries = self._git.run("ls-files", "--stage", "-z").output.decode("utf-8", "surrogateescape").split("\0")[:-1]
        staged = (entry.partition("\t") for entry in entries)
        return {path: facts[:6] for facts, _, path in staged if facts.endswith(" 0") and not facts.startswith("16")}

    @cached_property
    def _listings(self) -> dict[str, Listing]:
        below: defaultdict[str, set[str]] = defaultdict(set)
        files: defaultdict[str, list[str]] = defaultdict(list)
        for path in self._modes:
            directory, _, name = path.rpartition("/")
            files[directory].append(name)
            while directory:
                above, _, name = directory.rpartition("/")
                below[above].add(name)
                directory = above
        return {place: Listing(tuple(below[place]), tuple(files[place])) for place in {*below, *files}}
