"""The commands as a whole: listed, described, explained."""

import subprocess
from pathlib import Path

import pytest
from support.command_line import Qops

from qops import __version__
from qops.cli import app, tree
from qops.cli.tree import Command

COMMANDS = [command for command in tree.every_command(tree.root(app.tree())) if command.words]


@pytest.fixture(params=COMMANDS, ids=lambda command: " ".join(command.words))
def command(request: pytest.FixtureRequest) -> Command:
    return request.param


def test_it_is_described_in_one_line(command: Command) -> None:
    assert command.summary.endswith(".")
    assert len(command.summary) <= 60
    assert command.heading


def test_it_has_examples_that_begin_with_it(command: Command) -> None:
    title, *examples = command.examples.splitlines()
    assert title == "Examples:"
    assert examples
    assert all(example.startswith(f"  qops {' '.join(command.words)}") for example in examples)


def test_its_options_are_described(command: Command) -> None:
    assert [parameter for parameter in command.parameters if not parameter.help.endswith(".")] == []


def test_its_help_fits_a_terminal(command: Command, qops: Qops) -> None:
    outcome = qops(*command.words, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: qops {' '.join(command.words)}")
    assert max(map(len, outcome.out.splitlines())) <= 88


def test_help_lists_the_commands_under_headings(qops: Qops) -> None:
    outcome = qops("--help")
    assert outcome.code == 0
    for command in (command for command in COMMANDS if len(command.words) == 1):
        assert command.summary in outcome.out
        assert f"\n{command.heading}:\n" in outcome.out
    assert "…" not in outcome.out


def test_without_a_command_the_help_is_shown_as_a_mistake(qops: Qops) -> None:
    assert qops() == (2, "", qops("--help").out)


def test_the_version(qops: Qops) -> None:
    assert qops("--version") == (0, f"qops {__version__}\n", "")


def test_ci_init_prints_what_it_would_write(qops: Qops, here: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True, cwd=here)
    printed = qops("ci", "init", "--make", "--print")
    assert printed.code == 0
    assert printed.out.startswith("# Written by `qops ci init --make`")
    assert not (here / "compilation.mk").exists()
    assert qops("ci", "init", "--make").code == 0
    assert (here / "compilation.mk").read_text() == printed.out
    assert qops("ci", "init").code == 2
