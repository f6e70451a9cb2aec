"""The check before a push: whether those who pull it will get the artifacts too."""

import shutil
from pathlib import Path

import pytest
from drivers.repository import BELL, Repository


@pytest.fixture
def origin(project: Repository) -> Path:
    """A place to push to, which lacks everything."""
    place = project.root.parent / "origin.git"
    project.git("init", "--quiet", "--bare", str(place))
    project.git("remote", "add", "origin", str(place))
    return place


def dvc_remote(project: Repository, url: str) -> None:
    project.write(".dvc/config", f"[core]\n    remote = shared\n['remote \"shared\"']\n    url = {url}\n")


def dvc_push(project: Repository, remote: Path) -> None:
    """What `dvc push` does for a remote in a directory."""
    shutil.copytree(project.root / ".dvc" / "cache", remote, dirs_exist_ok=True)


def test_artifacts_that_nobody_pushed_stop_the_push(project: Repository, origin: Path, tmp_path: Path) -> None:
    dvc_remote(project, str(tmp_path / "remote"))
    assert origin.exists()
    done = project.git("push", "origin", "main", code=1)
    assert "3 objects of" in done.err
    assert "not on DVC's remote `shared`" in done.err
    assert "`dvc push artifacts.dvc`" in done.err
    dvc_push(project, tmp_path / "remote")
    done = project.git("push", "--quiet", "origin", "main")
    assert (done.out, done.err) == ("", "")


@pytest.mark.usefixtures("origin")
def test_an_older_snapshot_that_is_pushed_along_is_looked_at_too(project: Repository, tmp_path: Path) -> None:
    dvc_remote(project, str(tmp_path / "remote"))
    dvc_push(project, tmp_path / "remote")
    for angle in ("0.25", "0.125"):
        project.write("bell.qasm", BELL.replace("0.5", angle))
        assert project.qops("snapshot", "--quiet") == 0
        project.commit(angle)
    dvc_push(project, tmp_path / "remote")
    pointer = project.git("show", "HEAD~1:artifacts.dvc").out.split("md5: ")[1].split()[0]
    lost = tmp_path / "remote" / "files" / "md5" / pointer[:2] / pointer[2:]
    lost.unlink()
    done = project.git("push", "origin", "main", code=1)
    commit = project.git("rev-parse", "HEAD~1").out[:12]
    assert f"1 object of {commit} not on DVC's remote `shared`" in done.err


@pytest.mark.usefixtures("origin")
def test_what_the_remote_has_already_is_not_asked_about(project: Repository, tmp_path: Path) -> None:
    project.git("push", "--quiet", "--no-verify", "origin", "main")
    dvc_remote(project, str(tmp_path / "remote"))
    project.commit("A remote for DVC")
    assert project.git("push", "--quiet", "origin", "main").err == ""
    assert project.git("push", "--quiet", "origin", "HEAD:refs/heads/new").err == ""
    project.git("tag", "-a", "v1.0.0", "-m", "One")
    assert project.git("push", "--quiet", "origin", "v1.0.0").err == ""
    assert project.git("push", "--quiet", "origin", ":new").err == ""


@pytest.mark.usefixtures("origin")
@pytest.mark.parametrize(
    ("url", "says"),
    [("", "DVC has no remote"), ("s3://bucket/store", "not examined: DVC's remote `shared` cannot be looked at")],
)
def test_what_cannot_be_looked_at_is_said_and_let_through(url: str, says: str, project: Repository) -> None:
    if url:
        dvc_remote(project, url)
    assert says in project.git("push", "origin", "main").err


@pytest.mark.usefixtures("origin")
def test_the_framework_says_in_the_environment_what_is_pushed(project: Repository, tmp_path: Path) -> None:
    dvc_remote(project, str(tmp_path / "remote"))
    head = project.git("rev-parse", "HEAD").out.strip()
    done = project.run("qops-pre-push", "origin", code=1, PRE_COMMIT_TO_REF=head, PRE_COMMIT_FROM_REF="0" * 40)
    assert "3 objects of" in done.err


def test_a_repository_without_a_lock_pushes_as_ever(bare: Repository) -> None:
    bare.write("a.qasm", BELL)
    bare.commit()
    bare.git("init", "--quiet", "--bare", "../origin.git")
    assert bare.git("push", "--quiet", "../origin.git", "main").err == ""
