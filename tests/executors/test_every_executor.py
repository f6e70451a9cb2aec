"""What holds for every executor: each task ends in exactly one `Done`, whatever the others come to."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from readers.processes import eventually, gone

from qops.model.ports import Done, Executor, Task

LIMIT = 20.0
"""Of tasks that are not to be late, on a busy machine."""


def task(key: str, function: str, payload: bytes = b"", limit_s: float = LIMIT, expected_s: float = 1.0) -> Task:
    return Task(key, f"executors.work:{function}", payload, expected_s, limit_s)


def outcomes(
    executor: Executor, tasks: Sequence[Task], resources: Mapping[str, bytes] | None = None
) -> dict[str, Done]:
    done = list(executor.run(tasks, resources or {}))
    assert sorted(item.key for item in done) == sorted(item.key for item in tasks)
    return {item.key: item for item in done}


def test_nothing_to_do(any_executor: Executor) -> None:
    assert list(any_executor.run([], {})) == []


def test_a_thousand_small_tasks(any_executor: Executor) -> None:
    tasks = [task(str(number), "echo", str(number).encode()) for number in range(1000)]
    Random(1).shuffle(tasks)
    done = outcomes(any_executor, tasks)
    assert {key: item.result for key, item in done.items()} == {str(n): str(n).encode() for n in range(1000)}


def test_resources_reach_every_task_of_every_run(any_executor: Executor) -> None:
    tasks = [task(str(number), "with_resource", b"on ") for number in range(10)]
    for name in (b"torino", b"line"):
        done = outcomes(any_executor, tasks, {"target": name, "other": b""})
        assert {item.result for item in done.values()} == {b"on " + name}


def test_ten_megabytes_there_and_back(any_executor: Executor) -> None:
    large = Random(1).randbytes(10 << 20)
    tasks = [task(str(number), "with_resource", large) for number in range(3)]
    done = outcomes(any_executor, tasks, {"target": large})
    assert all(item.result == large + large for item in done.values())


@pytest.mark.parametrize(
    ("function", "payload", "because"),
    [
        ("fail", b"two\nlines \x1b[2J", "ValueError: two | lines \\x1b[2J"),
        ("refuse", b"", "the circuit is wider than the target"),
        ("leave", b"", "SystemExit: enough"),
        ("return_text", b"", "executors.work:return_text returned str, not bytes"),
        ("absent", b"", "AttributeError: module 'executors.work' has no attribute 'absent'"),
    ],
)
def test_what_a_task_raises_is_told(any_executor: Executor, function: str, payload: bytes, because: str) -> None:
    done = outcomes(any_executor, [task("bad", function, payload), task("good", "echo", b"well")])
    assert done["bad"] == Done("bad", None, "failed", because)
    assert done["good"] == Done("good", b"well")


def test_a_function_that_is_nowhere(any_executor: Executor) -> None:
    done = outcomes(any_executor, [Task("bad", "no_such_module:work", b"")])
    assert done["bad"] == Done("bad", None, "failed", "ModuleNotFoundError: No module named 'no_such_module'")


@pytest.mark.parametrize(
    ("function", "payload", "because"),
    [
        ("end", b"3", "ended its process with exit code 3; it printed: last words"),
        ("end", b"0", "ended its process with exit code 0; it printed: last words"),
        ("segfault", b"", "crashed (SIGSEGV)"),
        ("close_the_channel_and_stay", b"", "crashed (SIGKILL)"),
    ],
)
def test_a_crash_costs_its_task_alone(any_executor: Executor, function: str, payload: bytes, because: str) -> None:
    good = [task(str(number), "echo", b"well") for number in range(6)]
    done = outcomes(any_executor, [*good[:3], task("bad", function, payload), *good[3:]])
    assert done.pop("bad") == Done("bad", None, "crashed", because)
    assert {item.result for item in done.values()} == {b"well"}


def test_a_crash_that_does_not_come_again(any_executor: Executor, tmp_path: Path) -> None:
    done = outcomes(any_executor, [task("a", "crash_once", str(tmp_path / "marker").encode()), task("b", "echo")])
    assert done["a"] == Done("a", b"the second time")


@pytest.mark.parametrize("function", ["sleep_for_ever", "hold_the_interpreter"])
def test_a_hang_costs_its_task_alone(any_executor: Executor, function: str) -> None:
    good = [task(str(number), "echo", b"well") for number in range(6)]
    done = outcomes(any_executor, [*good[:3], task("bad", function, limit_s=0.5), *good[3:]])
    assert done.pop("bad") == Done("bad", None, "timed out", "took longer than 0.5 s and was stopped")
    assert {item.result for item in done.values()} == {b"well"}


def test_an_allocation_that_python_refuses(any_executor: Executor) -> None:
    done = outcomes(any_executor, [task("bad", "allocate", str(1 << 50).encode()), task("good", "allocate", b"100")])
    assert done["bad"] == Done("bad", None, "out of memory", "needed more memory than a worker may have")
    assert done["good"].result == b"100"


def test_an_allocation_that_rust_refuses(any_executor: Executor) -> None:
    done = outcomes(any_executor, [task("bad", "abort_as_rust_does")])["bad"]
    assert (done.kind, done.because.split(";")[0]) == ("out of memory", "needed more memory than a worker may have")


def test_the_environment_is_in_force_before_anything_is_imported(any_executor: Executor) -> None:
    done = outcomes(any_executor, [task("a", "environment", b"RAYON_NUM_THREADS"), task("b", "threads")])
    assert [done["a"].result, done["b"].result] == [b"1", b"1"]


def test_closed_early_it_leaves_no_worker(any_executor: Executor, tmp_path: Path) -> None:
    """Those that others were given to end by their limits."""
    hang = [task(f"hang {number}", "note_pid_and_sleep", str(tmp_path).encode(), limit_s=3) for number in range(2)]
    under_way = any_executor.run([task("first", "echo", expected_s=9), *hang], {})
    next(under_way)
    assert eventually(lambda: bool(list(tmp_path.iterdir())))
    under_way.close()
    assert eventually(lambda: all(gone(int(file.stem)) for file in tmp_path.iterdir()))
