"""JSON files of numbers that have to be exact: read fast, and told by line where they are wrong.

A file in our own spelling is decoded by msgspec and encoded again; if the bytes are the same, nothing is doubtful.
Any other file is read a second time with the place of every value, so that an unknown or repeated key is told too.
"""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

import msgspec

from qops import __version__
from qops.errors import InputError
from qops.formats import located_json
from qops.formats.located_tree import Mapping, Node, Scalar, Sequence
from qops.formats.located_values import convert
from qops.formats.problems import Problems
from qops.model.where import Where

LARGEST = 64 * 2**20
VERSION = 1

Path = tuple[str | int, ...]


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How every file begins."""

    schema_version: int
    kind: str


File = TypeVar("File", bound=Head)


class Fault(NamedTuple):
    """What is wrong with values that are each right: the path to one of them, the cause, the next step."""

    path: Path
    cause: str
    hint: str | None = None


class Format(msgspec.Struct, Generic[File], frozen=True):
    """A kind of file: its shape, what its parts must keep between them, and the spelling that needs no second look."""

    kind: str
    shape: type[File]
    faults: Callable[[File], Iterable[Fault]]
    write: Callable[[File], bytes]


def read(data: bytes, file: str, form: Format[File]) -> File:
    """The content of a file called `file`.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`, each with line and column.
    """
    if len(data) > LARGEST:
        raise InputError(f"the file is larger than {LARGEST // 2**20} MiB", where=Where(file))
    try:
        content = msgspec.json.decode(data, type=form.shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        _examine(data, file, form, ())
        raise InputError(f"this is no {form.kind}: {problem}", where=Where(file)) from None
    faults = list(form.faults(content))
    if faults or (content.kind, content.schema_version) != (form.kind, VERSION) or form.write(content) != data:
        _examine(data, file, form, faults)
    return content


def kind_of(data: bytes) -> str:
    """The kind that a file says it is, empty if it says nothing that can be understood."""
    try:
        return msgspec.json.decode(data, type=_Kind).kind
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""


class _Kind(msgspec.Struct, frozen=True):
    kind: str


def _examine(data: bytes, file: str, form: Format[File], faults: Iterable[Fault]) -> None:
    """Raise whatever is wrong with a file, by the places of its values."""
    tree, problems = located_json.read(data, file)
    _refuse_others(tree, form.kind, problems)
    convert(tree, form.shape, f"the {form.kind}", problems)
    for fault in faults:
        problems.add(fault.cause, _place(tree, fault.path), fault.hint)
    problems.raise_any()


def _refuse_others(tree: Node, kind: str, problems: Problems) -> None:
    """Tell a file of another kind, or of a later version, as that alone."""
    values = tree.values if isinstance(tree, Mapping) else {}
    said, version = values.get("kind"), values.get("schema_version")
    if isinstance(said, Scalar) and said.value != kind:
        problems.add(f"this is a `{said.text[:40]}`, not a {kind}", said.where, f'a {kind} says `"kind": "{kind}"`')
        problems.stop()
    if isinstance(version, Scalar) and version.value != VERSION:
        cause = f"the {kind} is of version {version.text[:20]}; qops {__version__} reads version {VERSION}"
        problems.add(cause, version.where, "use a newer qops")
        problems.stop()


def _place(tree: Node, path: Path) -> Where:
    """Where the value at `path` is, or as near to it as the tree goes."""
    for step in path:
        if isinstance(tree, Mapping) and step in tree.values:
            tree = tree.values[str(step)]
        elif isinstance(tree, Sequence) and isinstance(step, int) and step < len(tree.items):
            tree = tree.items[step]
    return tree.where
