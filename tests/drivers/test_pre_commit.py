"""The check before a commit judges what is staged, by real hooks in real repositories."""

import pytest
from drivers.repository import BELL, Repository

CHANGED = BELL.replace("0.5", "0.25")


def test_a_commit_that_changes_nothing_recorded_says_nothing(project: Repository) -> None:
    project.write("notes.txt", "hello\n")
    project.git("add", "notes.txt")
    done = project.git("commit", "--quiet", "-m", "Notes")
    assert (done.out, done.err) == ("", "")


def test_commit_all_with_an_unrecorded_circuit_is_refused(project: Repository) -> None:
    project.write("bell.qasm", CHANGED)
    done = project.git("commit", "--all", "-m", "Angle", code=1)
    assert "~ bell  parameters" in done.err
    assert "`qops snapshot` records and stages it" in done.err
    assert project.qops("snapshot", "--quiet") == 0
    project.git("commit", "--quiet", "--all", "-m", "Angle")


def test_what_is_not_staged_is_not_judged(project: Repository) -> None:
    project.write("bell.qasm", CHANGED)
    project.write("notes.txt", "hello\n")
    project.git("add", "notes.txt")
    project.git("commit", "--quiet", "-m", "Notes")


def test_what_is_staged_is_judged_whatever_the_work_tree_holds(project: Repository) -> None:
    project.write("bell.qasm", CHANGED)
    project.git("add", "bell.qasm")
    project.write("bell.qasm", BELL)
    assert "~ bell  parameters" in project.git("commit", "-m", "Angle", code=1).err


def test_a_commit_of_a_path_has_an_index_of_its_own(project: Repository) -> None:
    project.write("bell.qasm", CHANGED)
    project.git("add", "bell.qasm")
    project.write("notes.txt", "hello\n")
    project.git("add", "notes.txt")
    project.git("commit", "--quiet", "-m", "Notes", "notes.txt")
    assert "~ bell  parameters" in project.git("commit", "-m", "Angle", "bell.qasm", code=1).err


def test_another_index_by_its_variable(project: Repository) -> None:
    index = str(project.root / "other-index")
    project.git("read-tree", "HEAD", GIT_INDEX_FILE=index)
    project.write("bell.qasm", CHANGED)
    project.git("add", "bell.qasm", GIT_INDEX_FILE=index)
    assert "~ bell  parameters" in project.run("qops-pre-commit", code=1, GIT_INDEX_FILE=index).err
    assert project.run("qops-pre-commit").err == ""
    assert "~ bell  parameters" in project.git("commit", "-m", "Angle", code=1, GIT_INDEX_FILE=index).err


def test_a_linked_worktree_is_judged_by_its_own_index(project: Repository) -> None:
    linked = Repository(project.root.parent / "linked")
    project.git("worktree", "add", "--quiet", str(linked.root))
    linked.write("bell.qasm", CHANGED)
    assert "~ bell  parameters" in linked.git("commit", "--all", "-m", "Angle", code=1).err
    project.git("commit", "--quiet", "--allow-empty", "-m", "Here all is well")


def test_a_merge_is_judged_too(project: Repository) -> None:
    project.git("checkout", "--quiet", "-b", "theirs")
    project.write("bell.qasm", CHANGED)
    project.commit("Angle, not recorded")
    project.git("checkout", "--quiet", "main")
    project.write("notes.txt", "hello\n")
    project.commit("Notes")
    done = project.git("merge", "--no-edit", "theirs", code=1)
    assert "~ bell  parameters" in done.err
    assert project.qops("snapshot", "--quiet") == 0
    project.git("commit", "--quiet", "--no-edit")


def test_qops_commits_the_lock_before_its_user_commits_the_sources(project: Repository) -> None:
    project.write("bell.qasm", CHANGED)
    assert project.qops("snapshot", "--quiet", "-m", "Angle, recorded") == 0
    assert project.git("log", "-1", "--format=%s").out == "Angle, recorded\n"
    project.git("commit", "--quiet", "--all", "-m", "Angle")


def test_a_circuit_that_is_no_circuit_is_refused_with_its_place(project: Repository) -> None:
    project.write("bell.qasm", BELL + "nonsense q[0];\n")
    done = project.git("commit", "--all", "-m", "Nonsense", code=1)
    assert done.err == "qops: bell.qasm:8:1: no gate is called `nonsense`\n"


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("qops.yaml", "version: 1\ncircuits: {bell: bell.qasm, bell: ghz.qasm}\n", "qops.yaml:2"),
        ("qops.lock", "<<<<<<< ours\n", "qops.lock:1:1: the file holds a merge conflict that is not resolved"),
    ],
)
def test_a_manifest_and_a_lock_must_be_valid(file: str, text: str, says: str, project: Repository) -> None:
    project.write(file, text)
    assert says in project.git("commit", "--all", "-m", "Broken", code=1).err


def test_a_lock_without_its_artifacts_is_refused(project: Repository) -> None:
    project.write("bell.qasm", CHANGED)
    assert project.qops("snapshot", "--quiet") == 0
    project.git("reset", "--quiet", "artifacts.dvc")
    project.git("add", "bell.qasm")
    done = project.git("commit", "-m", "Half of it", code=1)
    assert "qops.lock is staged without the artifacts.dvc that goes with it" in done.err
    project.git("add", "artifacts.dvc")
    project.git("commit", "--quiet", "-m", "All of it")


def test_a_circuit_that_leaves_the_manifest_leaves_the_lock(project: Repository) -> None:
    project.write("qops.yaml", "version: 1\ncircuits:\n  bell: bell.qasm\n")
    assert "~ ghz  removed" in project.git("commit", "--all", "-m", "Less", code=1).err


def test_a_python_source_is_judged_by_its_file_and_not_run(project: Repository) -> None:
    code = "from pathlib import Path\nPath('ran').touch()\ndef bell():\n    return Path('bell.qasm').read_text()\n"
    project.write("source.py", code)
    project.write("qops.yaml", "version: 1\ncircuits:\n  bell: {python: 'source:bell'}\n  ghz: ghz.qasm\n")
    assert project.qops("snapshot", "--quiet") == 0
    project.commit("A function")
    (project.root / "ran").unlink()
    project.write("source.py", code + "# later\n")
    assert "~ bell  its Python source" in project.git("commit", "--all", "-m", "Later", code=1).err
    assert not (project.root / "ran").exists()


def test_before_the_first_commit_and_without_a_manifest(bare: Repository) -> None:
    bare.write("a.qasm", "nonsense")
    bare.git("add", ".")
    bare.git("commit", "--quiet", "-m", "Begin")


def test_before_the_first_snapshot_circuits_are_read(bare: Repository) -> None:
    bare.write("qops.yaml", "version: 1\ncircuits:\n  a: a.qasm\n")
    bare.write("a.qasm", "nonsense")
    bare.git("add", ".")
    assert "a.qasm:1:1" in bare.git("commit", "-m", "Begin", code=1).err
    bare.write("a.qasm", BELL)
    bare.git("commit", "--quiet", "--all", "-m", "Begin")
