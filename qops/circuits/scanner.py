"""Words of OpenQASM 2 and 3, with their places."""

import re

_TOKEN = re.compile(
    r"""
    (?P<skip>(?:\s+|//[^\n]*|/\*.*?\*/)+)
    |(?P<duration>(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?[ \t]*(?:ns|us|µs|μs|ms|s|dt)\b)
    |(?P<number>0[xX][0-9a-fA-F_]+|0[bB][01_]+|0o[0-7_]+
        |(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<hardware>\$\d+)
    |(?P<string>"[^"\n]*"|'[^'\n]*')
    |(?P<symbol>->|==|!=|<=|>=|&&|\|\||\*\*|\+\+|<<|>>|.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# Identifiers may hold any letter; digits stay ASCII, so that no foreign numeral passes for a number.
_WORD = re.compile(r"[^\W\d]\w*")


class Fault(Exception):
    """A problem at a character of the text; the reader turns it into an `InputError` with file, line and column."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


class Uncovered(Fault):
    """A feature that this reader leaves to another one."""


class Cursor:
    """Walks over the words of `text` from character `offset`.

    `kind` is one of `word`, `number`, `duration`, `string`, `hardware`, `symbol` and `end`; `value` the word's text;
    `start` and `stop` its place.
    """

    __slots__ = ("kind", "start", "stop", "text", "value")

    def __init__(self, text: str, offset: int = 0) -> None:
        self.text = text
        self.stop = offset
        self.advance()

    def move(self, offset: int) -> None:
        """Go on with the first word from character `offset`."""
        if offset != self.start:
            self.stop = offset
            self.advance()

    def advance(self) -> None:
        """Step to the next word, over blanks and comments."""
        found = _TOKEN.match(self.text, self.stop)
        if found is not None and found.lastgroup == "skip":
            found = _TOKEN.match(self.text, found.end())
        if found is None:
            self.kind, self.value, self.start = "end", "", len(self.text)
            self.stop = self.start
            return
        self.kind = found.lastgroup or "symbol"
        self.value, self.start, self.stop = found.group(), found.start(), found.end()
        if self.kind == "symbol" and (self.value not in _ASCII_SYMBOLS or self.text.startswith("/*", self.start)):
            self._unusual()

    def _unusual(self) -> None:
        if self.text.startswith("/*", self.start):
            raise Fault("the comment that starts here is never closed", self.start)
        found = _WORD.match(self.text, self.start)
        if found is not None:
            self.kind, self.value, self.stop = "word", found.group(), found.end()
        elif not self.value.isprintable() or ord(self.value) > 126:
            raise Fault(f"unexpected character U+{ord(self.value):04X}", self.start)

    def at(self, value: str) -> bool:
        """Whether the current word is this symbol or keyword."""
        return self.value == value and self.kind in ("symbol", "word")

    def accept(self, value: str) -> bool:
        """Step over this symbol or keyword if it is the current word."""
        if self.at(value):
            self.advance()
            return True
        return False

    def expect(self, value: str) -> None:
        """Step over this symbol or keyword, which must be the current word."""
        if not self.accept(value):
            raise Fault(f"expected `{value}`, found {self.found()}", self.start)

    def name(self, what: str) -> str:
        """Step over an identifier and return it."""
        if self.kind != "word":
            raise Fault(f"expected {what}, found {self.found()}", self.start)
        value = self.value
        self.advance()
        return value

    def found(self) -> str:
        """The current word, as an error message quotes it."""
        return "the end of the file" if self.kind == "end" else f"`{self.value[:40]}`"


_ASCII_SYMBOLS = frozenset("+ - * / ^ % ( ) [ ] { } ; , : = < > ! ~ & | @ # -> == != <= >= && || ** ++ << >> .".split())
