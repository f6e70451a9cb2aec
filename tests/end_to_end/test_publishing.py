"""Messages, tags and pushing."""

import pytest
from end_to_end.lab import MOVED, Lab, refusal


@pytest.fixture
def changed(lab: Lab) -> Lab:
    lab.write("bell.csv", MOVED)
    return lab


@pytest.mark.parametrize("message", ["", "  \n"])
def test_an_empty_message_is_refused_before_anything_is_written(changed: Lab, message: str) -> None:
    outcome = changed.qops("snapshot", "-m", message)
    assert outcome == refusal(2, "the commit message is empty", "say with `-m` what changed, or leave it out")
    assert changed.git("status", "--porcelain").split() == ["M", "bell.csv"]


@pytest.mark.parametrize("message", ["--amend", "-F /etc/passwd", "# not a comment"])
def test_any_other_message_is_only_a_message(changed: Lab, message: str) -> None:
    assert changed.qops("snapshot", "-m", message).code == 0
    assert changed.git("log", "-2", "--format=%s").splitlines() == [message, "First"]


def test_tags_come_in_order(changed: Lab) -> None:
    changed.git("tag", "nightly")
    assert changed.qops("snapshot", "--tag", "v1.0.0-rc.1").code == 0
    refused = {
        "v1": "`v1` is not a version",
        "v01.0.0": "`v01.0.0` is not a version",
        "": "`` is not a version",
        "-d": "`-d` is not a version",
        "v0.9.0": "v0.9.0 does not come after v1.0.0-rc.1",
        "v1.0.0-rc.0": "v1.0.0-rc.0 does not come after v1.0.0-rc.1",
    }
    for tag, cause in refused.items():
        outcome = changed.qops("snapshot", f"--tag={tag}")
        assert (outcome.code, outcome.err.splitlines()[0]) == (2, f"error: {cause}")
    assert changed.qops("snapshot", "--tag", "v1.0.0", "--dry-run").code == 0
    assert changed.git("tag").split() == ["nightly", "v1.0.0-rc.1"]
    changed.write("bell.csv", MOVED.replace("7", "8"))
    assert changed.qops("snapshot", "--tag", "v1.0.0-rc.1").err.startswith(
        "error: the tag v1.0.0-rc.1 exists already\n"
    )
    assert changed.qops("snapshot", "--tag", "v1.0.0").code == 0
    assert changed.git("cat-file", "-t", "v1.0.0").strip() == "tag"


def test_names_may_be_repeated_and_must_be_known(changed: Lab) -> None:
    assert "1 changed" in changed.qops("snapshot", "bell", "ghz", "bell").out
    outcome = changed.qops("snapshot", "bel")
    assert outcome == refusal(2, "qops.yaml: no circuit is called `bel` in qops.yaml", "did you mean `bell`?")


def test_a_push_that_fails_is_taken_up_where_it_stopped(changed: Lab) -> None:
    command = ("snapshot", "--tag", "v1.0.0", "--push")
    outcome = changed.qops(*command)
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.splitlines()[0].endswith(f"no remote specified in {changed.root}")
    assert "hint: tell DVC where to keep it: `dvc remote add --default NAME URL`" in outcome.err
    changed.dvc("remote", "add", "--quiet", "--default", "store", "../objects")
    outcome = changed.qops(*command)
    hint = "`git remote add origin URL`, or `git push -u` once"
    assert outcome == refusal(4, "git does not know where to push to", hint)
    changed.git("init", "--quiet", "--bare", "../remote")
    changed.git("remote", "add", "origin", "../remote")
    outcome = changed.qops(*command)
    assert outcome.code == 0
    assert "v1.0.0, which is there already" in outcome.out
    assert "refs/tags/v1.0.0" in changed.git("ls-remote", "origin")
    changed.git("clone", "--quiet", "--branch=v1.0.0", "../remote", "../clone")
    clone = changed.beside("clone")
    clone.git("config", "advice.detachedHead", "false")
    clone.dvc("remote", "add", "--quiet", "--default", "store", str(changed.beside("objects").root))
    clone.dvc("pull", "--quiet")
    assert clone.qops("restore", "bell@v1.0.0", "--to", "old.qasm").code == 0
    assert clone.read("old.csv") == MOVED
