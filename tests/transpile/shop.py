"""A project with a matrix in memory, and a compiler that needs no Qiskit."""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from support.project import FILES, Project

from qops.formats import target_json
from qops.formats.kept_target import KeptTarget
from qops.model.digest import to_hex
from qops.model.examination import Check, Sameness
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import BackendEntry
from qops.model.matrix import Cell, Compiled, Metrics, Recipe
from qops.model.ports import Done, Product, Task
from qops.model.target import Target
from qops.transpile.ports import MatrixPorts
from qops.vault.memory import MemoryCellCache

MANIFEST = (
    FILES["qops.yaml"]
    + """\
backends:
  line: {kind: generic, qubits: 5, seed: 1}
  ring: {kind: generic, qubits: 5, seed: 2}
matrix:
  levels: [1, 2]
  seeds: 5
"""
)


SAME = Check(Sameness.SAME, "random product states", fidelity=1.0, states=2)


def text_of(digest: str) -> bytes:
    """A compiled circuit: any one, that differs from those of other digests."""
    return f"OPENQASM 3.0;\nqubit[2] q;\n// {digest}\n".encode()


class FakeCompiler:
    """Gives numbers that depend on the recipe alone, unless a test says otherwise."""

    def __init__(self) -> None:
        self.versions = {"qiskit": "2.6.2", "machine": "x86_64"}
        self.elsewhere: dict[str, str] = {}
        self.answers: dict[str, Check] = {}
        self.count: Callable[[Recipe], int] = lambda recipe: 100 - 10 * recipe.level + recipe.seed % 3

    def surroundings(self) -> dict[str, str]:
        return dict(self.versions)

    def resource(self, loaded: LoadedCircuit) -> bytes:
        return msgspec.msgpack.encode(loaded.circuit)

    def task(self, key: str, recipe: Recipe, limit_s: float, expected_s: float) -> Task:
        return Task(key, "fake:work", msgspec.msgpack.encode(recipe), expected_s, limit_s)

    def product(self, result: bytes) -> Product:
        recipe = msgspec.msgpack.decode(result, type=Recipe)
        count = self.count(recipe)
        metrics = Metrics(count, count // 2, count, 2 * count, -count / 100, 0, count * 1e-7)
        digest = to_hex(repr((recipe.circuit, recipe.target, recipe.seed, metrics)).encode())[:32]
        compiled = Compiled(digest, metrics, (0, 1), (0, 1), 0.1, 1 << 20)
        return Product(compiled, zlib.compress(text_of(digest)), self.elsewhere or self.surroundings())

    def statement(self, key: str, cell: Cell, compiled: Compiled, text: bytes, limit_s: float) -> Task:
        assert text == text_of(compiled.digest)
        return Task(key, "fake:verify", cell.circuit.encode(), 1.0, limit_s)

    def check(self, result: bytes) -> Check:
        return self.answers.get(result.decode(), SAME)


class FakeExecutor:
    """Hands back what it was given; `lost` says what becomes of tasks by their place."""

    def __init__(self) -> None:
        self.did: list[Task] = []
        self.resources: list[str] = []
        self.lost: dict[int, tuple[str, str]] = {}
        self.breaks_after: int | None = None

    def run(self, tasks: Sequence[Task], resources: Mapping[str, bytes]) -> Iterator[Done]:
        self.resources += sorted(resources)
        for place, task in enumerate(tasks):
            if place == self.breaks_after:
                raise KeyboardInterrupt
            self.did.append(task)
            if place in self.lost:
                yield Done(task.key, None, *self.lost[place])
            else:
                yield Done(task.key, task.payload)


class FakeTargets:
    """Targets that differ in nothing but their steps of time, which a test may change."""

    def __init__(self) -> None:
        self.steps = {"line": 1.0, "ring": 2.0}

    def get(self, entry: BackendEntry, *, refresh: bool = False) -> KeptTarget:
        step = self.steps.get(entry.name, 1.0) + refresh
        target = Target(entry.name, "", 5, (), dt_s=step)
        return KeptTarget(entry.name, target_json.write(target), target_json.identity(target), 5, "")

    def peek(self, entry: BackendEntry) -> KeptTarget | None:
        return self.get(entry)


class Shop:
    """The project, and all that its matrix is compiled with."""

    def __init__(self, manifest: str = MANIFEST) -> None:
        self.project = Project({**FILES, "qops.yaml": manifest})
        self.compiler = FakeCompiler()
        self.executor = FakeExecutor()
        self.targets = FakeTargets()
        self.cache = MemoryCellCache()
        self.ended = self.prepared = 0
        self.ports = MatrixPorts(
            base=self.project.ports,
            targets=self.targets,
            compiler=self.compiler,
            cache=self.cache,
            executor=lambda _tasks: self.executor,
            progress=self._progress,
            prepare=self._prepare,
        )

    def _prepare(self) -> None:
        self.prepared += 1

    @contextmanager
    def _progress(self, _label: str, total: int) -> Iterator[Callable[[], None]]:
        def ended() -> None:
            self.ended += 1
            assert self.ended <= total

        self.ended = 0
        yield ended
