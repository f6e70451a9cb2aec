import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault, InputError
from qops.formats import manifest_schema
from qops.model.report import Report
from qops.project import init
from qops.vault.ground import LocalGround

Quick = Callable[[Path], LocalGround]


def content(root: Path) -> dict[str, bytes]:
    """Every file but git's own."""
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def following(report: Report) -> tuple[str, ...]:
    return tuple(line.text for line in report.sections[1].lines)


def test_a_directory_that_does_not_exist_becomes_a_git_and_dvc_repository(tmp_path: Path) -> None:
    root = tmp_path / "new" / "project"
    report = init.run(LocalGround(root))
    assert report.data["made"] == [
        ".git",
        ".dvc",
        "qops.yaml",
        ".qops/qops.schema.json",
        ".gitignore",
        ".gitattributes",
    ]
    assert (root / ".dvcignore").exists()
    assert (root / ".qops/qops.schema.json").read_text() == manifest_schema.schema_json()
    assert "qops" not in {line[3:].rstrip("/") for line in git(root, "status", "--short").splitlines()}
    assert following(report)[0] == "$EDITOR qops.yaml"


def test_the_commands_that_come_next_work(tmp_path: Path) -> None:
    (tmp_path / "bell.qasm").write_text("OPENQASM 3.0;\nqubit q;\n")
    command = following(init.run(LocalGround(tmp_path)))[0]
    subprocess.run(command, shell=True, cwd=tmp_path, check=True, capture_output=True)  # noqa: S602 - as the user will
    assert git(tmp_path, "ls-files").split() == [
        ".dvc/.gitignore",
        ".dvc/config",
        ".dvcignore",
        ".gitattributes",
        ".gitignore",
        "qops.yaml",
    ]


def test_only_what_was_made_is_to_be_committed(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / "bell.qasm").touch()
    (tmp_path / ".gitignore").write_text("/.qops/\n")
    quick(tmp_path).init_dvc()
    assert following(init.run(quick(tmp_path)))[0].startswith("git add qops.yaml .gitattributes && ")


def test_running_it_again_changes_nothing(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / "bell.qasm").write_text("OPENQASM 3.0;\nqubit q;\n")
    init.run(quick(tmp_path))
    before = content(tmp_path)
    report = init.run(quick(tmp_path))
    assert content(tmp_path) == before
    assert report.data["made"] == []
    assert report.summary == "everything was there already; nothing was written"
    assert following(report)[0] == "qops status"


def test_circuits_are_listed_but_not_those_that_git_ignores_or_that_are_hidden(quick: Quick, tmp_path: Path) -> None:
    for name in ("circuits/bell.qasm", "ghz.QPY", "qft.qpy", "build/old.qasm", ".cache/copy.qasm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".gitignore").write_text("build/\n")
    init.run(quick(tmp_path))
    listed = (tmp_path / "qops.yaml").read_text().split("circuits:\n")[1]
    assert listed == "  bell: circuits/bell.qasm\n  ghz: ghz.QPY\n  qft: qft.qpy\n"


def test_a_manifest_that_is_there_is_left_alone(quick: Quick, tmp_path: Path) -> None:
    mine = "version: 1\ncircuits:\n  bell: bell.qasm  # mine\n"
    (tmp_path / "qops.yaml").write_text(mine)
    report = init.run(quick(tmp_path))
    assert (tmp_path / "qops.yaml").read_text() == mine
    assert "qops.yaml" in report.data["kept"]


def test_a_wrong_manifest_is_explained_before_anything_is_written(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / "qops.yaml").write_text("version: 1\ncircuit: {}\n")
    with pytest.raises(InputError, match="unknown key `circuit`"):
        init.run(quick(tmp_path))
    assert list(content(tmp_path)) == ["qops.yaml"]
    assert not (tmp_path / ".git").exists()


def test_a_bare_repository_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", ".")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(EnvironmentFault, match="is a git repository without a work tree"):
        LocalGround.around(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_git_init_that_was_killed_is_done_again(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / ".git" / "branches").mkdir(parents=True)
    assert ".git" in init.run(quick(tmp_path)).data["made"]
    assert git(tmp_path, "status", "--short")


@pytest.mark.parametrize("left", [[], ["config"], ["config", "tmp/btime"], ["config", ".gitignore"]])
def test_a_dvc_init_that_was_killed_is_done_again(tmp_path: Path, left: list[str]) -> None:
    (tmp_path / ".dvc" / "tmp").mkdir(parents=True)
    for name in left:
        (tmp_path / ".dvc" / name).touch()
    assert ".dvc" in init.run(LocalGround(tmp_path)).data["made"]
    assert git(tmp_path, "ls-files").split() == [".dvc/.gitignore", ".dvc/config", ".dvcignore"]


@pytest.mark.parametrize("own", [{"config": "[core]\n    no_scm = true\n"}, {"config": "", "cache": "kept"}])
def test_a_dvc_repository_that_is_somebodys_is_never_begun_again(tmp_path: Path, own: dict[str, str]) -> None:
    (tmp_path / ".dvc").mkdir()
    for name, text in own.items():
        (tmp_path / ".dvc" / name).write_text(text)
    assert ".dvc" in init.run(LocalGround(tmp_path)).data["kept"]
    assert {path.name: path.read_text() for path in (tmp_path / ".dvc").iterdir()} == own


def test_a_blank_manifest_is_begun(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / "qops.yaml").write_text("\n")
    assert "qops.yaml" in init.run(quick(tmp_path)).data["made"]


def test_comments_that_wait_for_a_manifest_stay_below_it(quick: Quick, tmp_path: Path) -> None:
    """What qops says of an empty manifest is to run `qops init`; so that must lead on."""
    (tmp_path / "qops.yaml").write_text("# ask Ada about the ansatz\n")
    init.run(quick(tmp_path))
    assert (tmp_path / "qops.yaml").read_text().endswith("\n\n# ask Ada about the ansatz\n")
    assert "everything was there already" in init.run(quick(tmp_path)).summary


@pytest.mark.parametrize("rule", ["/.qops/", ".qops", "  .qops/"])
def test_an_ignore_rule_that_is_there_is_not_added_again(quick: Quick, tmp_path: Path, rule: str) -> None:
    (tmp_path / ".gitignore").write_text(f"*.pyc\n{rule}")
    init.run(quick(tmp_path))
    assert (tmp_path / ".gitignore").read_text() == f"*.pyc\n{rule}"


def test_an_ignore_rule_is_added_on_a_line_of_its_own(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.pyc\r\nlast")
    init.run(quick(tmp_path))
    assert (tmp_path / ".gitignore").read_bytes() == b"*.pyc\r\nlast\n/.qops/\n"


def test_attributes_come_after_those_that_are_there_and_win_over_them(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes(b"* text=auto eol=crlf\n*.csv -text\n")
    init.run(quick(tmp_path))
    for path in ("a/bell.qasm", "bell.csv", "artifacts.dvc", "qops.lock"):
        assert git(tmp_path, "check-attr", "text", path) == f"{path}: text: unset\n"
    assert (tmp_path / ".gitattributes").read_text().count("*.csv") == 1
    assert git(tmp_path, "check-attr", "text", "a.txt") == "a.txt: text: auto\n"


def test_below_the_top_of_a_repository_the_whole_repository_is_meant(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    assert LocalGround.around(tmp_path / "deep" / "er").files.root == tmp_path
    assert LocalGround.around(tmp_path / "deep" / "new").files.root == tmp_path


def test_outside_of_any_repository_the_directory_itself_is_meant(tmp_path: Path) -> None:
    assert LocalGround.around(tmp_path / "new").files.root == tmp_path / "new"


def test_what_dvc_refuses_is_said_in_its_words(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text(".dvc\n")
    with pytest.raises(EnvironmentFault, match=r"`dvc init` failed: .*is ignored by your SCM tool"):
        init.run(LocalGround(tmp_path))
