"""JSON [1]_ to the tree in which every key and value knows its place.

For text that something is wrong with: whole files are read by msgspec, which is a hundred times faster and knows no
lines. Words and numbers mean what the standard says, and nothing else is understood: neither comments nor `NaN`.

References:
    [1] T. Bray, The JavaScript Object Notation (JSON) Data Interchange Format, RFC 8259 (2017).
"""

import json
import re
from typing import NoReturn

from qops.errors import InputError
from qops.formats.located_tree import Broken, Mapping, Node, Scalar, Sequence
from qops.formats.problems import Problems
from qops.formats.text import decode
from qops.model.where import Where, excerpt

DEEPEST = 32

_BLANK = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|[A-Za-z_]+')
_WORDS = {"null": None, "true": True, "false": False}
_NOT_NUMBERS = {"nan", "inf", "infinity"}


def read(data: bytes, file: str) -> tuple[Node, Problems]:
    """The tree of a file called `file`, and the problems so far, for more to be added.

    Raises:
        InputError: the text is no JSON; the place is named.
    """
    text = decode(data, file)
    problems = Problems(text.splitlines(), file)
    return _Reader(text, file, problems).document(), problems


class _Reader:
    """A cursor over the text; `_at` is where the next token begins, and the line it is on is counted as it goes."""

    def __init__(self, text: str, file: str, problems: Problems) -> None:
        self._text = text
        self._file = file
        self._problems = problems
        self._at = 0
        self._line = 1
        self._begin = 0
        self._depth = 0

    def document(self) -> Node:
        node = self._value()
        self._skip()
        if self._at < len(self._text):
            self._fail("the value has ended, and here is something more")
        return node

    def _skip(self) -> None:
        found = _BLANK.match(self._text, self._at)
        end = found.end() if found else self._at
        while (line := self._text.find("\n", self._at, end)) >= 0:
            self._at, self._begin, self._line = line + 1, line + 1, self._line + 1
        self._at = end

    def _where(self) -> Where:
        return Where(self._file, self._line, self._at - self._begin + 1)

    def _fail(self, cause: str, hint: str | None = None) -> NoReturn:
        shown = excerpt(self._text, self._at)
        raise InputError(f"this is not JSON: {cause}", where=self._where(), excerpt=shown, hint=hint)

    def _accept(self, sign: str) -> bool:
        self._skip()
        if not self._text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True

    def _value(self) -> Node:
        self._skip()
        where = self._where()
        if self._depth > DEEPEST:
            self._fail(f"lists and mappings are nested more than {DEEPEST} deep")
        self._depth += 1
        node = self._collection(where) or self._scalar(where)
        self._depth -= 1
        return node

    def _collection(self, where: Where) -> Node | None:
        if self._accept("["):
            return self._items(Sequence([], where))
        return self._entries(Mapping({}, {}, where)) if self._accept("{") else None

    def _items(self, node: Sequence) -> Sequence:
        if self._accept("]"):
            return node
        while True:
            node.items.append(self._value())
            if self._accept("]"):
                return node
            if not self._accept(","):
                self._fail("a comma or `]` belongs here")

    def _entries(self, node: Mapping) -> Mapping:
        if self._accept("}"):
            return node
        while True:
            self._entry(node)
            if self._accept("}"):
                return node
            if not self._accept(","):
                self._fail("a comma or `}` belongs here")

    def _entry(self, node: Mapping) -> None:
        self._skip()
        where = self._where()
        if not self._text.startswith('"', self._at):
            self._fail("a key in double quotes belongs here")
        key = self._scalar(where).text
        if not self._accept(":"):
            self._fail("a colon belongs here")
        value = self._value()
        if first := node.keys.get(key):
            cause = f"the key `{key}` is here for the second time; the first is on line {first.line}"
            self._problems.add(cause, where, "keep one of them")
        else:
            node.keys[key], node.values[key] = where, value

    def _scalar(self, where: Where) -> Scalar | Broken:
        found = _TOKEN.match(self._text, self._at)
        if not found:
            self._fail("a value belongs here" if self._at < len(self._text) else "it ends too early")
        written = found[0]
        if written.lower() in _NOT_NUMBERS:
            self._problems.add(f"`{written}` is no number", where, "write null for a value that is not known")
            self._at = found.end()
            return Broken(written, where)
        if written[0] not in '"-0123456789' and written not in _WORDS:
            self._fail(f"`{written[:40]}` is no value", "put text in double quotes")
        try:
            value = json.loads(written)
        except ValueError:
            self._fail("the text in quotes is not well-formed")
        self._at = found.end()
        return Scalar(value, value if isinstance(value, str) else written, where)
