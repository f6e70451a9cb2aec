import itertools
import math
import re

import pytest
from yaml.resolver import Resolver

from qops.formats.yaml_scalars import SurpriseError, is_text, resolve

CORE_SCHEMA = {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}
PYTHON = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str"}
WORDS = ("y", "n", "yes", "no", "on", "off", "true", "null", "2024-01-01", "190:20:30.15", "685.230_15e+03", "<<", "=")
SHORT = ["".join(letters) for size in range(5) for letters in itertools.product("018+-._exo:", repeat=size)]


def yaml_1_2(text: str) -> str:
    return next((kind for kind, pattern in CORE_SCHEMA.items() if re.fullmatch(pattern, text)), "str")


def yaml_1_1(text: str) -> str:
    candidates = Resolver.yaml_implicit_resolvers.get(text[:1], [])
    return next((tag.rsplit(":", 1)[1] for tag, pattern in candidates if pattern.match(text)), "str")


def test_a_word_is_read_only_as_both_versions_of_yaml_read_it() -> None:
    for text in (*SHORT, *WORDS):
        try:
            kind = PYTHON[type(resolve(text))]
        except SurpriseError:
            continue
        octal = kind == "int" and re.fullmatch("[-+]?0[0-9]+", text)
        assert kind == yaml_1_2(text) == yaml_1_1(text), text
        assert not octal, text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("True", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("0x1F", 31),
        ("0.5", 0.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1.5e-3", 0.0015),
        ("-.inf", -math.inf),
        ("ansatz", "ansatz"),
        ("nope", "nope"),
        ("only", "only"),
        ("3.11.7", "3.11.7"),
        ("a:b", "a:b"),
        ("-", "-"),
    ],
)
def test_what_everyone_agrees_on_is_read(text: str, value: object) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("on", 'write true, or "on" for text'),
        ("No", 'write false, or "No" for text'),
        ("y", 'write true, or "y" for text'),
        ("1e-3", 'write 0.001, or "1e-3" for text'),
        ("1e-9", 'write 1.0e-09, or "1e-9" for text'),
        ("+.5", 'write 0.5, or "+.5" for text'),
        ("012", 'write 12, or "012" for text'),
        ("-010", 'write -10, or "-010" for text'),
        ("0o17", 'write 15, or "0o17" for text'),
        ("0b11", 'write 3, or "0b11" for text'),
        ("-0x1F", 'write -31, or "-0x1F" for text'),
        ("1_000", 'write 1000, or "1_000" for text'),
        ("1:30", 'write "1:30" for text'),
        ("2024-01-01", 'write "2024-01-01" for text'),
        ("9" * 25, f'write "{"9" * 25}" for text'),
        ("<<", "write the values out where they are used"),
    ],
)
def test_a_surprise_says_what_to_write_instead(text: str, remedy: str) -> None:
    with pytest.raises(SurpriseError) as caught:
        resolve(text)
    assert caught.value.remedy == remedy


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "0" * 100_000, "1e" + "9" * 100_000, "1" * 50_000 + ".5", "_" * 100_000]
)
def test_long_words_are_no_trouble(text: str) -> None:
    assert is_text(text) in {True, False}
