"""Where `qops restore` writes, and what it refuses to write over."""

from pathlib import Path

from end_to_end.lab import MOVED, Lab, refusal
from support.project import BELL, FILES


def test_a_circuit_never_writes_over_its_own_parameters(lab: Lab) -> None:
    outcome = lab.qops("restore", "bell", "--to", "old.csv")
    cause = "old.csv: a .csv file is for parameters, not for a circuit"
    assert outcome == refusal(2, cause, "name `old.qasm`: the parameters go beside it")
    assert lab.clean()


def test_directories_devices_and_empty_names_are_no_targets(lab: Lab) -> None:
    for target in (".", "", "artifacts", "/dev/null"):
        outcome = lab.qops("restore", "bell", "--to", target)
        assert (outcome.code, outcome.out) == (2, ""), target
    assert lab.clean()


def test_what_only_the_file_holds_is_kept(lab: Lab) -> None:
    lab.write("bell.qasm", BELL + "x q[0];\n")
    for words in (("restore", "bell"), ("restore", "ghz", "--to", "bell.qasm")):
        outcome = lab.qops(*words)
        assert outcome.code == 2
        assert "bell.qasm: the file holds something that git does not" in outcome.err
    assert lab.read("bell.qasm") == BELL + "x q[0];\n"
    assert lab.qops("restore", "bell", "--force").code == 0
    assert lab.clean()


def test_files_that_are_gone_come_back_with_their_bytes(lab: Lab) -> None:
    for name in ("bell.qasm", "bell.csv"):
        (lab.root / name).unlink()
    assert lab.qops("restore", "bell").code == 0
    assert lab.clean()
    lab.write("bell.csv", MOVED)
    lab.git("commit", "--quiet", "--all", "--message=Move")
    (lab.root / "bell.csv").chmod(0o600)
    assert lab.qops("restore", "bell@HEAD~1").code == 0
    assert lab.read("bell.csv") == FILES["bell.csv"]
    assert (lab.root / "bell.csv").stat().st_mode & 0o777 == 0o600


def test_directories_are_made_and_links_are_followed(lab: Lab, tmp_path: Path) -> None:
    assert lab.qops("restore", "bell@HEAD", "--to", str(tmp_path / "new" / "deep" / "old.qasm")).code == 0
    (lab.root / "link.qasm").symlink_to(tmp_path / "aim.qasm")
    assert lab.qops("restore", "ghz", "--to", "link.qasm").code == 0
    assert (tmp_path / "aim.qasm").read_text() == FILES["ghz.qasm"]
    assert (lab.root / "link.qasm").is_symlink()


def test_what_does_not_name_a_recorded_circuit_is_refused(lab: Lab) -> None:
    causes = {
        "bel": "no circuit is called `bel` in the snapshot at hand",
        "@HEAD": "no circuit is called `` in the snapshot at HEAD",
        "bell@": "'' is not a revision",
        "bell@none": "git knows no commit 'none'",
        "../bell@HEAD": "no circuit is called `../bell` in the snapshot at HEAD",
    }
    for name, cause in causes.items():
        outcome = lab.qops("restore", name, "--to", "old.qasm")
        assert (outcome.code, outcome.err.splitlines()[0]) == (2, f"error: {cause}")
    assert lab.clean()
