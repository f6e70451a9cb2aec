"""`qops.lock`, when it is damaged, in conflict, from the future or gone."""

import pytest
from end_to_end.lab import MOVED, Lab

DAMAGES = {
    "cut short": (lambda text: text[:300], "qops.lock:14:1: the lock is damaged: a value is missing"),
    "a digest of another kind": (
        lambda text: text.replace("skeleton: s1:", "skeleton: z1:", 1),
        "qops.lock:19:1: the lock is damaged: here belongs a digest, `s1:` and 64 hexadecimal digits",
    ),
    "of the future": (
        lambda text: text.replace("version: 1", "version: 9", 1),
        "qops.lock:2:1: the lock is of version 9; qops 0.1.0 reads version 1",
    ),
    "empty": (lambda _text: "", "qops.lock:1:1: this is not a lock that `qops snapshot` wrote"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_lock_is_named_and_never_written_over(lab: Lab, kind: str) -> None:
    damage, cause = DAMAGES[kind]
    damaged = damage(lab.read("qops.lock"))
    lab.write("qops.lock", damaged)
    for words in (("status",), ("diff",), ("show", "bell"), ("snapshot",)):
        outcome = lab.qops(*words)
        assert (outcome.code, outcome.err.splitlines()[0]) == (2, f"error: {cause}"), words
    assert lab.read("qops.lock") == damaged
    doctor = lab.qops("doctor")
    assert doctor.code == 1
    assert "To be put right: snapshot." in doctor.out
    assert lab.qops("log").code == 0


def test_a_deleted_lock_is_written_again_as_it_was(lab: Lab) -> None:
    before = lab.read("qops.lock")
    (lab.root / "qops.lock").unlink()
    assert lab.qops("status").code == 1
    assert lab.qops("diff").err == "error: nothing has been recorded yet\nhint: run `qops snapshot` first\n"
    assert lab.qops("snapshot").code == 0
    after = lab.read("qops.lock")
    assert after.partition("store:")[2] == before.partition("store:")[2]


def test_two_branches_that_moved_one_circuit_are_merged_by_a_new_snapshot(lab: Lab) -> None:
    branch = lab.git("branch", "--show-current").strip()
    for name, text in (("other", MOVED), (branch, MOVED.replace("7", "8"))):
        lab.git("checkout", "--quiet", *(["-b"] if name == "other" else []), name)
        lab.write("bell.csv", text)
        lab.git("commit", "--quiet", "--all", "--message=Move")
        assert lab.qops("snapshot", "-m", "Record").code == 0
    assert lab.run("git", "merge", "other").code == 1
    for path in ("qops.lock", "artifacts.dvc"):
        outcome = lab.qops("snapshot") if path == "artifacts.dvc" else lab.qops("status")
        assert outcome.code == 2
        assert f"error: {path}:" in outcome.err
        assert "the file holds a merge conflict that is not resolved" in outcome.err
        assert f"hint: run `git checkout --ours -- {path}`, then `qops snapshot`" in outcome.err
        lab.git("checkout", "--ours", "--", path)
        lab.git("checkout", "--theirs", "--", "bell.csv")
    assert lab.qops("snapshot").code == 0
    lab.git("commit", "--quiet", "--all", "--message=Merged")
    assert lab.clean()
    assert lab.qops("status").code == 0
    assert "up to date" in lab.dvc("status")
    assert lab.qops("log").out.splitlines()[3] == "    Merged"
