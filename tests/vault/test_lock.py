import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault.lock import Patience, RepositoryLock

HOLD = """
import sys
from pathlib import Path
from qops.vault.lock import RepositoryLock
with RepositoryLock(Path(sys.argv[1]), "qops snapshot"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD, str(root)], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process


def test_it_may_be_entered_again_and_is_free_afterwards(tmp_path: Path) -> None:
    lock = RepositoryLock(tmp_path, "one")
    with lock, lock:
        assert (tmp_path / ".qops" / "lock").read_text().endswith(": one")
    with RepositoryLock(tmp_path, "two", Patience(wait_s=0)):
        assert (tmp_path / ".qops" / "lock").read_text().endswith(": two")


def test_git_does_not_see_it(repository: Path, git: Callable[..., str]) -> None:
    with RepositoryLock(repository, "qops snapshot"):
        assert git("status", "--porcelain", cwd=repository) == ""


def test_whoever_waits_in_vain_learns_for_whom(tmp_path: Path) -> None:
    with held(tmp_path) as holder:
        with pytest.raises(EnvironmentFault) as caught, RepositoryLock(tmp_path, "two", Patience(wait_s=0.1)):
            pass
        holder.communicate()
    assert f"another qops is writing in this repository: process {holder.pid} on " in caught.value.cause
    assert caught.value.cause.endswith(": qops snapshot")


def test_waiting_is_announced_once_and_ends_when_the_holder_does(tmp_path: Path) -> None:
    said: list[str] = []
    with held(tmp_path) as holder:

        def say(message: str) -> None:
            said.append(message)
            holder.communicate()

        with RepositoryLock(tmp_path, "two", Patience(wait_s=30, notice_s=0.1, say=say)):
            assert len(said) == 1
    assert said[0].startswith(f"waiting: another qops is writing in this repository: process {holder.pid} on ")


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with held(tmp_path) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with RepositoryLock(tmp_path, "two", Patience(wait_s=0)):
            pass


def test_a_lock_file_that_was_deleted_is_not_believed(tmp_path: Path) -> None:
    with RepositoryLock(tmp_path, "one", Patience(wait_s=0)):
        (tmp_path / ".qops" / "lock").unlink()
    with RepositoryLock(tmp_path, "two", Patience(wait_s=0)), pytest.raises(EnvironmentFault):
        RepositoryLock(tmp_path, "three", Patience(wait_s=0)).__enter__()


def test_a_failure_inside_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), RepositoryLock(tmp_path, "one"):
        raise ZeroDivisionError
    with RepositoryLock(tmp_path, "two", Patience(wait_s=0)):
        pass


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with RepositoryLock(tmp_path, "one"):
        for _ in range(3):
            with pytest.raises(EnvironmentFault):
                RepositoryLock(tmp_path, "two", Patience(wait_s=0)).__enter__()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
