"""A block of lines of our own in a file of the user's, between two marks, so that it can be told and taken out again.

It stands first, or after the line that names a script's interpreter. So what the user has below has the last word, and
taking the block out leaves every byte of the rest as it was.
"""

import re

_FIRST = "# >>> qops, by `qops hooks install`"
_LAST = "# <<< qops"
_BLOCK = re.compile(rb"^# >>> qops\b[^\n]*\n.*?^# <<< qops\r?\n", re.MULTILINE | re.DOTALL)
_INTERPRETER = re.compile(rb"#![^\n]*\n")


def with_block(text: bytes, lines: str) -> bytes:
    """The text with the block, in place of one that is there.

    >>> with_block(b"*.png binary", "*.qasm diff=qops-circuit").decode().splitlines()[1:]
    ['*.qasm diff=qops-circuit', '# <<< qops', '*.png binary']
    """
    block = f"{_FIRST}\n{lines.rstrip()}\n{_LAST}\n".encode()
    rest = without_block(text)
    interpreter = _INTERPRETER.match(rest)
    start = interpreter.end() if interpreter else 0
    return rest[:start] + block + rest[start:]


def without_block(text: bytes) -> bytes:
    """The text without the block."""
    return _BLOCK.sub(b"", text, count=1)


def block(text: bytes) -> str:
    """The lines between the marks, empty where there is no block."""
    found = _BLOCK.search(text)
    return "".join(found[0].decode("utf-8", "replace").splitlines(keepends=True)[1:-1]) if found else ""
