"""Where the shared circuits are, and the skip that says so when they are not."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CIRCUITS = REPOSITORY.parent / "shared" / "data" / "circuits"

needs_circuits = pytest.mark.skipif(not CIRCUITS.is_dir(), reason="the shared circuits are not beside the repository")


def circuit_files(largest_bytes: int = 10**9) -> list[Path]:
    """Every shared circuit up to a size, sorted."""
    return sorted(path for path in CIRCUITS.glob("*/*.qasm") if path.stat().st_size <= largest_bytes)
