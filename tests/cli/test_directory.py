from pathlib import Path

from support.command_line import Qops


def test_a_command_runs_as_if_started_there(here: Path, qops: Qops) -> None:
    (here / "elsewhere").mkdir()
    outcome = qops("-C", "elsewhere", "doctor", "--output", "report.md", "--format", "markdown")
    assert outcome == (1, "", "")
    assert "elsewhere is not inside a git repository" in (here / "elsewhere" / "report.md").read_text()


def test_it_must_be_a_directory(here: Path, qops: Qops) -> None:
    (here / "file").touch()
    assert qops("-C", "file", "doctor").code == 2
