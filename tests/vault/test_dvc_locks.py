import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault.dvc_locks import dvc_locks
from qops.vault.lock import Patience

AT_ONCE = Patience(wait_s=0)
DVC_HOLDS = """
import sys
from dvc.repo import Repo
from dvc.rwlock import rwlock
repo = Repo(sys.argv[1])
with repo.lock:
    if len(sys.argv) == 2:
        print("held", flush=True)
        sys.stdin.read()
    else:
        with rwlock(repo.tmp_dir, repo.fs, "dvc repro train", [sys.argv[2]], [], False):
            repo.lock.unlock()
            print("held", flush=True)
            sys.stdin.read()
            repo.lock.lock()
"""


@contextmanager
def dvc_holding(root: Path, *read: str) -> Iterator[subprocess.Popen[str]]:
    """A real DVC that holds the repository, or only paths in it, until its input ends."""
    pipe = subprocess.PIPE
    words = [sys.executable, "-c", DVC_HOLDS, str(root), *read]
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_running_dvc_keeps_qops_out_until_it_is_done(project: Path) -> None:
    store = project / "artifacts"
    with dvc_holding(project) as process:
        with pytest.raises(EnvironmentFault) as caught, dvc_locks(project / ".dvc", [store], AT_ONCE):
            pass
        assert caught.value.cause == f"a DVC command is running in this repository (process {process.pid})"
        assert process.stdin
        threading.Timer(0.2, process.stdin.close).start()
        with dvc_locks(project / ".dvc", [store], Patience(wait_s=30)):
            pass
    assert process.returncode == 0


def test_qops_keeps_a_starting_dvc_out(project: Path, dvc: Callable[..., str]) -> None:
    (project / "data").mkdir()
    with dvc_locks(project / ".dvc", [project / "artifacts"], AT_ONCE):
        complaint = dvc("add", "data", cwd=project, code=1)
    assert "Unable to acquire lock" in complaint
    assert not (project / "data.dvc").exists()
    dvc("add", "data", cwd=project)


def test_a_stage_that_reads_the_store_keeps_qops_out(project: Path) -> None:
    store = project / "artifacts"
    with dvc_holding(project, str(store / "circuits")) as process:
        with dvc_locks(project / ".dvc", [project / "series"], AT_ONCE):
            pass
        with pytest.raises(EnvironmentFault) as caught, dvc_locks(project / ".dvc", [store], AT_ONCE):
            pass
        assert caught.value.cause == f"process {process.pid} (`dvc repro train`) is using {store / 'circuits'}"
        assert process.stdin
        threading.Timer(0.2, process.stdin.close).start()
        with dvc_locks(project / ".dvc", [store], Patience(wait_s=30)):
            pass
    assert process.returncode == 0


@pytest.mark.parametrize("busy", ["write", "read"])
def test_only_living_processes_count(project: Path, busy: str) -> None:
    store = project / "artifacts"
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    for pid, free in ((os.getppid(), False), (gone.pid, True), (2**62, True)):
        holder = {"pid": pid, "cmd": "dvc pull"}
        text = json.dumps({busy: {str(store): [holder] if busy == "read" else holder}})
        (project / ".dvc" / "tmp" / "rwlock").write_text(text)
        if free:
            with dvc_locks(project / ".dvc", [store / "deep"], AT_ONCE):
                pass
        else:
            with pytest.raises(EnvironmentFault, match="is using"), dvc_locks(project / ".dvc", [store], AT_ONCE):
                pass


@pytest.mark.parametrize("text", ["", "{", "[]", '{"write": {"a": {"pid": "x"}}}'])
def test_a_damaged_list_of_holders_is_named_with_its_remedy(project: Path, text: str) -> None:
    path = project / ".dvc" / "tmp" / "rwlock"
    path.write_text(text)
    with pytest.raises(EnvironmentFault, match="is damaged") as caught, dvc_locks(project / ".dvc", [], AT_ONCE):
        pass
    assert caught.value.hint == f"if no DVC command is running: `rm {path}`"
    path.unlink()
    with dvc_locks(project / ".dvc", [], AT_ONCE):
        pass
