"""Paths from the repository's root, as users and files write them: with `/` between, and never leading out."""

import posixpath

from qops.errors import InputError
from qops.model.where import Where


def inside(path: str) -> str:
    """The path in its plain form, without `.` and doubled `/`.

    Raises:
        InputError: it is empty, absolute, leads out of the repository or into `.git`, or is no printable UTF-8.

    >>> inside("./circuits//bell.qasm")
    'circuits/bell.qasm'
    """
    if not path or not path.isprintable():
        raise InputError(f"{path!r} is not a path", hint="a path is made of printable UTF-8 characters")
    if "\\" in path:
        raise InputError(f"{path!r} is not a path in a repository", hint="write it with `/` between directories")
    plain = posixpath.normpath(path)
    if plain.startswith("/") or plain.split("/")[0] == "..":
        raise outside(path)
    refuse_git(plain)
    return plain


def refuse_git(plain: str) -> None:
    """Raise an `InputError` if the path lies in git's own directory."""
    if ".git" in plain.lower().split("/"):
        raise InputError(f"{plain} belongs to git, not to qops")


def outside(path: str) -> InputError:
    """The error for a path that leads out of the repository."""
    return InputError(
        f"{path} is outside of the repository",
        where=Where(path),
        hint="paths start at the repository's top directory and stay inside it, symbolic links included",
    )
