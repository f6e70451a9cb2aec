"""A thousand triggers at once, and one action."""

import multiprocessing
import queue
from pathlib import Path
from threading import Thread

from support.drift_actions import alarm
from support.drift_disk import act_in, incidents, ran

PROCESSES, EACH = 8, 125
THREADS = 4


def many(
    root: Path, start: "multiprocessing.synchronize.Barrier", results: "multiprocessing.Queue[tuple[int, int, int]]"
) -> None:
    """So many triggers in a process, a part of them in threads beside each other; how many acted, gave way, looked."""
    start.wait(60)
    found: queue.Queue[tuple[int, int, int]] = queue.Queue()

    def some(count: int) -> None:
        acted = [act_in(root) for _ in range(count)]
        gave_way = sum(bool(each.busy) for each in acted)
        found.put((sum(len(each.ran) for each in acted), gave_way, count))

    shares = [EACH // THREADS] * (THREADS - 1)
    threads = [Thread(target=some, args=(count,)) for count in (*shares, EACH - sum(shares))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sums = [found.get() for _ in threads]
    results.put((sum(each[0] for each in sums), sum(each[1] for each in sums), sum(each[2] for each in sums)))


def test_a_thousand_at_once_run_one_action(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(PROCESSES), context.Queue()
    processes = [context.Process(target=many, args=(tmp_path, start, results)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    sums = [results.get(timeout=120) for _ in processes]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert sum(each[2] for each in sums) == PROCESSES * EACH
    assert sum(each[0] for each in sums) == 1
    assert ran(tmp_path) == [alarm().incident]
    (found,) = incidents(tmp_path).values()
    assert [run.result for run in found.runs] == ["done"]
