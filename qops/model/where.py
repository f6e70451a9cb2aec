"""A place in the user's text."""

import msgspec


class Where(msgspec.Struct, frozen=True, order=True):
    """File, line and column, both counted from one; 0 where unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column`, the form that editors turn into a link."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


def place(file: str, text: str, offset: int) -> Where:
    r"""The place of character `offset` of `text`.

    >>> str(place("a.qasm", "one\ntwo", 5))
    'a.qasm:2:2'
    """
    before = text[:offset]
    return Where(file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def excerpt(text: str, offset: int) -> str:
    """The line of `text` that holds character `offset`, cut to 160 characters."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : end if end >= 0 else len(text)][:160]
