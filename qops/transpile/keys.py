"""The identity of a cell: a ladder of value → canonical text → bytes → hex.

Two cells with one key come out the same, on whatever machine of a kind they are compiled: everything that compilation
depends on is in the text, and what would make it depend on the machine is kept from the workers.
"""

from collections.abc import Mapping

import msgspec

from qops.model.digest import CircuitDigest, to_bytes, to_hex
from qops.model.matrix import Recipe


def circuit_digest(digest: CircuitDigest) -> str:
    """What of a circuit compilation depends on: operations, numbers, and the names that its text carries."""
    return to_hex(to_bytes(f"qops compiled circuit 1\n{digest.skeleton}\n{digest.parameters}\n{digest.frame}\n"))


def cell_text(recipe: Recipe, surroundings: Mapping[str, str]) -> str:
    """The canonical text of a cell.

    >>> print(cell_text(Recipe("ab", "cd", 2, 7), {"qiskit": "2.6.2"}))
    qops cell 1
    {"circuit":"ab","target":"cd","level":2,"seed":7,"options":{},"layout":null}
    {"qiskit":"2.6.2"}
    <BLANKLINE>
    """
    return f"qops cell 1\n{_json(recipe)}\n{_json(dict(surroundings))}\n"


def cell_key(recipe: Recipe, surroundings: Mapping[str, str]) -> str:
    """The key of a cell, 64 hexadecimal digits."""
    return to_hex(to_bytes(cell_text(recipe, surroundings)))


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted" if isinstance(value, dict) else "deterministic").decode()
