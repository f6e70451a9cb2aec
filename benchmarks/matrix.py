"""`qops transpile-matrix` beside loops over `qiskit.transpile`, every one a whole process, in turns.

Ten circuits of 10 to 20 qubits on two devices with calibrations on record, and fifty on one of them; four levels. The
loops compile and throw away; qops measures, writes and keeps every circuit besides. Its repositories have the devices'
targets already, as all have after the first run.
"""

import itertools
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean, median

from benchmarks import aside, matrix_circuits, measure, outcome
from benchmarks.measure import Spent
from benchmarks.outcome import Row
from benchmarks.repositories import Workshop, workshop

LOOP = Path(__file__).with_name("matrix_rivals.py")
DEVICES = ("torino", "sherbrooke")
TARGETS = Path(".qops", "cache", "targets")
MANIFEST = """\
version: 1
circuits:
  "*": circuits/*.qasm
backends:
{backends}
matrix:
  levels: [{levels}]
  seeds: {seeds}
"""
_ON_PYTKET = """
import json, sys, time
from pathlib import Path
from pytket.architecture import Architecture
from pytket import passes
from pytket.circuit import OpType
from pytket.qasm import circuit_from_qasm_str
edges, files = json.loads(sys.argv[1]), sys.argv[2:]
usual = passes.SequencePass([
    passes.DecomposeBoxes(),
    passes.FullPeepholeOptimise(),
    passes.DefaultMappingPass(Architecture(edges)),
    passes.KAKDecomposition(),
    passes.AutoRebase({OpType.CZ, OpType.Rz, OpType.SX, OpType.X}),
])
found = []
for file in files:
    circuit = circuit_from_qasm_str(Path(file).read_text())
    began = time.process_time()
    usual.apply(circuit)
    found.append([circuit.n_2qb_gates(), time.process_time() - began])
print(json.dumps(found))
"""


def rows(*, small: bool) -> Iterator[Row]:
    """Cold, small, unchanged, edited; then the number of gates beside another compiler's."""
    rounds = 1 if small else 3
    with workshop() as place:
        ten = _Bench(place, _first(2 if small else 10, matrix_circuits.ten()), DEVICES)
        yield from _cold(ten, *((1, 1) if small else (4, 3)), rounds)
        yield from _few(ten, rounds)
        fifty = _Bench(place, _first(3 if small else 50, matrix_circuits.fifty()), DEVICES[:1])
        yield from _warm(fifty, *((1, 2) if small else (4, 5)), rounds)
        yield from _peer(ten, small=small)


class _Bench:
    """Repositories with the same circuits and devices, and the commands that are run in them."""

    def __init__(self, place: Workshop, texts: Mapping[str, str], devices: Sequence[str]) -> None:
        self.place = place
        self.texts = texts
        self._devices = devices
        self._targets: Path | None = None
        self._targets = self._exported()

    def cells(self, levels: int, seeds: int) -> int:
        return len(self.texts) * len(self._devices) * levels * seeds

    def repository(self, levels: int, seeds: int) -> Path:
        here = self.place.repository()
        (here / "circuits").mkdir()
        for name, text in self.texts.items():
            (here / "circuits" / f"{name}.qasm").write_text(text)
        shown = ", ".join(map(str, range(levels)))
        backends = "\n".join(f"  {device}: {{kind: fake, device: {device}}}" for device in self._devices)
        (here / "qops.yaml").write_text(MANIFEST.format(backends=backends, levels=shown, seeds=seeds))
        if self._targets:
            shutil.copytree(self._targets, here / TARGETS)
        return here

    def _exported(self) -> Path:
        """The targets as a run leaves them."""
        here = self.repository(1, 1)
        self.command(here, next(iter(self.texts)))
        return here / TARGETS

    def cold(self, levels: int, seeds: int, only: str = "*") -> Spent:
        """The whole command, in a repository where nothing was compiled; no baseline, so it is inconclusive."""
        return self.command(self.repository(levels, seeds), only)

    def command(self, here: Path, only: str = "*") -> Spent:
        words = ["qops", "transpile-matrix", "--quiet", "--verify", "off", "--only", only]
        return measure.spent(words, here, self.place.environment, code=3)

    def loop(self, how: str, levels: int, seeds: int, count: int = sys.maxsize, **changed: str) -> Spent:
        """A rival's, of the first so many circuits."""
        numbers = map(str, (count, len(self._devices), levels, seeds))
        words = [sys.executable, str(LOOP), how, *numbers]
        return measure.spent(words, self.repository(levels, seeds), {**self.place.environment, **changed})


def _first(count: int, texts: Mapping[str, str]) -> Mapping[str, str]:
    return dict(itertools.islice(texts.items(), count))


def _cold(bench: _Bench, levels: int, seeds: int, rounds: int) -> Iterator[Row]:
    serial = partial(bench.loop, "serial", levels, seeds)
    measurements: dict[str, Callable[[], Spent]] = {
        "qops": partial(bench.cold, levels, seeds),
        "one": partial(serial, RAYON_NUM_THREADS="1"),
        "default": serial,
    }
    spent = measure.by_turns(measurements, rounds)
    cells = f"{bench.cells(levels, seeds):,} cells, cold"
    yield Row("cold", f"{cells}: `qops transpile-matrix`", _wall(spent["qops"]), "s")
    yield _times("cold_one", f"{cells}: a loop, one thread, beside it", _ratio(spent["one"], spent["qops"]), 1.75)
    yield _times("cold_default", f"{cells}: the loop as it is", _ratio(spent["default"], spent["qops"]), 1.5)
    cpu = median(each.cpu for each in spent["qops"]) / median(each.cpu for each in spent["one"])
    yield Row("cold_cpu", f"{cells}: processor time, beside the loop's", cpu, "x")
    lists = bench.loop("parallel", levels, seeds, QISKIT_PARALLEL="TRUE", QISKIT_NUM_PROCS="2")
    ratio = lists.wall / _wall(spent["qops"])
    yield _times("cold_lists", f"{cells}: `transpile(list)` in parallel, once", ratio, 5)


def _few(bench: _Bench, rounds: int) -> Iterator[Row]:
    """Sixteen cells: the first circuit."""
    levels, seeds = 4, 2
    spent = measure.by_turns(
        {
            "qops": lambda: bench.cold(levels, seeds, only=next(iter(bench.texts))),
            "default": lambda: bench.loop("serial", levels, seeds, count=1),
        },
        rounds,
    )
    yield Row("few", "16 cells, cold: beside the loop as it is", _ratio(spent["qops"], spent["default"]), "x", 1.1)


def _warm(bench: _Bench, levels: int, seeds: int, rounds: int) -> Iterator[Row]:
    """A larger matrix; the same again, nothing changed, and with one circuit edited, each of them in its turn."""
    spent = measure.by_turns(
        {
            "qops": partial(bench.cold, levels, seeds),
            "loop": partial(bench.loop, "serial", levels, seeds),
        },
        rounds,
    )
    here = bench.repository(levels, seeds)
    bench.command(here)
    again = [bench.command(here) for _ in range(3 * rounds)]
    cells = bench.cells(levels, seeds)
    yield Row("warm", f"{cells:,} cells, nothing changed", _wall(again), "s", 0.6)
    warm = _wall(spent["loop"]) / _wall(again)
    yield _times("warm_ratio", f"{cells:,} cells: the loop as it is, beside that", warm, 120)
    larger = _ratio(spent["loop"], spent["qops"])
    yield _times("cold_large", f"{cells:,} cells, cold: the loop, beside `qops`", larger, 1.6)
    edited = []
    for name in bench.texts:
        file = here / "circuits" / f"{name}.qasm"
        *_, last = file.read_text().splitlines()
        file.write_text(f"{file.read_text()}{last}\n")
        edited.append(bench.command(here))
    over = fmean(each.wall for each in edited) - _wall(spent["qops"]) / len(bench.texts)
    what = (
        f"{cells:,} cells, one circuit of {len(bench.texts)} edited: seconds over its share of the cold run, the mean"
    )
    yield Row("edited", what, max(0.0, over), "s", 0.6)


def _peer(bench: _Bench, *, small: bool) -> Iterator[Row]:
    """Five circuits on one device, by Qiskit's level 2 and by pytket's usual passes."""
    pairs, seconds = "two-qubit gates by pytket, beside Qiskit's level 2", "processor time by pytket, beside that"
    try:
        found = None if small else _both(bench)
        reason = "not in a trial"
    except aside.NotInstalledError as problem:
        found, reason = None, str(problem)
    for place, (key, what) in enumerate((("peer_pairs", pairs), ("peer_cpu", seconds))):
        value = (
            None
            if found is None
            else math.exp(sum(math.log(theirs[place] / ours[place]) for ours, theirs in found) / len(found))
        )
        yield Row(key, f"five circuits, geometric mean: {what}", value, "x", skipped="" if found else reason)


def _both(bench: _Bench) -> Sequence[tuple[Sequence[float], Sequence[float]]]:
    python = aside.interpreter("pytket", "pytket==2.18.5")
    here = bench.repository(1, 1)
    files = [str(file) for file in sorted((here / "circuits").iterdir())[:5]]
    ours = json.loads(aside.output([sys.executable, str(LOOP), "qiskit", "5"], here))
    theirs = json.loads(aside.output([str(python), "-c", _ON_PYTKET, json.dumps(_edges()), *files], here))
    return list(zip(ours, theirs, strict=True))


def _edges() -> list[list[int]]:
    from qiskit_ibm_runtime.fake_provider import FakeTorino  # noqa: PLC0415 - a second, for the peer alone

    return [list(edge) for edge in FakeTorino().coupling_map.get_edges()]


def _times(key: str, what: str, value: float, bar: float) -> Row:
    return Row(key, what, value, "x", bar, at_least=True)


def _wall(spent: Sequence[Spent]) -> float:
    return median(each.wall for each in spent)


def _ratio(ours: Sequence[Spent], theirs: Sequence[Spent]) -> float:
    return measure.ratio([each.wall for each in ours], [each.wall for each in theirs])


if __name__ == "__main__":
    outcome.run("matrix", rows)
