"""The cells of a matrix, with their keys. Pure."""

from collections.abc import Mapping

import msgspec

from qops.model.digest import to_bytes, to_hex
from qops.model.manifest import MatrixEntry
from qops.model.matrix import Cell, Comparable, Matrix, Outcome, Recipe, Row
from qops.transpile.keys import cell_key
from qops.transpile.selection import Selection


class Plan(msgspec.Struct, frozen=True):
    """What is to be compiled."""

    cells: tuple[Cell, ...]
    comparable: Comparable

    @property
    def digest(self) -> str:
        """The identity of the whole plan: what a cache of results can be kept under."""
        return to_hex(to_bytes("qops plan 1\n" + "\n".join(sorted(cell.key for cell in self.cells)) + "\n"))

    def shard(self, number: int, of: int) -> "Plan":
        """The part of the plan that falls to shard `number`, counted from 1, `of` as many."""
        chosen = {cell.key for cell in sorted(self.cells, key=lambda cell: cell.key)[number - 1 :: of]}
        return Plan(tuple(cell for cell in self.cells if cell.key in chosen), self.comparable)

    def matrix(self, outcomes: Mapping[str, Outcome]) -> Matrix:
        """The matrix of these outcomes, by cell key."""
        rows: dict[tuple[str, str, int], dict[int, Outcome]] = {}
        for cell in self.cells:
            if cell.key in outcomes:
                row = rows.setdefault((cell.circuit, cell.backend, cell.recipe.level), {})
                row[cell.recipe.seed] = outcomes[cell.key]
        return Matrix(
            self.comparable, tuple(Row(*name, dict(sorted(row.items()))) for name, row in sorted(rows.items()))
        )


def plan(
    matrix: MatrixEntry,
    selection: Selection,
    circuits: Mapping[str, str],
    targets: Mapping[str, str],
    surroundings: Mapping[str, str],
) -> Plan:
    """The cells of the selected rows; `circuits` and `targets` are digests by name."""
    cells = []
    for circuit, backend, level in selection.rows:
        for seed in selection.seeds:
            layout = matrix.layouts.get(circuit)
            recipe = Recipe(circuits[circuit], targets[backend], level, seed, matrix.options, layout)
            cells.append(Cell(circuit, backend, recipe, cell_key(recipe, surroundings)))
    used = {circuit for circuit, _, _ in selection.rows}, {backend for _, backend, _ in selection.rows}
    layouts = {f"layout of {name}": _words(layout) for name, layout in matrix.layouts.items() if name in used[0]}
    comparable = Comparable(
        targets={name: targets[name] for name in sorted(used[1])},
        circuits={name: circuits[name] for name in sorted(used[0])},
        options=dict(sorted({**{name: str(value) for name, value in matrix.options.items()}, **layouts}.items())),
        surroundings=dict(sorted(surroundings.items())),
    )
    return Plan(tuple(cells), comparable)


def _words(layout: tuple[int, ...]) -> str:
    return " ".join(map(str, layout))
