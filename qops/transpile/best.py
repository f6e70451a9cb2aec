"""`qops transpile best`: the best of the compiled circuits, ready to run."""

import math

import msgspec

from qops.errors import EnvironmentFault, InconclusiveError, InputError
from qops.model.manifest import MatrixEntry
from qops.model.matrix import Cell, Compiled
from qops.model.spelling import did_you_mean
from qops.recorded import repository
from qops.transpile.gather import workshop
from qops.transpile.ports import MatrixPorts
from qops.transpile.selection import select


class Best(msgspec.Struct, frozen=True):
    """The best compilation of a circuit, and its text."""

    cell: Cell
    compiled: Compiled
    text: bytes


def run(ports: MatrixPorts, circuit: str, backend: str | None, level: int | None) -> Best:
    """The compiled circuit with the greatest estimated success probability, then the fewest two-qubit gates.

    Raises:
        InputError: the matrix has no such circuit or backend, or several backends.
        InconclusiveError: no cell could be compiled.
    """
    manifest, entry = repository.with_matrix(ports.base.tree)
    wanted = _row(entry, circuit, backend, level)
    selection = select(entry, [wanted], None)
    shop = workshop(ports, manifest, entry, selection)
    plan = shop.plan(selection)
    outcomes = shop.outcomes(plan)
    found = [(cell, outcome) for cell in plan.cells if isinstance(outcome := outcomes[cell.key], Compiled)]
    if not found:
        reasons = {outcome.because for outcome in outcomes.values() if not isinstance(outcome, Compiled)}
        raise InconclusiveError(f"no cell of {wanted} could be compiled: {'; '.join(sorted(reasons))}")
    cell, compiled = min(found, key=lambda pair: (rank(pair[1]), pair[0].recipe.level, pair[0].recipe.seed))
    text = ports.cache.text(compiled.digest)
    if text is None:
        raise EnvironmentFault("the cache of compiled circuits has lost a text", hint="delete .qops/cache/cells.sqlite")
    return Best(cell, compiled, text)


def _row(entry: MatrixEntry, circuit: str, backend: str | None, level: int | None) -> str:
    if circuit not in entry.circuits:
        raise InputError(f"the matrix has no circuit `{circuit}`", hint=did_you_mean(circuit, entry.circuits))
    if backend is None and len(entry.backends) > 1:
        hint = f"name one of them: --backend {entry.backends[0]}"
        raise InputError(f"the matrix has {len(entry.backends)} backends", hint=hint)
    if backend is not None and backend not in entry.backends:
        raise InputError(f"the matrix has no backend `{backend}`", hint=did_you_mean(backend, entry.backends))
    return f"{circuit}@{backend or '*'}" + ("" if level is None else f":{level}")


def rank(compiled: Compiled) -> tuple[float, ...]:
    """The less, the better: operations at faulty places, failure, two-qubit gates and their depth."""
    metrics = compiled.metrics
    failure = math.inf if metrics.log_success is None else -metrics.log_success
    return metrics.faulty, failure, metrics.two_qubit, metrics.two_qubit_depth
