"""The lines of `qops.lock`: facts under keys, two blanks deeper at each level, in a fixed order.

Values and keys are YAML; what a YAML reader could take for anything but text is written as a JSON string, which YAML
reads as the same.
"""

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from qops.errors import InputError
from qops.formats.text import CONTROL
from qops.formats.yaml_scalars import is_text
from qops.model.where import Where

_PLAIN = re.compile(r"(?!.*(?:: | #))[A-Za-z0-9_./](?:[A-Za-z0-9_./@:+,()=*~# -]*[A-Za-z0-9_./@+,()=*~#-])?")
_UNPRINTABLE = re.compile(f"{CONTROL.pattern}|[\x85\u2028\u2029]")
_PAIR = re.compile(r'("(?:[^"\\]|\\.)*"|[^":][^:]*(?::[^ :]+)*): (.+)')
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,18}")


def spell(text: str) -> str:
    """A value or a key as it is written.

    >>> spell("circuits/ansatz.qasm"), spell("1e3")
    ('circuits/ansatz.qasm', '"1e3"')
    """
    if _PLAIN.fullmatch(text) and is_text(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


class Lines:
    """Takes the lines of a file one by one; whatever is not the line that belongs there is an error with its place."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = [*text.replace("\r\n", "\n").removesuffix("\n").split("\n"), ""]
        self._file = file
        self._next = 0

    def fail(self, cause: str, hint: str | None = None) -> NoReturn:
        """Refuse the line that was taken last."""
        at = max(self._next - 1, 0)
        where = Where(self._file, at + 1, 1)
        raise InputError(cause, where=where, excerpt=self._lines[at][:160], hint=hint or self._remedy())

    def _remedy(self) -> str:
        if ":" in self._file:
            return "this is how it was committed; name another revision"
        return f"run `git checkout -- {self._file}`, or delete the file and run `qops snapshot`"

    @property
    def ended(self) -> bool:
        """Whether every line is taken."""
        return self._next == len(self._lines) - 1

    def take(self) -> str:
        """The next line, which becomes the last taken."""
        self._next += 1
        return self._lines[self._next - 1]

    def accept(self, line: str) -> bool:
        """Take the next line if it is `line`."""
        if self._lines[self._next] != line:
            return False
        self._next += 1
        return True

    def follows(self, prefix: str) -> bool:
        """Whether the next line begins with `prefix`."""
        return self._lines[self._next].startswith(prefix)

    def fact(self, prefix: str) -> str:
        """What follows `prefix` on the next line, as it is written."""
        line = self.take()
        if not line.startswith(prefix):
            self.fail(f"the lock is damaged: here belongs a line with `{prefix.strip()}`")
        return line[len(prefix) :]

    def text(self, prefix: str) -> str:
        """The text that follows `prefix` on the next line."""
        return self.unspell(self.fact(prefix))

    def number(self, prefix: str) -> int:
        """The whole number that follows `prefix` on the next line."""
        return self.to_number(self.fact(prefix))

    def below(self, title: str, indent: str) -> Iterator[str]:
        """The lines under `title`, less their indent; none if the next line is not `title`."""
        if self.accept(title):
            while self._lines[self._next].startswith(indent):
                yield self.take()[len(indent) :]

    def pairs(self, title: str, indent: str) -> Iterator[tuple[str, str]]:
        """Keys and values, as they are written, under `title`."""
        keys = set()
        for line in self.below(title, indent):
            key, value = self.pair(line)
            if key in keys:
                self.fail(f"the lock is damaged: `{key}` is here for the second time")
            keys.add(key)
            yield key, value

    def pair(self, line: str) -> tuple[str, str]:
        """The key, and the value as it is written."""
        found = _PAIR.fullmatch(line)
        if not found:
            self.fail("the lock is damaged: here belongs a line with `key: value`")
        return self.unspell(found[1]), found[2]

    def unspell(self, written: str) -> str:
        """The text of a value or a key."""
        if not written.startswith('"'):
            return written or self.fail("the lock is damaged: a value is missing")
        try:
            return str(json.loads(written))
        except ValueError:
            self.fail("the lock is damaged: the quoted text has no end")

    def to_number(self, written: str) -> int:
        """The whole number that a value is."""
        return int(written) if _NUMBER.fullmatch(written) else self.fail("the lock is damaged: here belongs a number")
