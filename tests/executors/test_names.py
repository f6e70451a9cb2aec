"""Which executor a name means, and how much of the machine there is."""

import sys
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault, InputError
from qops.executors import automatic, ending, executor
from qops.executors.options import Options, usable_processors
from qops.model.ports import Task


@pytest.mark.parametrize(
    ("address", "cause", "hint"),
    [
        ("locale", "there is no executor `locale`", "did you mean `local`?"),
        ("cloud", "there is no executor `cloud`", "local, serial or dask://HOST:PORT"),
        ("local://here", "the executor `local` has no address", "--executor local"),
        ("dask://nowhere", "`dask://nowhere` is not an address", "dask://HOST:PORT, as in dask://localhost:8786"),
        ("dask://host:70000", "`dask://host:70000` is not an address", "dask://HOST:PORT, as in dask://localhost:8786"),
    ],
)
def test_what_is_no_executor(address: str, cause: str, hint: str) -> None:
    with pytest.raises(InputError) as problem:
        executor(address, Options())
    assert (problem.value.cause, problem.value.hint) == (cause, hint)


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "qops.executors.dask", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnvironmentFault, match="needs the package distributed") as fault:
        executor("dask://localhost:8786", Options())
    assert fault.value.hint == "pip install 'qops[dask]'"


def test_what_is_fastest() -> None:
    assert automatic([Task("a", "m:f", b"", 0.1)]) == "serial"
    assert automatic([Task(str(n), "m:f", b"", 0.1) for n in range(100)]) == "local"


@pytest.mark.parametrize(("quota", "processors"), [("100000 100000", 1), ("50000 100000", 1)])
def test_the_quota_of_a_control_group(tmp_path: Path, quota: str, processors: int) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    assert usable_processors(tmp_path) == processors


def test_no_quota(tmp_path: Path) -> None:
    bound = usable_processors(tmp_path)
    (tmp_path / "cpu.max").write_text("max 100000")
    assert usable_processors(tmp_path) == bound >= 1


def test_killings_for_want_of_memory(tmp_path: Path) -> None:
    (tmp_path / "events").write_text("low 0\noom 3\noom_kill 2\n")
    assert ending.killings((tmp_path / "events", tmp_path / "absent")) == 2


@pytest.mark.parametrize(
    ("status", "printed", "killings", "kind"),
    [
        (-9, b"", 1, "out of memory"),
        (-9, b"", 0, "crashed"),
        (-6, b"memory allocation of 5 bytes failed", 0, "out of memory"),
        (-6, b"something else", 0, "crashed"),
        (-11, b"MemoryError", 0, "crashed"),
    ],
)
def test_what_an_end_means(status: int, printed: bytes, killings: int, kind: str) -> None:
    assert ending.understand(status, printed, killed_for_memory=bool(killings)).kind == kind
