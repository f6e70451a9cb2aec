"""Backends and calibrations with real git and DVC, through the real program."""

import json

import pytest
from end_to_end.lab import Lab
from support.project import MANIFEST
from support.targets import PLAIN

from qops.formats import target_json

BACKENDS = "backends:\n  kept: {kind: target, file: line.json}\n"
TEXT = target_json.write(PLAIN).decode()
WORSE = TEXT.replace("[[0, 1], 0.01,", "[[0, 1], 0.3,").replace("2026-01-31", "2026-02-01")


@pytest.fixture
def measured(lab: Lab) -> Lab:
    """A project with a backend whose target is a file of the repository."""
    lab.write("qops.yaml", MANIFEST + BACKENDS)
    lab.write("line.json", TEXT)
    lab.git("add", ".")
    lab.git("commit", "--quiet", "-m", "Begin")
    return lab


def test_a_calibration_is_recorded_checked_and_compared(measured: Lab) -> None:
    assert measured.qops("snapshot", "--tag", "v0.1.0").code == 0
    assert measured.qops("fsck").code == 0
    assert measured.qops("backend", "diff", "kept@v0.1.0").code == 0
    measured.write("line.json", WORSE)
    found = measured.qops("backend", "diff", "kept@v0.1.0", "--json")
    assert found.code == 1
    assert [move["qubits"] for move in json.loads(found.out)["data"]["moves"]] == [[0, 1]]
    measured.git("commit", "--quiet", "-am", "Measured anew")
    assert measured.qops("snapshot", "--tag", "v0.2.0").code == 0
    assert measured.qops("backend", "diff", "kept@v0.1.0", "kept@v0.2.0").code == 1
    assert measured.qops("backend", "diff", "v0.1.0:line.json", "v0.2.0:line.json").code == 1
    assert measured.qops("fsck", "--all-revisions").code == 0


def test_a_flipped_bit_of_a_stored_calibration_is_found(measured: Lab) -> None:
    measured.qops("snapshot", "-m", "First")
    stored = measured.root / "artifacts" / "calibration" / "kept.json"
    data = bytearray(stored.read_bytes())
    data[100] ^= 1
    stored.unlink()
    stored.write_bytes(data)
    found = measured.qops("fsck")
    assert found.code == 1
    assert "calibration/kept.json" in found.out


def test_branches_that_measure_different_backends_merge(measured: Lab) -> None:
    two = MANIFEST + BACKENDS + "  other: {kind: target, file: other.json}\n"
    measured.write("qops.yaml", two)
    measured.write("other.json", TEXT)
    measured.qops("hooks", "install")
    measured.git("add", ".")
    measured.git("commit", "--quiet", "-m", "Two")
    measured.qops("snapshot", "-m", "First")
    measured.git("checkout", "--quiet", "-b", "side")
    measured.write("line.json", WORSE)
    measured.git("commit", "--quiet", "-am", "One moves")
    assert measured.qops("snapshot", "-m", "Side").code == 0
    measured.git("checkout", "--quiet", "-")
    measured.dvc("checkout", "--quiet")
    measured.write("other.json", WORSE)
    measured.git("commit", "--quiet", "-am", "The other moves")
    assert measured.qops("snapshot", "-m", "Main").code == 0
    measured.git("merge", "--quiet", "--no-edit", "side")
    measured.dvc("checkout", "--quiet")
    assert measured.qops("fsck").code == 0
    assert measured.qops("snapshot", "--dry-run").out.count("new ones") == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("backend", "show", "kep"), 2, "did you mean `kept`?"),
        (("backend", "lst"), 2, "did you mean"),
        (("backend", "diff", "kept@HEAD"), 3, "no calibration of `kept` was recorded at HEAD"),
        (("backend", "diff", "kept", "bell.qasm"), 2, "this is not JSON"),
        (("backend", "export", "kept", "--to", "bell.csv"), 2, "neither a target nor a calibration"),
        (("backend", "diff", "kept", "kept", "--threshold", "-1"), 2, "threshold"),
    ],
)
def test_what_goes_wrong_has_its_exit_code(words: tuple[str, ...], code: int, told: str, measured: Lab) -> None:
    found = measured.qops(*words)
    assert found.code == code
    assert told in found.err


def test_a_damaged_target_is_told_by_line_through_any_command(measured: Lab) -> None:
    measured.write("line.json", TEXT.replace("0.01,", "1.5,"))
    for words in (("backend", "list"), ("backend", "show", "kept"), ("snapshot",)):
        found = measured.qops(*words)
        assert found.code == 2
        assert "line.json:12:10: `1.5` is no probability" in found.err
