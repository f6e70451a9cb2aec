from pathlib import Path

import pytest
from end_to_end.lab import Lab, copied, recorded


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """One project with a snapshot, made once and only ever copied."""
    place = tmp_path_factory.mktemp("original")
    home = place / "home"
    home.mkdir()
    return recorded(place / "project", home)


@pytest.fixture
def lab(original: Lab, tmp_path: Path) -> Lab:
    """A project of one's own, with one snapshot, everything committed."""
    return copied(original, tmp_path / "project")


@pytest.fixture
def nowhere(original: Lab, tmp_path: Path) -> Lab:
    """An empty directory, far from any repository."""
    root = tmp_path / "nowhere"
    root.mkdir()
    return Lab(root, original.home)
