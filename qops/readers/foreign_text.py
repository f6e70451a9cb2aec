"""OpenQASM text on its way to a foreign reader."""

import re

from qops.errors import InputError
from qops.model.where import excerpt, place

_STANDARD = frozenset({"qelib1.inc", "stdgates.inc"})
_TOKENS = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | (?P<include>\binclude\b) | "[^"\n]*" | '[^'\n]*' | \w+ | \S""",
    re.VERBOSE | re.DOTALL,
)
_VERSION_2 = re.compile(r"(?:\s++|//[^\n]*+|(?>/\*.*?\*/))*+OPENQASM\s+2", re.DOTALL)


def version_of(text: str) -> int:
    """2 or 3, by the version line; 3 where there is none.

    >>> version_of("/* old */ OPENQASM 2.0;"), version_of("qubit q;")
    (2, 3)
    """
    return 2 if _VERSION_2.match(text) else 3


def refuse_foreign_includes(text: str, file: str) -> None:
    """Make sure that no `include` outside comments and strings names anything but the standard libraries.

    A foreign reader would open any other path, and quote what it found there.

    Raises:
        InputError: at the first other include; nothing was opened.
    """
    start = None
    for token in _TOKENS.finditer(text):
        if token.lastgroup == "include":
            start = token.start()
        elif start is not None and not token.group().startswith(("//", "/*")):
            if token.group()[1:-1] not in _STANDARD:
                raise InputError(
                    "only `stdgates.inc` and `qelib1.inc` may be included; no other file is opened",
                    where=place(file, text, start),
                    excerpt=excerpt(text, start),
                    hint="copy the definitions that the circuit needs into its own file",
                )
            start = None
