"""What a snapshot records of the matrix: the baseline, and the best circuit of each row. Nothing is compiled."""

from collections.abc import Mapping

from qops.errors import EnvironmentFault
from qops.formats import matrix_file
from qops.formats.kept_target import KeptTarget
from qops.model.baseline import Baseline
from qops.model.manifest import Manifest, MatrixEntry
from qops.model.matrix import Matrix, Row
from qops.model.ports import Recording
from qops.model.verdict import Outcome
from qops.model.wording import counted
from qops.recorded import repository
from qops.transpile import baselines, gate
from qops.transpile.baselines import FILE
from qops.transpile.best import rank
from qops.transpile.circuits import Circuits
from qops.transpile.gather import Workshop
from qops.transpile.pairing import key, name
from qops.transpile.ports import MatrixPorts
from qops.transpile.selection import select

_COMPILE = "`qops transpile-matrix` compiles them"


class MatrixRecorder:
    """The `Recorder` of a repository."""

    def __init__(self, ports: MatrixPorts) -> None:
        self._ports = ports

    def recording(self) -> Recording | None:
        """The matrix as it is known; None where the manifest has none."""
        manifest = repository.declared(self._ports.base.tree)
        if manifest.matrix is None:
            return None
        targets = {entry: self._ports.targets.peek(manifest.backends[entry]) for entry in manifest.matrix.backends}
        known = {backend: target for backend, target in targets.items() if target is not None}
        if absent := sorted(targets.keys() - known.keys()):
            return Recording(FILE, reason=f"the target of {', '.join(absent)} is not at hand; {_COMPILE}")
        return self._recording(manifest, manifest.matrix, known)

    def _recording(self, manifest: Manifest, entry: MatrixEntry, targets: Mapping[str, KeptTarget]) -> Recording:
        ports = self._ports
        circuits = Circuits(ports.base.sources, ports.cache, [manifest.circuits[name] for name in entry.circuits])
        plan = Workshop(ports, entry, circuits, targets).plan(select(entry, (), None))
        outcomes = ports.cache.outcomes([cell.key for cell in plan.cells])
        missing = sum(cell.key not in outcomes for cell in plan.cells)
        if missing:
            return Recording(
                FILE, reason=f"{missing:,} of {counted(len(plan.cells), 'cell')} are not compiled; {_COMPILE}"
            )
        matrix = plan.matrix(outcomes)
        found = baselines.find(ports.base, None)
        if found and (worse := _worse(found.baseline, matrix, entry)):
            accept = '`qops transpile-matrix --accept "why"` records it all the same'
            return Recording(FILE, reason=f"compilation became worse: {worse}; {accept}")
        return Recording(FILE, self._baseline(found.baseline if found else None, matrix, entry), self._best(matrix))

    def _baseline(self, old: Baseline | None, matrix: Matrix, entry: MatrixEntry) -> bytes:
        """The new baseline; of a matrix that is circuit for circuit the old one, the old, times and all."""
        if old and baselines.same(old.matrix, matrix):
            return matrix_file.write(old)
        return matrix_file.write(baselines.successor(old, matrix, entry.rules))

    def _best(self, matrix: Matrix) -> dict[str, bytes]:
        return {path(row): self._text(row) for row in matrix.rows if row.compiled}

    def _text(self, row: Row) -> bytes:
        best = min(row.compiled, key=rank)
        text = self._ports.cache.text(best.digest)
        if text is None:
            cause = f"the cache has lost the compiled circuit of {name(key(row))}"
            raise EnvironmentFault(cause, hint="delete .qops/cache/cells.sqlite, and run `qops transpile-matrix`")
        return text


def path(row: Row) -> str:
    """Where the best circuit of a row is, inside the store."""
    return f"transpiled/{row.circuit}/{row.backend}-level{row.level}.qasm"


def _worse(old: Baseline, new: Matrix, entry: MatrixEntry) -> str:
    """The first finding of the gate."""
    verdicts = gate.judge(old.matrix, new, entry.rules, old.best)
    return next((f"{v.name}: {v.because}" for v in verdicts if v.outcome is Outcome.FAIL), "")
