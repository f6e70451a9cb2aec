"""A TAB in bash, really pressed as far as that goes without a terminal."""

import subprocess
from pathlib import Path

import pytest

from qops.cli import app, tree

SCRIPT = Path(__file__).parents[2] / "completions" / "qops.bash"
COMMANDS = sorted(command.words[0] for command in tree.root(app.tree()).commands)
PRESS = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _qops 2>&1; printf "%s\\n" "${COMPREPLY[@]}"'


def press_tab(words: list[str], directory: Path) -> list[str]:
    done = subprocess.run(
        ["bash", "-c", PRESS, SCRIPT, "qops", *words], cwd=directory, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ([""], COMMANDS),
        (["s"], ["status", "snapshot", "show"]),
        (["-C", ""], [".git", "circuits"]),
        (["-C", "circuits", "di"], ["diff"]),
        (["--ver"], ["--version"]),
        (["snapshot", ""], ["ansatz", "feature-map", "device/bell", "zoo/bell"]),
        (["snapshot", "ansatz", "f"], ["feature-map"]),
        (["restore", "dev"], ["device/bell"]),
        (["diff", "--name", ""], ["ansatz", "feature-map", "device/bell", "zoo/bell"]),
        (["diff", "v"], ["v0.1.0"]),
        (["diff", ""], ["main", "v0.1.0", "qops.yaml", "qops.lock", "circuits", ".git"]),
        (["diff", "--fail-on", ""], ["frame", "parameters", "structure"]),
        (["diff", "--format", "=", "j"], ["json", "junit"]),
        (["diff", "--format", "="], ["terminal", "json", "markdown", "junit", "github", "openmetrics", "html"]),
        (["diff", "--tolerance", ""], []),
        (["diff", "--tol"], ["--tolerance"]),
        (["status", "--output", "qops.y"], ["qops.yaml"]),
        (["completions", ""], ["bash", "zsh", "fish"]),
        (["status", ""], []),
    ],
    ids=lambda value: " ".join(value) or "nothing",
)
def test_what_is_offered(words: list[str], offered: list[str], repository: Path) -> None:
    assert sorted(press_tab(words, repository)) == sorted(offered)


def test_what_a_file_holds_is_never_run(repository: Path) -> None:
    press_tab(["snapshot", ""], repository)
    press_tab(["diff", ""], repository)
    assert not (repository / "pwned").exists()


def test_outside_of_a_repository_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert press_tab(["snapshot", ""], tmp_path) == []


def test_a_manifest_with_windows_line_ends(repository: Path) -> None:
    manifest = repository / "qops.yaml"
    manifest.write_bytes(manifest.read_bytes().replace(b"\n", b"\r\n"))
    assert press_tab(["log", ""], repository) == ["ansatz", "feature-map", "device/bell", "zoo/bell"]
