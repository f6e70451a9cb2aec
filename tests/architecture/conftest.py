"""The source of the product as syntax trees, read and never imported."""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]


class Module(NamedTuple):
    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path from the repository's root, for messages and exemptions."""
        return self.path.relative_to(ROOT).as_posix()


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.fixture(scope="session")
def modules() -> dict[str, Module]:
    """Every module of `qops`, by its dotted name; a user's project inside the pilot is not one."""
    found = {}
    for path in sorted((ROOT / "qops").rglob("*.py")):
        if "template" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found[_name(path)] = Module(_name(path), path, text, ast.parse(text))
    return found
