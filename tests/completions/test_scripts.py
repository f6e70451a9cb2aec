"""The scripts in `completions/` are what the command tree says, and shells accept them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from qops.cli import app, tree
from qops.cli.completions.scripts import FILE_NAMES, WRITERS

SCRIPTS = Path(__file__).parents[2] / "completions"


@pytest.fixture(params=WRITERS)
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_file_is_up_to_date(shell: str) -> None:
    written = WRITERS[shell](tree.root(app.tree()))
    message = f"run `qops completions {shell} > completions/{FILE_NAMES[shell]}`"
    assert (SCRIPTS / FILE_NAMES[shell]).read_text(encoding="utf-8") == written, message


def test_the_shell_accepts_it(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n", SCRIPTS / FILE_NAMES[shell]], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_command_and_option_is_in_it(shell: str) -> None:
    text = (SCRIPTS / FILE_NAMES[shell]).read_text(encoding="utf-8")
    for command in tree.every_command(tree.root(app.tree())):
        assert not command.words or command.words[-1] in text
        for option in command.options:
            assert all(spelling.lstrip("-") in text for spelling in option.spellings)
