"""YAML to a small tree in which every key and value knows its place.

The parser's events are turned into the tree one by one, with no recursion and nothing built that was not written out:
anchors and aliases are refused as they pass, so an alias bomb has nothing to expand, and nesting is bounded.
Unquoted words mean what `yaml_scalars` says.
"""

from typing import NoReturn, Protocol

import msgspec
import yaml

from qops.errors import InputError
from qops.formats.conflicts import refuse_conflicts
from qops.formats.located_tree import Broken, Mapping, Node, Scalar, Sequence
from qops.formats.problems import Problems
from qops.formats.text import decode
from qops.formats.yaml_scalars import SurpriseError, resolve
from qops.model.where import Where

DEEPEST = 32
LARGEST = 4 * 2**20

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_SYNTAX_HINTS = {
    "cannot start any token": "put the text in quotes",
    "mapping values are not allowed": "put text that holds `: ` in quotes, and check the indentation",
    "did not find expected": "check the indentation, brackets and quotes just before this place",
    "unexpected end of stream": "close the quote",
}


def read(data: bytes, file: str) -> tuple[Node | None, Problems]:
    """The tree of a file called `file` (None if it holds nothing), and the problems so far, for more to be added.

    Raises:
        InputError: the text cannot be parsed at all (`ManyErrors` if there were other problems before that place).
    """
    if len(data) > LARGEST:
        raise InputError(f"the file is larger than {LARGEST // 2**20} MiB", where=Where(file))
    text = decode(data, file)
    refuse_conflicts(text, file, "keep one side, or both where they add different things, and delete the marker lines")
    return _Tree(text, file).read()


class _Mark(Protocol):
    """A place as PyYAML counts, from zero."""

    line: int
    column: int


class _Open(msgspec.Struct):
    """A collection that is being read; in a mapping, `key` waits for its value."""

    node: Sequence | Mapping
    key: Node | None = None

    @property
    def awaits_key(self) -> bool:
        """Whether the next node is a key."""
        return isinstance(self.node, Mapping) and self.key is None


class _Tree:
    """Builds the tree from the parser's events; the stack holds the collections that are open."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._problems = Problems(text.splitlines(), file)
        self._stack: list[_Open] = []
        self._root: Node | None = None

    def read(self) -> tuple[Node | None, Problems]:
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if isinstance(event, yaml.DocumentStartEvent) and self._root:
                    where = self._where(event.start_mark)
                    self._problems.add("a second document begins here", where, "keep one document in the file")
                    break
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._refuse_syntax(error)
        return self._root, self._problems

    def _where(self, mark: _Mark | None) -> Where:
        return Where(self._file, mark.line + 1, mark.column + 1) if mark else Where(self._file)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event))
        elif isinstance(event, yaml.AliasEvent):
            where = self._where(event.start_mark)
            self._problems.add(f"the alias `*{event.anchor}` is not followed", where, "write the value out")
            self._place(Broken("", where))
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(event, Mapping({}, {}, self._where(event.start_mark)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(event, Sequence([], self._where(event.start_mark)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()

    def _begin(self, event: yaml.NodeEvent, node: Sequence | Mapping) -> None:
        self._refuse_properties(event)
        if len(self._stack) == DEEPEST:
            self._problems.add(_NESTED, node.where)
            self._problems.stop()
        self._place(node)
        self._stack.append(_Open(node))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar | Broken:
        where = self._where(event.start_mark)
        if self._refuse_properties(event):
            return Broken(event.value, where)
        if event.style:
            return Scalar(event.value, event.value, where)
        try:
            return Scalar(resolve(event.value), event.value, where)
        except SurpriseError as surprise:
            is_key = self._stack and self._stack[-1].awaits_key
            self._problems.add(surprise.cause, where, f'write "{event.value}"' if is_key else surprise.remedy)
            return Broken(event.value, where)

    def _refuse_properties(self, event: yaml.NodeEvent) -> bool:
        """Report an anchor or a tag, and say whether there was a tag."""
        where = self._where(event.start_mark)
        if event.anchor:
            self._problems.add(f"the anchor `&{event.anchor}` has no use: aliases are not followed", where, "remove it")
        tag = getattr(event, "tag", None)
        if tag:
            self._problems.add(
                f"the tag `{tag.replace('tag:yaml.org,2002:', '!!')}` is not understood", where, "remove it"
            )
        return bool(tag)

    def _place(self, node: Node) -> None:
        """Put a node where it belongs: the root, the next item of a list, a key, or the value of the key before."""
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if isinstance(parent.node, Sequence):
            parent.node.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            self._enter(parent.node, parent.key, node)
            parent.key = None

    def _enter(self, mapping: Mapping, key: Node, value: Node) -> None:
        if isinstance(key, Sequence | Mapping):
            self._problems.add("a key must be a word", key.where)
        elif first := mapping.keys.get(key.text):
            cause = f"the key `{key.text}` is here for the second time; the first is on line {first.line}"
            self._problems.add(cause, key.where, "keep one of them")
        elif not isinstance(key, Broken) or key.text:
            mapping.keys[key.text] = key.where
            mapping.values[key.text] = value

    def _refuse_syntax(self, error: yaml.MarkedYAMLError) -> NoReturn:
        problem = error.problem or "it ends too early"
        mark: _Mark | None = error.problem_mark
        begun: _Mark | None = error.context_mark
        lines = self._text.splitlines()
        if _TOO_DEEP in problem:
            self._problems.add(_NESTED, self._where(mark))
            self._problems.stop()
        if mark and mark.line >= len(lines):
            problem, mark = f"{problem} at the end of the file", begun or mark
        elif mark and begun and begun.line < mark.line:
            problem += f", {error.context} that begins on line {begun.line + 1}"
        self._problems.add(f"this is not YAML: {problem}", self._where(mark), _syntax_hint(problem, lines, mark))
        self._problems.stop()


def _syntax_hint(problem: str, lines: list[str], mark: _Mark | None) -> str | None:
    if mark and mark.line < len(lines) and lines[mark.line][mark.column :].startswith("\t"):
        return "indent with spaces, not with tabs"
    return next((hint for words, hint in _SYNTAX_HINTS.items() if words in problem), None)


_NESTED = f"lists and mappings are nested more than {DEEPEST} deep"
_TOO_DEEP = "maximum nesting depth"  # what libyaml says beyond a depth of its own
