"""Standard output, standard error and the terminal, however they are."""

import json
import os
import pty
import struct
import subprocess
from contextlib import suppress
from fcntl import ioctl
from termios import TIOCSWINSZ

import pytest
from end_to_end.lab import MOVED, PROGRAM, Lab


@pytest.fixture
def changed(lab: Lab) -> Lab:
    lab.write("bell.csv", MOVED)
    return lab


def on_a_terminal(lab: Lab, *words: str, columns: int = 80, **environment: str) -> str:
    """What a terminal shows of the program."""
    screen, line = pty.openpty()
    ioctl(line, TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    surroundings = lab.environment | {"TERM": "xterm"} | environment
    program = subprocess.Popen((PROGRAM, *words), cwd=lab.root, env=surroundings, stdin=line, stdout=line, stderr=line)
    os.close(line)
    shown = b""
    with suppress(OSError):  # so a terminal ends
        while piece := os.read(screen, 4096):
            shown += piece
    os.close(screen)
    program.wait()
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("command", ["log", "diff", "status --json", "diff --format markdown", "doctor"])
def test_a_reader_that_has_seen_enough_is_no_fault(changed: Lab, command: str) -> None:
    outcome = changed.typed(f"qops {command} | true; exit ${{PIPESTATUS[0]}}")
    assert outcome.err == ""
    assert outcome.code == changed.qops(*command.split()).code


@pytest.mark.parametrize(
    ("redirection", "cause"),
    [
        (">&-", "error: standard output is closed\nhint: --output FILE writes the report to a file\n"),
        (">/dev/full", "error: cannot write to standard output: No space left on device\n"),
    ],
)
def test_a_report_that_cannot_be_written_is_never_a_success(changed: Lab, redirection: str, cause: str) -> None:
    for command in ("log", "diff --json", "show --format junit"):
        assert changed.typed(f"qops {command} {redirection}") == (4, "", cause), command
    assert changed.typed(f"qops status --quiet {redirection}") == (1, "", "")
    assert changed.typed(f"qops nonsense {redirection} 2>&-").code == 2


def test_a_report_goes_to_the_file_that_is_named(changed: Lab) -> None:
    assert changed.qops("status", "--json", "--output", "report.json") == (1, "", "")
    assert json.loads(changed.read("report.json"))["exit_code"] == 1
    assert changed.qops("log", "--output", ".").err == "error: cannot write .: it is not a regular file\n"
    assert changed.qops("log", "--output", "none/x").code == 4


def test_colours_are_for_terminals_that_want_them(changed: Lab) -> None:
    assert "\x1b[" in on_a_terminal(changed, "status")
    assert "\x1b[" in on_a_terminal(changed, "nonsense")
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal(changed, "status", **plain)
    assert "\x1b" not in on_a_terminal(changed, "diff", "--json")
    assert "\x1b" not in changed.qops("diff").out
    assert "\x1b[" in changed.qops("diff", FORCE_COLOR="1").out


def test_no_line_is_wider_than_the_screen(changed: Lab) -> None:
    for shown in (on_a_terminal(changed, "diff", columns=40, NO_COLOR="1"), changed.qops("diff", COLUMNS="40").out):
        assert max(map(len, shown.splitlines())) <= 40
        assert "bell" in shown


def test_what_the_encoding_cannot_carry_is_escaped(changed: Lab) -> None:
    outcome = changed.qops("diff", PYTHONIOENCODING="ascii")
    assert outcome.code == 1
    assert outcome.out.isascii()
    assert r"\u0394" in outcome.out


def test_a_locale_that_cannot_spell_a_path_is_the_surroundings_fault(lab: Lab) -> None:
    lab.write("é.qasm", "OPENQASM 3.0;\nqubit q;\n")
    lab.write("qops.yaml", "version: 1\ncircuits:\n  e: é.qasm\n")
    narrow = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    outcome = lab.qops("status", **narrow)
    assert outcome.code == 4
    assert "the encoding of this locale, ascii, cannot spell" in outcome.err
    assert lab.qops("status", LC_ALL="C").code == 1


def test_nothing_on_standard_input_is_told(lab: Lab) -> None:
    assert lab.typed("qops diff bell.qasm - <&-") == (4, "", "error: standard input is closed\n")
    assert lab.typed("qops diff bell.qasm - </dev/null").err.startswith("error: standard input: the file is empty\n")


@pytest.mark.parametrize("ending", ["| true", "2>&1 | true", "2>&-", "<&- 2>&-"])
def test_what_is_written_is_written_whoever_listens(changed: Lab, ending: str) -> None:
    outcome = changed.typed(f"qops snapshot -m Moved --tag v0.1.0 {ending}; exit ${{PIPESTATUS[0]}}")
    assert (outcome.code, outcome.err) == (0, "")
    assert changed.git("log", "-1", "--format=%s %D").startswith("Moved HEAD")
    assert "v0.1.0" in changed.git("tag")
    assert changed.qops("status").code == 0


def test_a_snapshot_whose_report_cannot_be_written_is_taken_and_says_that_it_could_not_tell(changed: Lab) -> None:
    assert changed.typed("qops snapshot -m Moved >/dev/full").code == 4
    assert changed.git("log", "-1", "--format=%s") == "Moved\n"
    assert changed.qops("snapshot", "-m", "Moved").code == 0
    assert changed.qops("status").code == 0
