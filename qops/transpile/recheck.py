"""Whether compiling again gives the same: the claim that everything else rests on."""

import math
from collections.abc import Iterator

from qops.model.matrix import Cell, Compiled, Matrix
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.transpile.gather import Workshop
from qops.transpile.plan import Plan


def run(shop: Workshop, plan: Plan, matrix: Matrix, share: float) -> tuple[Verdict, ...]:
    """Compile a share of the compiled cells again, in other processes, and compare digests.

    The cells are those with the least keys: a fixed choice that no circuit, backend or seed is near to.
    """
    known = {
        (row.circuit, row.backend, row.level, seed): outcome.digest
        for row in matrix.rows
        for seed, outcome in row.outcomes.items()
        if isinstance(outcome, Compiled)
    }
    cells = sorted((cell for cell in plan.cells if _name(cell) in known), key=lambda cell: cell.key)
    chosen = cells[: math.ceil(share * len(cells))]
    again = shop.compiled(chosen, keep=False)
    return tuple(_verdicts(chosen, {_name(cell): again.get(cell.key) for cell in chosen}, known))


def _verdicts(
    chosen: list[Cell], again: dict[tuple[str, str, int, int], object], known: dict[tuple[str, str, int, int], str]
) -> Iterator[Verdict]:
    same = [name for name, outcome in again.items() if isinstance(outcome, Compiled) and outcome.digest == known[name]]
    ended = [name for name, outcome in again.items() if isinstance(outcome, Compiled)]
    of = f"{len(same):,} of {counted(len(chosen), 'cell')} compiled again in other processes"
    evidence: dict[str, object] = {"same": len(same), "cells": len(chosen)}
    if not chosen:
        yield Verdict("deterministic", Outcome.INCONCLUSIVE, "no cell was compiled", evidence=evidence)
    elif len(same) == len(chosen):
        yield Verdict("deterministic", Outcome.PASS, f"{of} gave the same circuit", evidence=evidence)
    elif len(ended) > len(same):
        circuit, backend, level, seed = next(name for name in ended if name not in same)
        because = f"only {of} gave the same circuit; {circuit} on {backend} at level {level}, seed {seed}, did not"
        yield Verdict("deterministic", Outcome.FAIL, because, evidence=evidence)
    else:
        because = f"{of} gave the same circuit, the others came to nothing"
        yield Verdict("deterministic", Outcome.INCONCLUSIVE, because, evidence=evidence)


def _name(cell: Cell) -> tuple[str, str, int, int]:
    return cell.circuit, cell.backend, cell.recipe.level, cell.recipe.seed
