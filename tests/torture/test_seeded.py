"""A part of the torture, always the same: the whole is `make torture`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from torture.strace import refusal

REPOSITORY = Path(__file__).resolve().parents[2]
QUICK = (
    "first snapshot",
    "snapshot --tag",
    "restore --force",
    "hooks install",
    "fsck --heal",
    "merge of the lock",
    "merge of the store",
)
POINTS = 9


def test_commands_that_were_cut_off_or_refused_at_a_call_complete_when_run_again() -> None:
    if because := refusal():
        pytest.skip(because)
    words = (sys.executable, "-m", "torture", "--sample", str(POINTS), "--processes", "qops,git", *QUICK)
    environment = os.environ | {"PYTHONPATH": f"{REPOSITORY / 'tests'}:{REPOSITORY}"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=500)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.endswith("; 0 bad")
    assert sum(int(number) for number in re.findall(r"(\d+) \w+s in", last)) > len(QUICK) * POINTS * 0.9
