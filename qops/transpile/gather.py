"""Outcomes of cells: the known ones, and the others compiled. What has ended is kept, whatever happens then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean

import msgspec

from qops.errors import EnvironmentFault
from qops.formats.kept_target import KeptTarget
from qops.model.examination import Check, Sameness
from qops.model.manifest import Manifest, MatrixEntry
from qops.model.matrix import Cell, Compiled, Lost, Outcome
from qops.model.ports import Done, Task
from qops.transpile import proof
from qops.transpile.circuits import Circuits
from qops.transpile.plan import Plan, plan
from qops.transpile.ports import MatrixPorts
from qops.transpile.selection import Selection

_GUESS_S = (1e-5, 4e-5, 8e-5, 1.1e-4)
"""Seconds for each operation of a circuit, by level: what a row that was never compiled will about take."""


class Workshop:
    """What compiling the cells of one plan takes."""

    def __init__(
        self, ports: MatrixPorts, entry: MatrixEntry, circuits: Circuits, targets: Mapping[str, KeptTarget]
    ) -> None:
        self._ports = ports
        self._entry = entry
        self._circuits = circuits
        self._targets = targets
        self._surroundings = ports.compiler.surroundings()

    def plan(self, selection: Selection) -> Plan:
        """The cells of the selected rows."""
        targets = {name: target.identity for name, target in self._targets.items()}
        return plan(self._entry, selection, self._circuits.digests, targets, self._surroundings)

    def outcomes(self, wanted: Plan) -> dict[str, Outcome]:
        """The outcome of every cell, by key: from the cache, or compiled now and kept."""
        known = self._ports.cache.outcomes([cell.key for cell in wanted.cells])
        missing = [cell for cell in wanted.cells if cell.key not in known]
        return {**known, **self.compiled(missing, keep=True)}

    def compiled(self, cells: Sequence[Cell], *, keep: bool) -> dict[str, Outcome]:
        """Compile cells, known or not."""
        if not cells:
            return {}
        tasks, found = self._tasks(cells), dict[str, Outcome]()
        executor = self._ports.executor(tasks)
        with self._ports.progress("compiling", len(tasks)) as advance:
            for done in executor.run(tasks, self._resources(cells)):
                found[done.key] = self._outcome(done, keep=keep)
                advance()
        if keep:
            self._note_costs(cells, found)
        return found

    def checks(self, claims: Mapping[str, tuple[Cell, Compiled]]) -> dict[str, Check]:
        """Whether compiled circuits do what their sources do, by the notes of known answers; new ones are kept."""
        notes = self._ports.cache.notes(list(claims))
        found = {note: msgspec.json.decode(text, type=Check) for note, text in notes.items()}
        new = {note: claim for note, claim in claims.items() if note not in found}
        tasks = [self._statement(note, *claim) for note, claim in new.items()]
        resources = self._sources([cell for cell, _ in new.values()])
        executor = self._ports.executor(tasks)
        with self._ports.progress("verifying", len(tasks)) as advance:
            for done in executor.run(tasks, resources):
                check = self._check(done, new[done.key][0])
                found[done.key] = check
                if check.sameness is not Sameness.UNDECIDED or done.result is not None:
                    self._ports.cache.note({done.key: msgspec.json.encode(check).decode()})
                advance()
        wide = {note: claims[note] for note, check in found.items() if check.sameness is Sameness.UNDECIDED}
        return found | proof.proven(self._ports, self._circuits, wide)

    def _statement(self, note: str, cell: Cell, compiled: Compiled) -> Task:
        text = self._ports.cache.text(compiled.digest)
        if text is None:
            hint = "delete .qops/cache/cells.sqlite, and compile anew"
            raise EnvironmentFault("the cache of compiled circuits has lost a text", hint=hint)
        return self._ports.compiler.statement(note, cell, compiled, text, self._entry.limit_s)

    def _check(self, done: Done, cell: Cell) -> Check:
        if done.result is None:
            return Check(Sameness.UNDECIDED, "", f"looking at {cell.circuit} {done.kind}: {done.because}")
        return self._ports.compiler.check(done.result)

    def _outcome(self, done: Done, *, keep: bool) -> Outcome:
        if done.result is None:
            lost = Lost(done.kind, done.because)
            if keep and done.kind == "failed":  # the others may have had other reasons than the cell
                self._ports.cache.put(done.key, lost)
            return lost
        product = self._ports.compiler.product(done.result)
        if product.surroundings != self._surroundings:
            raise EnvironmentFault(
                f"a worker compiles in other surroundings: {_difference(self._surroundings, product.surroundings)}",
                hint="install the same versions where the workers run",
            )
        if keep:
            self._ports.cache.put(done.key, product.compiled, product.packed)
        return product.compiled

    def _tasks(self, cells: Sequence[Cell]) -> list[Task]:
        costs = self._ports.cache.notes([_cost(cell) for cell in cells])
        return [
            self._ports.compiler.task(
                cell.key, cell.recipe, self._entry.limit_s, float(costs.get(_cost(cell)) or self._guess(cell))
            )
            for cell in {cell.key: cell for cell in cells}.values()
        ]

    def _guess(self, cell: Cell) -> float:
        circuit = self._circuits.loaded([cell.circuit])[cell.circuit].circuit
        return _GUESS_S[cell.recipe.level] * (1 + len(circuit.operations))

    def _resources(self, cells: Sequence[Cell]) -> dict[str, bytes]:
        return self._sources(cells) | {cell.recipe.target: self._targets[cell.backend].data for cell in cells}

    def _sources(self, cells: Sequence[Cell]) -> dict[str, bytes]:
        loaded = self._circuits.loaded({cell.circuit for cell in cells})
        circuits = {cell.recipe.circuit: loaded[cell.circuit] for cell in cells}
        return {digest: self._ports.compiler.resource(circuit) for digest, circuit in circuits.items()}

    def _note_costs(self, cells: Sequence[Cell], found: Mapping[str, Outcome]) -> None:
        """How long each row's cells took, so that the longest can go first the next time."""
        spent: defaultdict[str, list[float]] = defaultdict(list)
        for cell in cells:
            outcome = found.get(cell.key)
            if isinstance(outcome, Compiled):
                spent[_cost(cell)].append(outcome.cpu_s)
        self._ports.cache.note({name: repr(fmean(seconds)) for name, seconds in spent.items()})


def workshop(ports: MatrixPorts, manifest: Manifest, entry: MatrixEntry, selection: Selection) -> Workshop:
    """Find out what the circuits and targets of the selected rows are."""
    circuits = sorted({circuit for circuit, _, _ in selection.rows})
    backends = sorted({backend for _, backend, _ in selection.rows})
    known = Circuits(ports.base.sources, ports.cache, [manifest.circuits[name] for name in circuits], ports.prepare)
    targets = {name: ports.targets.get(manifest.backends[name]) for name in backends}
    return Workshop(ports, entry, known, targets)


def _cost(cell: Cell) -> str:
    return f"seconds {cell.circuit}@{cell.backend}:{cell.recipe.level}"


def _difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    names = sorted({*here, *there})
    return ", ".join(
        f"{name} {there.get(name, 'absent')} there, {here.get(name, 'absent')} here"
        for name in names
        if here.get(name) != there.get(name)
    )
