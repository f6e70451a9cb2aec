"""Whatever the two sides of a diff are: revisions, files, files of a revision, standard input."""

import shutil

import pytest
from end_to_end.lab import MOVED, Lab, refusal
from support.project import BELL, FILES

LISTING = "`git tag` and `git branch --all` list what there is; `git fetch --tags` asks the remote for more"


@pytest.fixture
def two(lab: Lab) -> Lab:
    """Two snapshots, v0.1.0 and v0.2.0; the value moved by 0.2 in between."""
    lab.git("tag", "v0.1.0")
    lab.write("bell.csv", MOVED)
    lab.git("commit", "--quiet", "--all", "--message=Move")
    assert lab.qops("snapshot", "--tag", "v0.2.0").code == 0
    return lab


def test_every_kind_of_side(two: Lab) -> None:
    two.write("other.qasm", BELL.replace("cx", "cz"))
    sides = {
        (): 0,
        ("v0.1.0",): 1,
        ("v0.1.0", "v0.2.0"): 1,
        ("v0.1.0", "v0.2.0", "--tolerance", "0.25"): 0,
        ("v0.1.0", "v0.2.0", "--fail-on", "structure"): 0,
        ("v0.1.0", "v0.2.0", "--name", "ghz", "--name", "ghz"): 0,
        ("HEAD", "v0.2.0"): 0,
        ("bell.qasm", "other.qasm"): 1,
        ("HEAD:bell.qasm",): 0,
        ("v0.1.0:bell.csv", "bell.csv"): 1,
        ("bell.csv", "v0.2.0:bell.csv"): 0,
    }
    assert {words: two.qops("diff", *words).code for words in sides} == sides
    assert two.git("status", "--porcelain") == "?? other.qasm\n"


def test_standard_input_is_what_the_other_side_is(two: Lab) -> None:
    assert two.qops("diff", "v0.1.0:bell.csv", "-", data=MOVED.encode()).code == 1
    assert two.qops("diff", "-", "bell.csv", data=MOVED.encode()).code == 0
    assert two.qops("diff", "bell.qasm", "-", data=BELL.encode()).code == 0
    outcome = two.qops("diff", "bell.qasm", "-", data=b"qubit q;\noops q;\n")
    assert outcome.err.startswith("error: standard input:2:1: no gate is called `oops`\n")


def test_what_is_no_revision_is_refused_with_what_could_be_meant(two: Lab) -> None:
    hints = {
        "v0.1": "did you mean `v0.1.0`?",
        "v0.1.0..v0.2.0": "name both ends of a range by themselves: `qops diff A B`",
        "--output=stolen": LISTING,
        "HEAD~99": LISTING,
    }
    for revision, hint in hints.items():
        expected = refusal(2, f"git knows no commit '{revision}'", hint)
        assert two.qops("diff", "--", revision) == expected
        assert two.qops("diff", "--", "HEAD", revision) == expected
    assert not (two.root / "stolen").exists()


def test_before_the_first_snapshot_there_is_no_answer(two: Lab) -> None:
    for words in (("HEAD~3",), ("HEAD~3", "HEAD"), ("HEAD", "HEAD~3")):
        outcome = two.qops("diff", *words)
        assert outcome == refusal(3, "there is no snapshot at HEAD~3", "`qops log` lists the revisions that have one")


def test_sides_that_do_not_go_together(two: Lab) -> None:
    refused = {
        ("bell.qasm",): "one file is nothing to compare",
        ("HEAD", "bell.qasm"): "bell.qasm is a file and HEAD a revision",
        ("ghz.qasm", "bell.csv"): "ghz.qasm and bell.csv are not the same kind of file",
        ("-", "-"): "standard input can be only one of the two files",
        ("none.qasm", "bell.qasm"): "there is no file none.qasm",
        ("HEAD:none.qasm", "bell.qasm"): "there is no none.qasm at HEAD",
        ("HEAD:qops.yaml", "bell.qasm"): "HEAD:qops.yaml:1:1: no gate is called `version`",
        ("HEAD:../up.qasm", "bell.qasm"): "../up.qasm: ../up.qasm is outside of the repository",
        ("HEAD", "--name", "none"): "no circuit is called `none`",
        ("bell.qasm", "ghz.qasm", "--name", "bell"): "two files have no names of circuits",
        ("HEAD", "--tolerance", "-1"): "invalid value for '--tolerance': '-1' is not a number of radians from zero up",
    }
    for words, cause in refused.items():
        outcome = two.qops("diff", *words)
        assert (outcome.code, outcome.err.splitlines()[0]) == (2, f"error: {cause}")


def test_where_neither_store_nor_git_has_the_old_side_the_answer_is_open(two: Lab) -> None:
    two.write("bell.csv", FILES["bell.csv"].replace("5", "55"))
    assert two.qops("snapshot", "-m", "Its source is in no commit").code == 0
    two.git("checkout", "--quiet", "--", "bell.csv")
    shutil.rmtree(two.root / ".dvc" / "cache")
    shutil.rmtree(two.root / "artifacts")
    outcome = two.qops("diff")
    assert outcome.code == 3
    assert "INCONCLUSIVE  bell" in outcome.out
    assert "not examined: artifacts/circuits/bell/parameters.csv is neither in DVC's cache nor" in outcome.out
    assert two.qops("diff", "--tolerance", "0").code == 1
