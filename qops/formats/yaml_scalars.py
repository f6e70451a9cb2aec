"""What an unquoted word of YAML means, where YAML 1.1 and 1.2 agree about it.

Most tools still read YAML 1.1 [2]_, where `on` is true, `012` is ten, `1:30` is ninety and `1e-3` is text; YAML 1.2
[1]_ reads all four otherwise. A word on which the two differ is refused, with what to write instead, so that a file
means the same to everyone who reads it.

References:
    [1] YAML Ain't Markup Language, version 1.2.2 (2021), section 10.3, the core schema. https://yaml.org/spec/1.2.2/
    [2] YAML 1.1, the language-independent types (2005). https://yaml.org/type/
"""

import re
from collections.abc import Callable

Value = None | bool | int | float | str

_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_PLAINLY_TEXT = re.compile(r"(?![0-9+.=<-])(?!(?:y|n|yes|no|on|off)$)", re.IGNORECASE)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,18})")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?|([-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))")


class SurpriseError(Exception):
    """Readers of YAML differ about this word. `cause` says how; `remedy` what to write instead."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy


def resolve(text: str) -> Value:
    """The value of an unquoted scalar.

    Raises:
        SurpriseError: readers of YAML do not agree about it, or it is a number beyond 64 bits.

    >>> resolve("0.5"), resolve("true"), resolve("~"), resolve("ansatz")
    (0.5, True, None, 'ansatz')
    """
    if text in _WORDS:
        return _WORDS[text]
    if _PLAINLY_TEXT.match(text):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    if found := _FLOAT.fullmatch(text):
        return float(text.replace(".", "", 1) if found[1] else text)
    for pattern, name, instead in _SURPRISES:
        if pattern.fullmatch(text):
            raise SurpriseError(f"`{text[:40]}` is {name}", f"write {instead(text)}")
    return text


def is_text(text: str) -> bool:
    """Whether every reader takes the unquoted word for text.

    >>> is_text("3.11.7"), is_text("2.0"), is_text("no")
    (True, False, False)
    """
    try:
        return isinstance(resolve(text), str)
    except SurpriseError:
        return False


def _quoted(text: str) -> str:
    return f'"{text[:40]}" for text'


def _boolean(text: str) -> str:
    return f"{'true' if text.lower() in {'y', 'yes', 'on'} else 'false'}, or {_quoted(text)}"


def _decimal(text: str) -> str:
    number = repr(float(text))
    if "e" in number and "." not in number:
        number = number.replace("e", ".0e")
    return f"{number}, or {_quoted(text)}"


def _integer(text: str) -> str:
    return f"{int(text, 0 if text.strip('+-0')[:1] in {'o', 'b', 'x'} else 10)}, or {_quoted(text)}"


def _ungrouped(text: str) -> str:
    return f"{text.replace('_', '')[:40]}, or {_quoted(text)}"


_A_NUMBER_TO_SOME = "a number to some readers of YAML and text to others"
_SURPRISES: tuple[tuple[re.Pattern[str], str, Callable[[str], str]], ...] = (
    (re.compile(r"(?i:y|n|yes|no|on|off)"), "true or false to some readers of YAML and a word to others", _boolean),
    (
        re.compile(r"[-+]?[0-9]++\.?+[0-9]*+[eE][-+]?[0-9]{1,9}|[-+]?\.[0-9]+(?:[eE][-+]?[0-9]{1,9})?"),
        _A_NUMBER_TO_SOME,
        _decimal,
    ),
    (re.compile(r"[-+]?0[0-9]{1,40}"), "octal to some readers of YAML and decimal to others", _integer),
    (re.compile(r"[-+]?0(?:o[0-7]{1,40}|b[01]{1,40}|x[0-9a-fA-F]{1,40})"), _A_NUMBER_TO_SOME, _integer),
    (
        re.compile(r"(?=.*_)[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|0[xb][0-9a-fA-F_]+|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?"),
        _A_NUMBER_TO_SOME,
        _ungrouped,
    ),
    (
        re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"),
        "a number in base 60 to some readers of YAML and text to others",
        _quoted,
    ),
    (
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?"),
        "a date to some readers of YAML and text to others",
        _quoted,
    ),
    (re.compile(r"[-+]?[1-9][0-9]+"), "a whole number beyond 64 bits", _quoted),
    (re.compile(r"="), "a default to some readers of YAML and text to others", _quoted),
    (
        re.compile(r"<<"),
        "a merge key to some readers of YAML and text to others",
        lambda _: "the values out where they are used",
    ),
)
