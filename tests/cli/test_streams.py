"""Standard output and standard error, as shells and terminals treat them."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.command_line import Qops

from qops.cli import streams


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_when_to_colour(
    environment: dict[str, str], *, terminal: bool, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert streams.coloured(Terminal() if terminal else io.StringIO()) is coloured


@pytest.mark.parametrize(
    ("stream", "term", "watched"),
    [(Terminal(), "xterm", True), (Terminal(), "dumb", False), (io.StringIO(), "xterm", False), (None, "xterm", False)],
)
def test_when_somebody_watches(
    stream: io.StringIO | None, term: str, *, watched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stderr", stream)
    assert streams.watched() is watched


@pytest.mark.parametrize(("columns", "width"), [("120", 120), ("", None), ("0", None), ("wide", None), ("٣", None)])
def test_columns_set_the_width(columns: str, width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert streams.surface().width == width


def test_a_stream_that_is_gone_has_no_colour() -> None:
    assert not streams.coloured(None)


def test_nobody_needs_to_hear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    streams.say("into the void")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["doctor"], ["doctor", "--json"], ["--help"], ["completions", "bash"]])
def test_a_full_disk_is_the_environments_fault(arguments: list[str], process: Qops) -> None:
    outcome = process(*arguments, ">/dev/full")
    assert outcome.code == 4
    assert "No space left on device" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_closed_output_is_the_environments_fault(process: Qops) -> None:
    outcome = process("doctor", ">&-")
    assert outcome.code == 4
    assert "standard output is closed" in outcome.err


def test_a_reader_that_has_read_enough_leaves_the_verdict_as_it_is(process: Qops) -> None:
    """`doctor` fails here, outside of a repository: 1 must come through though nobody reads."""
    outcome = process("doctor", "| :; exit ${PIPESTATUS[0]}")
    assert outcome == (1, "", "")


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}])
def test_no_encoding_stops_a_report(environment: dict[str, str], process: Qops, here: Path) -> None:
    (here / "θ回").mkdir()
    outcome = process("-C", "θ回", "doctor", **environment)
    assert outcome.code == 1
    assert "To be put right: repository." in outcome.out


def test_json_survives_any_encoding(process: Qops, here: Path) -> None:
    (here / "θ").mkdir()
    plain = process("-C", "θ", "doctor", "--json")
    assert "θ is not inside a git repository" in json.loads(plain.out)["verdicts"][8]["because"]
    assert process("-C", "θ", "doctor", "--json", PYTHONIOENCODING="ascii") == plain


def test_an_interrupt_ends_with_130() -> None:
    program = (
        "import os, signal\n"
        "from qops.cli import boundary\n"
        "boundary._command = lambda arguments: os.kill(os.getpid(), signal.SIGINT)\n"
        "boundary.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "error: interrupted\n")
