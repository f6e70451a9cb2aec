import subprocess
from pathlib import Path

import pytest

MANIFEST = """\
# circuits: are below
version: 1
circuits:
  # a comment
  ansatz: a.qasm
  "feature-map":
    source: b.qasm
    tags: [x]
  device/bell: c.qasm
  zoo/*: zoo/*.qasm
  $(touch pwned): d.qasm
store: artifacts
"""
LOCK = """\
version: 1
environment:
  versions:
    qops: 0.1.0
circuits:
  ansatz:
    source: a.qasm
  zoo/bell:
    gates:
      cx: 1
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a tag and a manifest, two of whose names no shell should be handed."""
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    (tmp_path / "qops.yaml").write_text(MANIFEST)
    (tmp_path / "qops.lock").write_text(LOCK)
    (tmp_path / "circuits").mkdir()
    for words in (
        ["init", "--quiet", "--initial-branch=main"],
        ["commit", "--quiet", "--allow-empty", "-m", "Begin"],
        ["tag", "v0.1.0"],
        ["tag", "$(touch${IFS}pwned)"],
    ):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    return tmp_path
