"""A cluster that loses workers, and a scheduler that is not there or goes away."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from executors.conftest import OPTIONS
from readers.processes import eventually

from qops.errors import EnvironmentFault
from qops.executors import dask as on_dask
from qops.executors import executor
from qops.model.ports import Done, Task


def naps(count: int) -> list[Task]:
    return [Task(str(number), "executors.work:nap", str(number).encode(), limit_s=20.0) for number in range(count)]


def test_a_worker_killed_in_the_middle_costs_nothing(cluster: LocalCluster) -> None:
    with Client(cluster, set_as_default=False) as client:
        first = next(iter(client.run(os.getpid).values()))
    under_way = executor(cluster.scheduler_address.replace("tcp", "dask"), OPTIONS).run(naps(30), {})
    done = [next(under_way)]
    os.kill(first, signal.SIGKILL)
    done += under_way
    assert sorted(int(item.result or b"") for item in done) == list(range(30))


def test_a_task_that_takes_its_dask_worker_down_with_it(cluster: LocalCluster) -> None:
    """Dask allows three such deaths; whoever was on the same worker each time is tried again, alone."""
    tasks = [*naps(3), Task("bad", "executors.work:kill_the_process_that_ordered", b"", limit_s=20.0)]
    done = {item.key: item for item in executor(f"dask{cluster.scheduler_address[3:]}", OPTIONS).run(tasks, {})}
    assert done.pop("bad") == Done("bad", None, "crashed", "4 Dask workers died while they were at it")
    assert {item.result for item in done.values()} == {b"0", b"1", b"2"}


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_dask, "_TO_CONNECT", 0.3)
    with pytest.raises(EnvironmentFault, match=r"no Dask scheduler answers at 127\.0\.0\.1:9") as fault:
        list(executor("dask://127.0.0.1:9", OPTIONS).run(naps(1), {}))
    assert "dask scheduler" in (fault.value.hint or "")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler with one worker, each a process of its own; the address, and the scheduler's process."""
    told = tmp_path / "scheduler.json"
    words = [sys.executable, "-m", "dask"]
    common = ["--scheduler-file", str(told), "--no-dashboard"]
    alone = ["--host", "127.0.0.1", "--port", "0"]
    with (tmp_path / "log").open("wb") as log:
        head = subprocess.Popen([*words, "scheduler", *alone, *common], stdout=log, stderr=log)
        assert eventually(lambda: told.exists() and "tcp://" in told.read_text())
        hand = [*words, "worker", "--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path), *common]
        worker = subprocess.Popen(hand, stdout=log, stderr=log)
    address = told.read_text().partition('"tcp://')[2].partition('"')[0]
    yield f"dask://{address}", head
    for process in (worker, head):
        process.kill()
        process.wait()


def test_a_scheduler_that_goes_away(scheduler: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    address, process = scheduler
    under_way = executor(address, OPTIONS).run(naps(100), {})
    done = [next(under_way)]
    process.kill()
    with pytest.raises(EnvironmentFault, match="went away") as fault:
        done.extend(under_way)
    assert all(item.result == item.key.encode() for item in done)
    assert "start it again" in (fault.value.hint or "")
