"""A TAB in fish, which can be asked what it would offer."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "completions" / "qops.fish"
pytestmark = pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("qops s", ["show", "snapshot", "status"]),
        ("qops -C circuits di", ["diff"]),
        ("qops snapshot ", ["ansatz", "device/bell", "feature-map", "zoo/bell"]),
        ("qops diff --name f", ["feature-map"]),
        ("qops diff --fail-on ", ["frame", "parameters", "structure"]),
        ("qops diff v", ["v0.1.0"]),
        ("qops completions ", ["bash", "fish", "zsh"]),
        ("qops status ", []),
    ],
)
def test_what_is_offered(line: str, offered: list[str], repository: Path) -> None:
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {SCRIPT}; complete -C '{line}'"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [offer.split("\t")[0] for offer in done.stdout.splitlines()] == offered
