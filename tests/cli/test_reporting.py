import inspect
import json
from pathlib import Path
from typing import Annotated

import pytest
import typer
from support.command_line import Qops

from qops.cli import progress
from qops.cli.reporting import emit, reporting
from qops.errors import EnvironmentFault
from qops.model.report import Report
from qops.model.verdict import Outcome, Verdict

FOUND = Report("diff", "θ", verdicts=(Verdict("a", Outcome.FAIL, "it moved"),), summary="1 moved")


def described(names: Annotated[list[str] | None, typer.Argument()] = None, *, deep: bool = False) -> Report:
    """Describe things."""
    return Report("described", f"{names} {deep}")


def test_a_command_has_its_own_options_and_then_the_shared_ones() -> None:
    command = reporting(described)
    assert list(inspect.signature(command).parameters) == ["names", "deep", "form", "json", "output", "quiet"]
    assert command.__doc__ == "Describe things."


def test_the_function_gets_its_own_and_the_report_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code = reporting(described)(names=["a"], deep=True, form="markdown", json=False, output=None, quiet=False)
    assert code == 0
    assert capsys.readouterr().out == "### \\['a'\\] True\n"


def test_the_worst_verdict_is_the_exit_code() -> None:
    assert emit(FOUND) == 1
    assert emit(Report("diff", "", verdicts=(Verdict("a", Outcome.INCONCLUSIVE, "?"),))) == 3


def test_quiet_prints_nothing_and_answers_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert emit(FOUND, quiet=True) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("quiet", [True, False])
def test_quiet_is_known_while_the_command_runs(*, quiet: bool) -> None:
    def asked() -> Report:
        return Report("asked", "", verdicts=(Verdict("silent", outcomes[progress.silent.get()], ""),))

    outcomes = {True: Outcome.FAIL, False: Outcome.PASS}
    assert reporting(asked)(form="json", json=False, output=None, quiet=quiet) == quiet


def test_json_is_short_for_the_format(capsys: pytest.CaptureFixture[str]) -> None:
    emit(FOUND, json=True)
    short = capsys.readouterr().out
    emit(FOUND, form="json")
    assert capsys.readouterr().out == short
    assert json.loads(short)["summary"] == "1 moved"


def test_a_file_gets_the_report_in_utf8_and_without_colour(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert emit(FOUND, output=Path("report.txt"), quiet=True) == 1
    assert (here / "report.txt").read_text(encoding="utf-8") == "θ\n\nFAIL  a  it moved\n\n1 moved\n"
    assert capsys.readouterr().out == ""


def test_an_unknown_format_is_refused_before_anything_is_done(here: Path, qops: Qops) -> None:
    assert qops("init", "--format", "htlm").code == 2
    assert list(here.iterdir()) == []


def test_in_a_job_on_github_the_report_is_the_summary(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary"))
    (here / "summary").write_text("before\n")
    assert emit(FOUND, form="github") == 1
    assert (here / "summary").read_text(encoding="utf-8").startswith("before\n### θ\n\n**1 moved**\n")
    assert capsys.readouterr().out == "::error title=qops diff%3A a::it moved\n"


def test_a_summary_that_cannot_be_written_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here))
    with pytest.raises(EnvironmentFault, match="cannot write to"):
        emit(FOUND, form="github")


@pytest.mark.parametrize("summary", ["", "elsewhere"])
def test_elsewhere_it_is_printed_or_written_where_it_was_asked_for(
    summary: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", summary)
    emit(FOUND, form="github", output=here / "report.md")
    emit(FOUND, form="github", quiet=True)
    assert capsys.readouterr().out == ""
    assert not (here / "elsewhere").exists()
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    emit(FOUND, form="github")
    assert capsys.readouterr().out == (here / "report.md").read_text(encoding="utf-8")
