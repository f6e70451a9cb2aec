from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import object_path
from qops.vault import store_push
from qops.vault.dvc_store import DvcStore

Run = Callable[..., str]
FILES = {"circuits/bell/circuit.qasm": b"OPENQASM 3.0;\n", "circuits/bell/parameters.csv": b"parameter,value\n"}


@pytest.fixture
def store(project: Path, store_in: Callable[[Path], DvcStore]) -> DvcStore:
    return store_in(project)


@pytest.fixture
def remote(project: Path, dvc: Run) -> Path:
    dvc("remote", "add", "--quiet", "--default", "lab", "../remote", cwd=project)
    return project.parent / "remote"


def test_what_dvc_says_is_passed_on(store: DvcStore) -> None:
    store.save(FILES, {})
    with pytest.raises(EnvironmentFault, match=r"`dvc push artifacts\.dvc` failed") as caught:
        store.push()
    assert caught.value.hint == "tell DVC where to keep it: `dvc remote add --default NAME URL`"


def test_a_remote_with_the_list_and_not_the_files_gets_the_files(store: DvcStore, remote: Path) -> None:
    files = store.save(FILES, {}).files
    store.push()
    lost = remote / object_path(files["circuits/bell/circuit.qasm"])
    lost.unlink()
    store.push()
    assert lost.read_bytes() == FILES["circuits/bell/circuit.qasm"]
    assert len([path for path in remote.rglob("*") if path.is_file()]) == 3


def test_a_push_that_left_something_out_is_no_push(
    store: DvcStore, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(FILES, {})
    monkeypatch.setattr(store_push, "dvc", lambda *_words: None)
    with pytest.raises(EnvironmentFault, match=rf"the remote {remote.parent}.* lacks 2 of 2 objects"):
        store.push()
