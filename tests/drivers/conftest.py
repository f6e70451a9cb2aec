"""Real repositories with the real drivers set up in them."""

import shutil
from pathlib import Path

import pytest
from drivers.repository import BELL, GHZ, Repository, new


@pytest.fixture
def bare(tmp_path: Path) -> Repository:
    """A repository without a commit, with the drivers set up."""
    repository = new(tmp_path / "repository")
    repository.install()
    return repository


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("template") / "project"
    repository = new(root)
    repository.write("bell.qasm", BELL)
    repository.write("ghz.qasm", GHZ)
    repository.write("qops.yaml", "version: 1\ncircuits:\n  bell: bell.qasm\n  ghz: ghz.qasm\n")
    assert repository.qops("init", "--quiet") == 0
    repository.install()
    repository.commit("Circuits")
    assert repository.qops("snapshot", "--quiet") == 0
    repository.commit("First snapshot")
    return root


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Repository:
    """Two circuits, a first snapshot, and the drivers and hooks set up."""
    shutil.copytree(template, tmp_path / "project", symlinks=True)
    return Repository(tmp_path / "project")
