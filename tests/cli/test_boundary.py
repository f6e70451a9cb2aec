"""Whatever happens, one documented exit code."""

import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from support.command_line import Qops, Raising

from qops.cli import boundary
from qops.errors import EnvironmentFault, ExitCode, InconclusiveError, InputError, ManyErrors
from qops.model.where import Where


class PanicException(BaseException):
    """As a panic in Rust reaches Python: no `Exception`."""


def full_disk() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out.json")


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Raising:
    def arrange(error: BaseException) -> None:
        def command(_arguments: Sequence[str]) -> int:
            raise error

        monkeypatch.setattr(boundary, "_command", command)

    return arrange


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (InputError("a wrong word"), 2, "error: a wrong word\n"),
        (InconclusiveError("too few shots"), 3, "error: too few shots\n"),
        (EnvironmentFault("no git", hint="install it"), 4, "error: no git\nhint: install it\n"),
        (full_disk(), 4, "error: out.json: No space left on device\n"),
        (PermissionError("refused"), 4, "error: refused\n"),
        (KeyboardInterrupt(), 130, "error: interrupted\n"),
        (typer.Abort(), 130, "error: interrupted\n"),
        (typer.Exit(3), 3, ""),
        (BrokenPipeError(), 4, ""),
    ],
)
def test_every_outcome_has_its_code(error: BaseException, code: int, told: str, raising: Raising, qops: Qops) -> None:
    raising(error)
    assert qops("status") == (code, "", told)


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), PanicException("boom"), SystemExit(1), MemoryError()]
)
def test_what_nobody_foresaw_is_a_bug_with_a_log(
    error: BaseException, raising: Raising, qops: Qops, tmp_path: Path
) -> None:
    raising(error)
    outcome = qops("status", "--json")
    assert outcome.code == ExitCode.BUG
    assert f"this is a bug in qops: {type(error).__name__}" in outcome.err
    (log,) = tmp_path.glob("bug-*.md")
    assert str(log) in outcome.err
    assert json.loads(outcome.out)["error"]["exit_code"] == 70


@pytest.mark.parametrize(
    ("second", "code", "told"),
    [
        (ImportError("no module"), ExitCode.BUG, "error: ImportError('no module')\n"),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, "error: KeyboardInterrupt()\n"),
    ],
)
def test_an_error_that_cannot_be_told_is_no_finding(
    second: BaseException, code: int, told: str, raising: Raising, qops: Qops, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(_error: BaseException, _arguments: Sequence[str]) -> int:
        raise second

    raising(InputError("a wrong word"))
    monkeypatch.setattr(boundary, "_end", end)
    assert qops("status") == (code, "", told)


def test_names_that_the_locale_cannot_spell(raising: Raising, qops: Qops, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(UnicodeEncodeError("ascii", "é.qasm", 0, 1, "ordinal not in range(128)"))
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    outcome = qops("status")
    assert outcome.code == ExitCode.ENVIRONMENT
    assert outcome.err.startswith("error: the encoding of this locale, ascii, cannot spell é.qasm\nhint: choose one")


def test_the_log_can_be_pasted(raising: Raising, qops: Qops, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (here / ".qops").mkdir()
    (here / "below").mkdir()
    monkeypatch.chdir(here / "below")
    raising(ValueError("a \udcff surrogate"))
    qops("diff", "--name", "ansatz")
    (log,) = (here / ".qops" / "logs").iterdir()
    text = log.read_text()
    assert log.name.startswith("bug-1970-01-01T000000Z-")
    assert "`['qops', 'diff', '--name', 'ansatz']`" in text
    assert "Traceback (most recent call last):" in text
    assert "ValueError: a \\udcff surrogate" in text
    assert "- qops: " in text
    assert "- qiskit: " in text


def test_a_log_that_nobody_can_keep(raising: Raising, qops: Qops, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    raising(ValueError("x"))
    outcome = qops("status")
    assert outcome.code == ExitCode.BUG
    assert "no log could be written" in outcome.err


def test_all_of_many_problems_are_told(raising: Raising, qops: Qops) -> None:
    first = InputError("no such key", where=Where("qops.yaml", 3, 5), excerpt="  ab: c", hint="did you mean `abc`?")
    raising(ManyErrors([first, ManyErrors([InputError("second")]), EnvironmentFault("third")]))
    outcome = qops("status", "--json")
    assert outcome.err == (
        "error: qops.yaml:3:5: no such key\n      ab: c\n        ^\nhint: did you mean `abc`?\n"
        "error: second\nerror: third\n"
    )
    error = json.loads(outcome.out)["error"]
    assert error["cause"] == "3 problems"
    assert [problem["line"] for problem in error["problems"]] == [3, None, None]


@pytest.mark.parametrize("arguments", [["--json"], ["--format", "json"], ["--format=json"]])
def test_a_failure_is_one_json_document(arguments: list[str], raising: Raising, qops: Qops) -> None:
    raising(InputError("wrong", where=Where("a.qasm", 2, 7), hint="next", excerpt="cx q[0];"))
    assert json.loads(qops("diff", *arguments).out) == {
        "schema_version": 1,
        "error": {
            "cause": "wrong",
            "file": "a.qasm",
            "line": 2,
            "column": 7,
            "excerpt": "cx q[0];",
            "hint": "next",
            "exit_code": 2,
            "problems": [
                {
                    "cause": "wrong",
                    "file": "a.qasm",
                    "line": 2,
                    "column": 7,
                    "excerpt": "cx q[0];",
                    "hint": "next",
                    "exit_code": 2,
                }
            ],
        },
    }


@pytest.mark.parametrize("arguments", [["--format", "markdown"], ["--", "--json"], []])
def test_without_json_a_failure_prints_nothing_on_stdout(arguments: list[str], raising: Raising, qops: Qops) -> None:
    raising(InputError("wrong"))
    assert qops("diff", *arguments).out == ""


def test_the_users_text_cannot_move_the_cursor(raising: Raising, qops: Qops) -> None:
    raising(InputError("no \x1b[2J\u202e", where=Where("\x07.qasm", 1, 2), excerpt="a\x1b]0;b", hint="\r\n"))
    assert qops("diff").err == ("error: \\x07.qasm:1:2: no \\x1b[2J\\u202e\n    a\\x1b]0;b\n     ^\nhint: \\r\\n\n")
