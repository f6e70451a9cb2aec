"""A work tree in a dictionary."""

from collections.abc import Mapping
from pathlib import Path

from qops.errors import InputError
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.vault.globbing import Listing, find
from qops.vault.inside import inside


class MemoryTree:
    """The `WorkTree` of `files`, bytes by path; it says that it lies at `root`, where nothing needs to be."""

    def __init__(self, files: Mapping[str, bytes] | None = None, root: Path = Path("/memory")) -> None:
        self.files = dict(files or {})
        self._root = root

    @property
    def root(self) -> Path:
        """The directory that the repository would have."""
        return self._root

    def read(self, path: str) -> bytes:
        """The file's content.

        Raises:
            InputError: there is none, or the path leads out of the repository.
        """
        plain = inside(path)
        if plain in self.files:
            return self.files[plain]
        if self._is_directory(plain):
            raise InputError(f"{path} is a directory, not a file", where=Where(path))
        raise InputError(f"there is no file {path}", where=Where(path), hint=did_you_mean(path, self.files))

    def exists(self, path: str) -> bool:
        """Whether there is a file."""
        return inside(path) in self.files

    def glob(self, pattern: str) -> tuple[str, ...]:
        """The files that match, sorted."""
        return find(inside(pattern), self._listing)

    def write(self, path: str, data: bytes) -> None:
        """Make the file hold `data`."""
        plain = inside(path)
        if self._is_directory(plain):
            raise InputError(f"{path} is a directory, not a file", where=Where(path))
        self.files[plain] = bytes(data)

    def _is_directory(self, plain: str) -> bool:
        return any(path.startswith(f"{plain}/") for path in self.files)

    def _listing(self, directory: str) -> Listing:
        prefix = f"{directory}/" if directory else ""
        below = [path.removeprefix(prefix).split("/") for path in self.files if path.startswith(prefix)]
        directories = sorted({parts[0] for parts in below if len(parts) > 1})
        return Listing(tuple(directories), tuple(parts[0] for parts in below if len(parts) == 1))
