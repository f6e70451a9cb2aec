"""What holds for worker processes on this machine alone: how they are started, renewed and ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from executors.conftest import TESTS
from readers.processes import eventually, gone

from qops.errors import EnvironmentFault
from qops.model.ports import Executor, Task

Make = Callable[..., Executor]

_OWNER = """
import sys
from qops.executors import executor
from qops.executors.options import Options
from qops.model.ports import Task
tasks = [Task(str(n), "executors.work:note_pid_and_sleep", sys.argv[1].encode(), limit_s=1000.0) for n in range(2)]
list(executor("local", Options(workers=2, environment={"PYTHONPATH": sys.argv[2]})).run(tasks, {}))
"""


def task(key: str, function: str, payload: bytes = b"", limit_s: float = 1000.0) -> Task:
    return Task(key, f"executors.work:{function}", payload, limit_s=limit_s)


def results(executor: Executor, tasks: list[Task]) -> dict[str, bytes | None]:
    return {done.key: done.result for done in executor.run(tasks, {})}


@pytest.mark.parametrize("address", ["local", "serial"])
def test_closing_ends_what_is_under_way_at_once(local: Make, address: str, tmp_path: Path) -> None:
    executor = local(workers=2 if address == "local" else 1)
    under_way = executor.run([task("a", "echo"), task("b", "note_pid_and_sleep", str(tmp_path).encode())], {})
    assert next(under_way).key == "a"
    assert eventually(lambda: bool(list(tmp_path.iterdir())))
    under_way.close()
    assert all(gone(int(file.stem)) for file in tmp_path.iterdir())


def test_workers_are_never_more_than_tasks(local: Make) -> None:
    assert len(set(results(local(workers=8), [task(str(n), "pid") for n in range(2)]).values())) <= 2


def test_workers_that_take_their_time_to_end_do_not_disturb_the_next_run(
    local: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qops.executors.crew._TO_END", 0.0)  # nobody waits for them
    executor = local(workers=2)
    for _ in range(5):
        assert results(executor, [task("a", "echo", b"a"), task("b", "echo", b"b")]) == {"a": b"a", "b": b"b"}


def test_runs_that_end_before_all_their_workers_are_ready(local: Make) -> None:
    executor = local(workers=8)
    for _ in range(25):
        assert len(results(executor, [task(str(number), "echo") for number in range(8)])) == 8


def test_a_worker_that_has_grown_is_replaced(local: Make) -> None:
    grown = [task(str(n), "keep", b"200000000") for n in range(3)]
    assert len(set(results(local(workers=1, recycle=150 << 20), grown).values())) == 3
    assert len(set(results(local(workers=1), grown).values())) == 1


def test_more_memory_than_a_worker_may_have(local: Make) -> None:
    (done,) = local(memory=1 << 30).run([task("a", "allocate", str(2 << 30).encode())], {})
    assert done.kind == "out of memory"


def test_what_a_worker_started_ends_with_it(local: Make, tmp_path: Path) -> None:
    note = tmp_path / "child"
    assert results(local(), [task("a", "leave_a_child", str(note).encode())]) == {"a": b""}
    assert eventually(lambda: gone(int(note.read_text())))


def test_what_is_preloaded_is_there_in_every_worker(local: Make) -> None:
    executor = local(preload=("executors.work:note_preload",))
    seen = results(executor, [task(str(n), "seen") for n in range(4)])
    (once,) = set(seen.values())
    assert (once or b"").startswith(b"preloaded in ")


def test_a_thread_in_what_is_preloaded_makes_workers_interpreters_of_their_own(local: Make) -> None:
    executor = local(workers=1, preload=("executors.work:note_preload", "executors.work:start_a_thread"))
    found = results(executor, [task("pid", "pid"), task("seen", "seen")])
    assert found["seen"] == b"preloaded in " + (found["pid"] or b"")


def test_a_preload_that_fails(local: Make) -> None:
    with pytest.raises(EnvironmentFault, match="RuntimeError: no Qiskit here"):
        results(local(preload=("executors.work:fail_to_preload",)), [task("a", "echo")])


def test_the_server_is_killed(local: Make) -> None:
    with pytest.raises(EnvironmentFault, match="the process that starts workers ended"):
        results(local(), [task("a", "kill_the_server")])


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_owner(end: int, tmp_path: Path) -> None:
    words = [sys.executable, "-c", _OWNER, str(tmp_path), str(TESTS)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as owner:
        assert eventually(lambda: len(list(tmp_path.iterdir())) == 2)
        os.kill(owner.pid, end)
    assert eventually(lambda: all(gone(int(file.stem)) for file in tmp_path.iterdir()))
