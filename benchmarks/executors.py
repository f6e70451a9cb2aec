"""What an executor costs a task, and what a task that crashes and one that hangs cost the others."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from distributed import LocalCluster

from benchmarks import aside, idle, measure, outcome
from benchmarks.outcome import Row
from qops.executors import executor
from qops.executors.options import ONE_THREAD, Options
from qops.model.ports import Task

LIMIT = 3.0
ROOT = Path(__file__).parents[1]
OPTIONS = Options(workers=2, environment={**ONE_THREAD, "PYTHONPATH": str(ROOT)})
_ON_PEBBLE = """
import sys, time
from multiprocessing import get_context
from pebble import ProcessPool
def nothing(payload):
    return payload
if __name__ == "__main__":
    tasks = int(sys.argv[1])
    began = time.perf_counter()
    with ProcessPool(max_workers=2, context=get_context("spawn")) as pool:
        list(pool.map(nothing, [b""] * tasks, timeout=60).result())
    print(time.perf_counter() - began)
"""


def rows(*, small: bool) -> Iterator[Row]:
    """Milliseconds a task, the start of processes included, but of Dask's own; then twenty tasks, two of them bad."""
    tasks, rounds = (10, 1) if small else (2000, 3)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as cluster:
        ours = {
            "local": partial(_seconds, "local", tasks),
            "serial": partial(_seconds, "serial", tasks),
            "pool": partial(_by_pool, tasks),
            "dask": partial(_seconds, f"dask{cluster.scheduler_address[3:]}", tasks // 10),
        }
        seconds = measure.by_turns(ours, rounds)
    each = {name: 1000 * median(found) / tasks for name, found in seconds.items()}
    each["dask"] *= 10
    yield Row("local", f"`local`, two workers, {tasks:,} tasks of nothing: a task", each["local"], "ms", bar=0.3)
    yield Row("serial", "`serial`: a task", each["serial"], "ms")
    yield Row("pool", "`ProcessPoolExecutor`: a task", each["pool"], "ms")
    yield _by_pebble(tasks, small=small)
    yield Row("dask", "`dask`, a cluster on this machine: a task", each["dask"], "ms")
    yield from _two_bad()


def _seconds(address: str, tasks: int) -> float:
    asked = [Task(str(number), "benchmarks.idle:nothing", b"") for number in range(tasks)]
    return _timed(lambda: [done.kind for done in executor(address, OPTIONS).run(asked, {})], [""] * tasks)


def _by_pool(tasks: int) -> float:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return _timed(lambda: [found.decode() for found in pool.map(idle.nothing_at_all, [b""] * tasks)], [""] * tasks)


def _timed(work: Callable[[], Sequence[str]], expected: Sequence[str]) -> float:
    began = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - began
    assert found == expected
    return seconds


def _by_pebble(tasks: int, *, small: bool) -> Row:
    what = "pebble's `ProcessPool`: a task"
    if small:
        return Row("pebble", what, None, skipped="not in a trial")
    try:
        python = aside.interpreter("pebble", "pebble==5.2.3")
    except aside.NotInstalledError as reason:
        return Row("pebble", what, None, skipped=str(reason))
    with TemporaryDirectory() as directory:
        script = Path(directory) / "script.py"
        script.write_text(_ON_PEBBLE)
        seconds = float(aside.output([str(python), str(script), str(tasks)]))
    return Row("pebble", what, 1000 * seconds / tasks, "ms")


def _two_bad() -> Iterator[Row]:
    names = ["crash", "hang", *["nothing"] * 18]
    asked = [Task(str(place), f"benchmarks.idle:{name}", b"", 1.0, LIMIT) for place, name in enumerate(names)]
    began = time.perf_counter()
    kinds = sorted(done.kind for done in executor("local", OPTIONS).run(asked, {}) if done.kind)
    seconds = time.perf_counter() - began
    assert kinds == ["crashed", "timed out"]
    yield Row("lost", "a crash and a hang among 20 tasks: lost", len(kinds), bar=2)
    yield Row("longer", "the time over the limit of a task", seconds - LIMIT, "s", bar=0.5)


if __name__ == "__main__":
    outcome.run("executors", rows)
