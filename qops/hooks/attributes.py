"""The lines of `.gitattributes` that say which files are circuits, parameters, locks and stores."""

import json
import re
from collections.abc import Iterator
from posixpath import dirname

from qops.model.manifest import Manifest
from qops.model.ports import WorkTree
from qops.recorded import repository

FILE = ".gitattributes"

_MOST_NAMED = 30
_SPECIAL = re.compile(r"[\\*?\[]")


def lines(tree: WorkTree) -> str:
    """The lines for the manifest in the work tree, or for circuits alone where there is none.

    Raises:
        InputError: the manifest is not valid.
    """
    found = ["*.qasm diff=qops-circuit merge=qops-circuit", "*.qpy diff=qops-circuit"]
    if tree.exists(repository.MANIFEST):
        manifest = repository.declared(tree)
        found += [f"{pattern} diff=qops-parameters" for pattern in _parameters(manifest)]
        found += [f"{_pattern(f'{manifest.store}.dvc')} merge=qops-artifacts"]
    return "\n".join([*found, f"/{repository.LOCK} merge=qops-lock"])


def _parameters(manifest: Manifest) -> Iterator[str]:
    """The parameter files by name, or, where they are many, all tables of their directories."""
    files = sorted({entry.parameters for entry in manifest.circuits.values() if entry.parameters})
    if len(files) <= _MOST_NAMED:
        yield from map(_pattern, files)
        return
    for directory in sorted({dirname(file) for file in files}):
        yield _quoted(f"/{_literal(directory)}/*.csv" if directory else "/*.csv")


def _pattern(path: str) -> str:
    return _quoted(f"/{_literal(path)}")


def _literal(path: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", path)


def _quoted(pattern: str) -> str:
    """The pattern as git reads it: in quotes where it has a blank or a quote.

    >>> _quoted("/my angles.csv"), _quoted("/a.csv")
    ('"/my angles.csv"', '/a.csv')
    """
    return json.dumps(pattern, ensure_ascii=False) if re.search(r'[\s"]', pattern) else pattern
