"""The documents of the repository."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def documents() -> dict[str, str]:
    """Every document by its path from the top directory."""
    paths = [REPOSITORY / "README.md", *sorted(REPOSITORY.glob("docs/**/*.md"))]
    return {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in paths}
