"""Gather two files that the user named: on disk, at a revision, or from standard input. No manifest is needed."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from qops.diff.versions import Gathered, Pair, Version
from qops.errors import InputError
from qops.formats import parameters_csv
from qops.model.ports import Ports
from qops.recorded import records

_SUFFIXES = (".qasm", ".qpy", ".csv")
_INPUT = "-"


def names_a_file(text: str | None) -> bool:
    """Whether `text` is written like a file, `REV:path` or `-`, and not like a revision.

    >>> names_a_file("BELL.QASM"), names_a_file("HEAD~1:bell.qasm"), names_a_file("v0.1.0")
    (True, True, False)
    """
    return text is not None and (text == _INPUT or ":" in text or text.lower().endswith(_SUFFIXES))


def gather(ports: Ports, a: str, b: str | None, standard_input: Callable[[], bytes]) -> Gathered:
    """The one pair of two files; without `b`, of `REV:path` and the same file as it is.

    Raises:
        InputError: a file is not there or not right, or there is nothing to compare it with.
    """
    alone = b is None and _is_at_revision(ports, a)
    if not alone and (b is None or not names_a_file(a) or not names_a_file(b) or a == b == _INPUT):
        raise _nothing_beside(a, b)
    old = _file(ports, a, standard_input)
    new = _File(old.name, old.name, ports.tree.read(old.name)) if b is None else _file(ports, b, standard_input)
    if old.holds_values != new.holds_values and _INPUT not in {a, b}:
        raise InputError(f"{a} and {b} are not the same kind of file", hint="compare two circuits, or two .csv files")
    read = _values if old.holds_values or new.holds_values else _circuit
    name = old.name if b == _INPUT else new.name
    return Gathered(a, b or old.name, (Pair(name, read(ports, old), read(ports, new)),))


class _File(NamedTuple):
    """A file's name, how errors call it, and what is in it. What standard input holds, the other file says."""

    name: str
    place: str
    data: bytes

    @property
    def holds_values(self) -> bool:
        return self.name.lower().endswith(".csv")


def _nothing_beside(a: str, b: str | None) -> InputError:
    if b is None:
        return InputError("one file is nothing to compare", hint=f"name a second one, as in `qops diff HEAD:{a} {a}`")
    if a == b:
        return InputError("standard input can be only one of the two files")
    file, revision = (a, b) if names_a_file(a) else (b, a)
    hint = f"name the file at that revision: `{revision}:{PurePosixPath(file).name}`"
    return InputError(f"{file} is a file and {revision} a revision", hint=hint)


def _is_at_revision(ports: Ports, text: str) -> bool:
    return ":" in text and ports.anywhere.read(Path(text)) is None


def _file(ports: Ports, text: str, standard_input: Callable[[], bytes]) -> _File:
    if text == _INPUT:
        return _File("standard input", "standard input", standard_input())
    data = ports.anywhere.read(Path(text))
    if data is not None:
        return _File(text, text, data)
    revision, colon, path = text.partition(":")
    if not colon:
        raise InputError(f"there is no file {text}")
    found = ports.history.read(ports.history.resolve(revision), path)
    if found is None:
        raise InputError(f"there is no {path} at {revision}", hint="the path counts from the repository's top")
    return _File(path, text, found)


def _values(_ports: Ports, file: _File) -> Version:
    return Version(parameters=parameters_csv.read(file.data, file.place))


def _circuit(ports: Ports, file: _File) -> Version:
    loaded = ports.sources.read_text(file.place, file.data)
    return Version(records.describe(file.name, "", (), loaded), loaded.circuit, loaded.parameters)
