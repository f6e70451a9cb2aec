"""Where a store lies: the tracked directory, its pointer, its line for git, and the DVC repository around it."""

import os
import re
from pathlib import Path

import msgspec

from qops.errors import EnvironmentFault, InputError
from qops.model.where import Where
from qops.vault import disk
from qops.vault.inside import inside

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


class Site(msgspec.Struct, frozen=True):
    """The store's places, absolute; `root` is the repository's top directory, `dvc` DVC's own (`.dvc`)."""

    root: Path
    directory: Path
    dvc: Path

    @property
    def pointer(self) -> Path:
        """The `.dvc` file."""
        return self.directory.with_name(f"{self.directory.name}.dvc")

    @property
    def gitignore(self) -> Path:
        """The file in which git is told to pass the store by."""
        return self.directory.with_name(".gitignore")

    def shown(self, path: Path) -> str:
        """A path as the user knows it: from the repository's top directory."""
        return path.relative_to(self.root).as_posix()


def find_site(root: Path, directory: str) -> Site:
    """The site of the store `directory`, a path from the repository's top directory `root`.

    Raises:
        InputError: the directory cannot be a store: outside of the repository, through a link, not a directory.
        EnvironmentFault: there is no DVC repository around it.
    """
    place = root / checked_directory(directory)
    with disk.faults("look at", place):
        _refuse_links(place, directory)
        if place.exists() and not place.is_dir():
            raise InputError(f"the store {directory} is a file, not a directory", where=Where(directory))
        around = (above for above in place.parents if above.is_relative_to(root) and (above / ".dvc").is_dir())
        home = next(around, None)
    if home is None:
        raise EnvironmentFault(f"DVC is not initialised in {root}", hint="`qops init`")
    return Site(root, place, home / ".dvc")


def _refuse_links(place: Path, directory: str) -> None:
    for file in (place, place.with_name(f"{place.name}.dvc"), place.with_name(".gitignore")):
        if Path(os.path.realpath(file)) != file:
            raise InputError(
                f"the way to {file.name} of the store {directory} leads through a symbolic link",
                hint="DVC tracks real directories, beside real files: name one as `store` in qops.yaml",
            )


def checked_directory(directory: str) -> str:
    """The store's directory in its plain form.

    Raises:
        InputError: it leads out of the repository, or its name is not one that DVC writes plainly.
    """
    plain = inside(directory)
    if not _NAME.fullmatch(plain.rpartition("/")[2]):
        raise InputError(
            f"{directory!r} is not a name that qops can give the store",
            hint="choose a name that begins with a letter and has only letters, digits and `._-`",
        )
    return plain
