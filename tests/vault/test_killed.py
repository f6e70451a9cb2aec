"""A save that is killed, or refused, at any system call and run again ends as if it had run once."""

import contextlib
import errno
import itertools
import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault.dvc_store import DvcStore

BEFORE = {"circuits/a/circuit.qasm": b"a1", "circuits/b/circuit.qasm": b"b1", "circuits/b/parameters.csv": b"b1"}
AFTER = {"circuits/a/circuit.qasm": b"a2", "circuits/c/circuit.qasm": b"c2", "calibration/x.json": b"{}"}
OTHER = {"circuits/a/circuit.qasm": b"a3", "circuits/b/circuit.qasm": b"b1"}
MUTATING = (
    "open", "write", "replace", "rename", "unlink", "mkdir", "rmdir", "fchmod", "fsync", "ftruncate", "pwrite",
)  # fmt: skip

Open = Callable[..., DvcStore]


def number_calls(patch: pytest.MonkeyPatch, at: Callable[[int], None]) -> None:
    """Have `at` called before every system call that changes something, with the number of the call."""
    numbers = itertools.count(1)

    def numbered(real: Callable[..., object]) -> Callable[..., object]:
        def act(*args: object, **kwargs: object) -> object:
            at(next(numbers))
            return real(*args, **kwargs)

        return act

    for name in MUTATING:
        patch.setattr(os, name, numbered(getattr(os, name)))


def calls_of_a_save(root: Path, store_in: Open) -> int:
    seen: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        number_calls(patch, seen.append)
        store_in(root).save(AFTER, {})
    return len(seen)


def save_and_be_killed(root: Path, store_in: Open, call: int) -> None:
    """Save in a child process that is killed before its system call number `call`."""
    child = os.fork()
    if not child:
        number_calls(
            pytest.MonkeyPatch(), lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == call else None
        )
        store_in(root).save(AFTER, {})
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def state(root: Path, *, cache: bool) -> dict[str, bytes | None]:
    """Everything in a repository but git's own directory and the locks, with the cache or without."""
    places = (path.relative_to(root) for path in sorted(root.rglob("*")))
    left_out = {(".git",), (".dvc", "tmp"), (".qops",), *([] if cache else [(".dvc", "cache")])}
    return {
        place.as_posix(): (root / place).read_bytes() if (root / place).is_file() else None
        for place in places
        if place.parts[:1] not in left_out and place.parts[:2] not in left_out
    }


@pytest.fixture
def saved_once(another: Callable[[str], Path], store_in: Open) -> Callable[[str], Path]:
    def make(name: str) -> Path:
        root = another(name)
        store_in(root).save(BEFORE, {})
        return root

    return make


@pytest.mark.parametrize("then", [AFTER, BEFORE, OTHER])
@pytest.mark.parametrize("fresh", [True, False])
def test_killed_anywhere_and_run_again(
    another: Callable[[str], Path],
    saved_once: Callable[[str], Path],
    store_in: Open,
    then: dict[str, bytes],
    *,
    fresh: bool,
) -> None:
    make = another if fresh else saved_once
    base, once = make("base"), make("once")
    store_in(once).save(then, {})
    calls = calls_of_a_save(make("counted"), store_in)
    for call in random.Random(5).sample(range(1, calls + 1), 8):
        root = base.with_name("killed")
        shutil.copytree(base, root)
        save_and_be_killed(root, store_in, call)
        store_in(root).save(then, {})
        assert state(root, cache=then is AFTER) == state(once, cache=then is AFTER), call
        shutil.rmtree(root)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
def test_refused_anywhere_and_run_again(
    saved_once: Callable[[str], Path], store_in: Open, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(number: int) -> None:
        if number == refused:
            raise OSError(code, os.strerror(code))

    base, once = saved_once("base"), saved_once("once")
    store_in(once).save(AFTER, {})
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    for refused in random.Random(code).sample(range(1, calls_of_a_save(saved_once("counted"), store_in) + 1), 8):
        root = base.with_name("refused")
        shutil.copytree(base, root)
        with monkeypatch.context() as patch, contextlib.suppress(EnvironmentFault):
            number_calls(patch, refuse)
            store_in(root).save(AFTER, {})
        assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
        store_in(root).save(AFTER, {})
        assert state(root, cache=True) == state(once, cache=True), refused
        shutil.rmtree(root)
