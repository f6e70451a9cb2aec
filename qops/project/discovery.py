"""From circuit files to the first manifest."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import PurePosixPath

from qops.formats import manifest_rules
from qops.formats.manifest_schema import HEADER

SUFFIXES = (".qasm", ".qpy")
STORE = "artifacts"

_SPELLING = re.compile(r"[^A-Za-z0-9._-]+")
_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./-]*")
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_EXAMPLE = """\
circuits:
#  ansatz:
#    source: circuits/ansatz.qasm
#    parameters: parameters/ansatz.csv
"""


def name_circuits(paths: Sequence[str]) -> dict[str, str]:
    """Names for circuit files, no two alike even where case is ignored; what the manifest cannot name is left out.

    >>> name_circuits(["a/bell.qasm", "b/bell.qasm", "b/bell.qpy", "vqc/my ansatz.qasm"])
    {'bell': 'a/bell.qasm', 'b-bell': 'b/bell.qasm', 'bell-2': 'b/bell.qpy', 'my_ansatz': 'vqc/my ansatz.qasm'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in paths:
        if manifest_rules.source_path(path) is None and "*" not in path:
            name = next(name for name in _possible(path) if name.lower() not in taken)
            names[name] = path
            taken.add(name.lower())
    return names


def _possible(path: str) -> Iterator[str]:
    """Valid names for a file, the best first: its own, then with its directories before it, then with a number."""
    *directories, own = (_SPELLING.sub("_", part).strip("._-") for part in PurePosixPath(path).with_suffix("").parts)
    own = own or "circuit"
    longer = ("-".join([*directories[start:], own]) for start in range(len(directories), -1, -1))
    numbered = (f"{own}-{number}" for number in count(2))
    return (name for name in chain(longer, numbered) if manifest_rules.circuit_name(name) is None)


def manifest_text(circuits: dict[str, str]) -> str:
    """A manifest that lists these files by name, or shows how, where there are none."""
    lines = [f"  {_yaml(name)}: {_yaml(path)}\n" for name, path in circuits.items()]
    listed = "circuits:\n" + "".join(lines) if lines else _EXAMPLE
    return f"{HEADER}version: 1\nstore: {STORE}\n\n{listed}"


def _yaml(text: str) -> str:
    """A string as a YAML scalar; quoted, as JSON, wherever its plain form might be read as something else."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
