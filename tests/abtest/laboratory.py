"""A project with an A/B test in memory: a backend whose rates a test chooses, and a compiler that changes nothing."""

import random
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from support.project import GHZ, Project
from support.shelf import MemoryTargets
from support.targets import PLAIN

from qops.abtest import peek, run
from qops.abtest.ports import AbTestPorts
from qops.abtest.run import Asked, Done
from qops.compilers.messages import Source
from qops.errors import EnvironmentFault
from qops.model.abtest import AbTestEntry, Arm, Pass
from qops.model.counts import Block, CountedJob, Tally
from qops.model.loaded import LoadedCircuit
from qops.model.matrix import Compiled, Metrics, Recipe
from qops.model.ports import Backend, Job, Product, Ran, Task
from qops.model.ports import Done as Ended
from qops.model.where import Where
from qops.recorded import repository

OTHER = GHZ.replace("h q[0];", "h q[0];\nx q[2];")
DECLARED = """\
version: 1
circuits:
  ghz: ghz.qasm
  other: other.qasm
  bell: {source: bell.qasm, parameters: bell.csv}
backends:
  lab: {kind: lab}
  sim: {kind: generic, qubits: 3, seed: 1}
abtests:
  new:
    a: ghz
    b: other
    backend: lab
    metric: {pass: ["000", "111"]}
"""
BELL = """\
OPENQASM 3.0;
include "stdgates.inc";
input float theta;
qubit[2] q;
rx(theta) q[0];
cx q[0], q[1];
"""
Rate = Callable[[int, Job], float]


class Device:
    """Gives 000 with a rate that depends on how many jobs came before, and 010 otherwise."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.calibration: Callable[[int], str] = lambda _: "c" * 64
        self.fails: dict[int, int] = {}
        self.submissions: list[Sequence[Job]] = []
        self.done = 0

    def target(self) -> object:
        return PLAIN

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        self.submissions.append(jobs)
        number = len(self.submissions)
        if self.fails.get(number):
            raise EnvironmentFault("the network is down")
        return tuple(self._one(job) for job in jobs)

    def _one(self, job: Job) -> Ran:
        self.done += 1
        chance = random.Random(job.seed)
        rate = self.rate(self.done, job)
        hits = sum(chance.random() < rate for _ in range(job.shots))
        width = job.circuit.bit_count
        counts = {"0" * width: hits, "1".rjust(width - 1, "0") + "0": job.shots - hits}
        kept = {outcome: count for outcome, count in counts.items() if count}
        return Ran(kept, f"job-{self.done}", "2026-01-31T12:00:00Z", self.calibration(self.done))


class Unchanging:
    """A compiler that hands back what it is given, and remembers how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[Recipe] = []

    def resource(self, loaded: LoadedCircuit) -> bytes:
        return msgspec.msgpack.encode(Source(loaded.data, None))

    def task(self, key: str, recipe: Recipe, limit_s: float, expected_s: float) -> Task:
        self.asked.append(recipe)
        return Task(key, "fake:work", recipe.circuit.encode(), expected_s, limit_s)

    def product(self, result: bytes) -> Product:
        nothing = Compiled("d", Metrics(0, 0, 0, 0, None, 0, None), (), (), 0.0, 0)
        return Product(nothing, zlib.compress(result), {})

    def run(self, tasks: Sequence[Task], resources: Mapping[str, bytes]) -> Iterator[Ended]:
        """As an executor: the text of the source."""
        for task in tasks:
            source = msgspec.msgpack.decode(resources[task.payload.decode()], type=Source)
            yield Ended(task.key, source.text)


class Laboratory:
    """The project, its device, and all that a run needs."""

    def __init__(self, manifest: str = DECLARED, rate: Rate = lambda _number, _job: 0.9) -> None:
        files = {"qops.yaml": manifest, "ghz.qasm": GHZ, "other.qasm": OTHER, "bell.qasm": BELL}
        self.project = Project({**files, "bell.csv": "parameter,value\ntheta,0.5\n"})
        self.device = Device(rate)
        self.compiler = Unchanging()
        self.said: list[str] = []
        self.waited: list[float] = []
        backend: Backend = self.device
        self.ports = AbTestPorts(
            base=self.project.ports,
            targets=MemoryTargets({"lab": PLAIN, "sim": PLAIN}),
            open_backend=lambda _: backend,
            compiler=self.compiler,
            executor=lambda: self.compiler,
            progress=_nothing,
            say=self.said.append,
            pause=self.waited.append,
            now=lambda: "2026-01-31T12:00:00Z",
            seed=lambda: 77,
        )

    def run(self, **asked: object) -> Done:
        return run.run(self.ports, "new", msgspec.convert(asked, Asked), peek.enough)

    def entry(self) -> AbTestEntry:
        return repository.declared(self.project.tree).abtests["new"]

    def edit(self, old: str, new: str, path: str = "qops.yaml") -> None:
        text = self.project.tree.files[path].decode()
        assert old in text
        self.project.write(path, text.replace(old, new))

    def counts(self, file: str = "counts.csv") -> bytes:
        return self.project.tree.files[f"series/abtests/new/{file}"]


@contextmanager
def _nothing(_label: str, _total: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


def entry(**facts: object) -> AbTestEntry:
    """An entry that asks for passes of `1`, at a place of its own."""
    given = {"metric": Pass(("1",)), "backend": "lab", **facts}
    arms = {"a": "ghz", "variants": {"b": "other"}, **given}
    made = {name: Arm(circuit) for name, circuit in arms.pop("variants").items()}
    return AbTestEntry(name="new", a=Arm(arms.pop("a")), variants=made, where=Where("qops.yaml", 3, 3), **arms)


def blocks(hits: Mapping[str, Sequence[int]], shots: int, seed: int = 1, **same: str) -> tuple[Block, ...]:
    """Blocks of one-bit counts by arm, the order of arms drawn."""
    chance, found = random.Random(seed), []
    for number in range(len(next(iter(hits.values())))):
        order = list(hits)
        chance.shuffle(order)
        jobs = [
            CountedJob(
                arm,
                "",
                Tally(f"digest-{arm}", {"0": shots - hits[arm][number], "1": hits[arm][number]}),
                f"job-{number}-{arm}",
                calibration=same.get("calibration", "c"),
            )
            for arm in order
        ]
        found.append(Block(number + 1, tuple(order), tuple(jobs)))
    return tuple(found)
