"""What was measured over time, on the disk: `LocalSeries` is the `SeriesStore` port."""

import os
import stat
from contextlib import closing, suppress
from pathlib import Path

from qops.errors import EnvironmentFault, InputError
from qops.model.ports import ArtifactStore, Saved
from qops.model.where import Where
from qops.vault import atomic, disk, torn
from qops.vault.lock import RepositoryLock
from qops.vault.store_scan import Present, check_paths, scan

_LEFTOVER = ".qops-tmp"


class LocalSeries:
    """The files in the directory of `store`, in the repository at `root`; `lock` is held while one of them changes.

    DVC may have put links into the directory: a file is made the directory's own before anything is added to it, so
    that no object in DVC's cache is ever written to.
    """

    def __init__(self, root: Path, store: ArtifactStore, lock: RepositoryLock) -> None:
        self._store = store
        self._place = Path(os.path.realpath(root)) / store.directory
        self._lock = lock

    @property
    def directory(self) -> str:
        """The tracked directory, from the repository's root."""
        return self._store.directory

    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted."""
        return tuple(sorted(path for path in self._present().files if not _is_leftover(path)))

    def read(self, path: str) -> bytes | None:
        """A file's content, a torn last line included, or None where there is no such file.

        Raises:
            EnvironmentFault: it cannot be read, or the directory was recorded and is not checked out.
        """
        check_paths({path: None})
        place = self._place / path
        with disk.faults("read", place), suppress(FileNotFoundError):
            return place.read_bytes()
        self._must_be_here()
        return None

    def append(self, path: str, lines: bytes, header: bytes) -> None:
        """Add whole lines to a file and flush it, in time that does not hang on its size.

        Raises:
            InputError: the file begins with another line than `header`.
            EnvironmentFault: the disk is full, or the directory was recorded and is not checked out.
        """
        place = self._at(path)
        with self._lock:
            if not place.exists():
                self._replace(place, header + lines)
                return
            if _is_shared(place):
                self._replace(place, place.read_bytes())
            with disk.faults("write", place), closing(_Descriptor(place)) as file:
                if os.pread(file.number, len(header), 0) != header:
                    raise _other_header(f"{self.directory}/{path}")
                file.add(lines, torn.whole(file.number))

    def write(self, path: str, data: bytes) -> None:
        """Make a file hold `data`: written beside, flushed, renamed."""
        place = self._at(path)
        with self._lock:
            self._replace(place, data)

    def save(self) -> Saved:
        """Record all the files as the next version of the directory."""
        with self._lock:
            self._clear_leftovers()
            present = self._present()
            return self._store.save({path: present.read(path) or b"" for path in sorted(present.files)}, {})

    def _at(self, path: str) -> Path:
        check_paths({path: None})
        self._must_be_here()
        return self._place / path

    def _must_be_here(self) -> None:
        pointer = self._place.with_name(f"{self._place.name}.dvc")
        if pointer.exists() and not self._place.exists():
            raise EnvironmentFault(
                f"{self.directory}/ was recorded, and is not checked out",
                hint=f"`dvc pull {pointer.name}` brings it here",
            )

    def _present(self) -> Present:
        return scan(self._place)

    def _replace(self, place: Path, data: bytes) -> None:
        """Put a file of the directory's own into its place; where there was a link, the link goes."""
        fresh = place.with_name(f".{place.name}.own{_LEFTOVER}")
        with disk.faults("write", place):
            place.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(fresh, data)
        with disk.faults("write", place):
            fresh.replace(place)
            disk.flush(place.parent)

    def _clear_leftovers(self) -> None:
        for path in filter(_is_leftover, self._present().files):
            (self._place / path).unlink(missing_ok=True)


class _Descriptor:
    """A file that is open for reading and writing."""

    def __init__(self, place: Path) -> None:
        self.number = os.open(place, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)

    def add(self, lines: bytes, end: int) -> None:
        """Let `lines` follow the first `end` bytes and flush them; what cannot be added whole is not added."""
        os.ftruncate(self.number, end)
        os.lseek(self.number, end, os.SEEK_SET)
        try:
            disk.write_all(self.number, lines)
            os.fsync(self.number)
        except BaseException:
            os.ftruncate(self.number, end)
            raise

    def close(self) -> None:
        """Close it."""
        os.close(self.number)


def _is_shared(place: Path) -> bool:
    """Whether the file is, or may be, an object in DVC's cache: a link, or one that nobody may write to."""
    found = place.lstat()
    return stat.S_ISLNK(found.st_mode) or found.st_nlink > 1 or not found.st_mode & stat.S_IWUSR


def _is_leftover(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(_LEFTOVER)


def _other_header(path: str) -> InputError:
    return InputError(
        f"{path} begins with other columns than this qops writes",
        where=Where(path, 1, 1),
        hint="move it out of the directory, and this command begins a new one",
    )
