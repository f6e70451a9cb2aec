import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import InputError
from qops.formats import manifest
from qops.model.report import Report
from qops.project import init, scaffold
from qops.vault.ground import LocalGround

Quick = Callable[[Path], LocalGround]
TEMPLATE = Path(scaffold.__file__).parent / "pilot" / "template"


def following(report: Report) -> tuple[str, ...]:
    return tuple(line.text for line in report.sections[1].lines)


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def test_the_pilot_is_a_repository_of_its_own_with_everything_committed(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    report = scaffold.run(LocalGround(tmp_path / "pilot"))
    root = tmp_path / "pilot"
    assert git(root, "rev-parse", "--show-toplevel").strip() == str(root)
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "log", "--format=%an %s").strip() == f"Ada {scaffold.MESSAGE}"
    assert (root / ".dvc" / "config").exists()
    assert following(report)[0] == f"cd {root}"


def test_every_file_of_the_template_arrives_unchanged(quick: Quick, tmp_path: Path) -> None:
    scaffold.run(quick(tmp_path))
    names = subprocess.run(["git", "ls-files"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout.split()
    for name in set(names) - {".gitattributes", ".gitignore", ".dvc/config", ".dvc/.gitignore"}:
        assert (tmp_path / name).read_bytes() == (TEMPLATE / name).read_bytes()
    assert {"qops.yaml", "circuits/ansatz.qasm", "parameters/history.csv", "data/LICENSE.md", "README.md"} <= set(names)


def test_its_manifest_is_valid_and_finds_every_file(quick: Quick, tmp_path: Path) -> None:
    ground = quick(tmp_path)
    scaffold.run(ground)
    entries = manifest.read(ground.files.read("qops.yaml"), "qops.yaml", ground.files.glob).circuits.values()
    assert [entry.name for entry in entries] == [
        "feature-map",
        "ansatz",
        "ansatz-training",
        "active-reset",
        "classifier",
        "t1",
    ]
    assert init.run(ground).data["made"] == []


def test_an_interrupted_run_is_completed_by_the_next(quick: Quick, tmp_path: Path) -> None:
    scaffold.run(quick(tmp_path / "whole"))
    (tmp_path / "half" / "circuits").mkdir(parents=True)
    (tmp_path / "half" / "circuits" / "ansatz.qasm").write_bytes((TEMPLATE / "circuits" / "ansatz.qasm").read_bytes())
    (tmp_path / "half" / ".README.md.qops-tmp").touch()
    scaffold.run(quick(tmp_path / "half"))
    trees = [git(tmp_path / name, "rev-parse", "HEAD^{tree}") for name in ("whole", "half")]
    assert trees[0] == trees[1]


def test_a_directory_that_holds_something_else_is_refused_by_name(quick: Quick, tmp_path: Path) -> None:
    for name in ("thesis.tex", "notes"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match=r"is not empty: it holds notes, thesis\.tex$"):
        scaffold.run(quick(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "thesis.tex"]


def test_a_file_of_the_pilot_that_was_edited_is_never_overwritten(quick: Quick, tmp_path: Path) -> None:
    scaffold.run(quick(tmp_path))
    (tmp_path / "train.py").write_text("# mine\n")
    with pytest.raises(InputError, match=r"it holds train\.py$"):
        scaffold.run(quick(tmp_path))
    assert (tmp_path / "train.py").read_text() == "# mine\n"


def test_a_fresh_clone_of_an_empty_repository_will_do(quick: Quick, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert ".git" in scaffold.run(quick(tmp_path)).data["kept"]


def test_without_a_name_nothing_is_committed_and_what_to_type_is_said(
    quick: Quick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "")
    monkeypatch.setenv("GIT_CONFIG_KEY_1", "user.email")
    monkeypatch.setenv("GIT_CONFIG_VALUE_1", "")
    report = scaffold.run(quick(tmp_path))
    assert git(tmp_path, "for-each-ref") == ""
    monkeypatch.delenv("GIT_CONFIG_COUNT")
    _, *identity, _, _ = following(report)
    subprocess.run(" && ".join(identity), shell=True, cwd=tmp_path, check=True, capture_output=True)  # noqa: S602 - as the user will
    assert git(tmp_path, "status", "--porcelain") == ""
