"""A/B tests with real git, DVC, compiler and simulator, through the real program."""

import json
import signal
import time

import pytest
from end_to_end.lab import Lab
from support.project import GHZ, MANIFEST

ABTESTS = """\
backends:
  line: {kind: generic, qubits: 3, coupling: line, seed: 7}
abtests:
  longer:
    a: ghz@HEAD
    b: longer
    backend: line
    metric: {pass: ["000", "111"]}
    goal: superior
    shots: 400
    blocks: 8
  parity:
    a: ghz
    b: longer
    backend: line
    metric: {observable: {ZZI: 1, XXX: 0.5}}
    goal: non-inferior
    margin: 0.9
    shots: 200
    blocks: 6
"""
LONGER = GHZ.replace("cx q[1],q[2];", "cx q[1],q[2];" + 40 * "\ncx q[0],q[1];\nbarrier q;")


@pytest.fixture
def testing(lab: Lab) -> Lab:
    """A project with a circuit that is recorded, a longer one, and two experiments."""
    lab.write("longer.qasm", LONGER)
    lab.write("qops.yaml", MANIFEST + "  longer: longer.qasm\n" + ABTESTS)
    lab.git("add", ".")
    lab.git("commit", "--quiet", "-m", "Begin")
    assert lab.qops("snapshot", "-m", "First").code == 0
    return lab


def test_from_the_manifest_to_the_exit_code_and_back_from_the_counts(testing: Lab) -> None:
    planned = testing.qops("abtest", "plan", "longer", "--json")
    assert planned.code == 0
    assert json.loads(planned.out)["data"]["shots"] == 6400
    found = testing.qops("abtest", "longer", "--seed", "3", "--json")
    assert found.code == 1, found
    assert found.err.startswith("longer: 8 blocks × 2 jobs × 400 shots = 6,400 shots")
    again = testing.qops("abtest", "judge", "longer", "--json")
    assert again.out == found.out
    assert testing.git("diff", "--cached", "--name-only").split() == [".gitignore", "series.dvc"]
    testing.git("commit", "--quiet", "-m", "Counted")
    testing.run("rm", "-r", "series")
    missing = testing.qops("abtest", "judge", "longer")
    assert missing.code == 4
    assert "dvc pull" in missing.err
    testing.dvc("checkout", "--quiet", "series.dvc")
    assert testing.qops("abtest", "judge", "longer", "--json").out == found.out


def test_an_observable_and_a_run_that_was_killed(testing: Lab) -> None:
    process = testing.start("abtest", "run", "parity", "--seed", "4")
    counts = testing.root / "series" / "abtests" / "parity" / "counts.csv"
    end = time.monotonic() + 60
    while time.monotonic() < end and not (counts.exists() and counts.read_text().count("\n") > 3):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = testing.qops("abtest", "run", "parity", "--json")
    assert done.code == 0, done
    assert json.loads(done.out)["data"]["blocks"] == 6
    killed = counts.read_text()
    assert testing.qops("abtest", "run", "parity", "--restart", "--seed", "4", "--no-save").code == 0
    assert _without_times(counts.read_text()) == _without_times(killed)
    assert testing.qops("abtest", "judge", "parity").code == 0


def _without_times(text: str) -> list[list[str]]:
    return [[*fields[:8], *fields[9:]] for line in text.splitlines() if (fields := line.split(","))]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("abtest", "longr"), 2, "did you mean `longer`?"),
        (("abtest", "judg"), 2, "did you mean `judge`?"),
        (("abtest", "judge", "longer"), 3, "nothing was counted of `longer` yet"),
        (("abtest", "judge", "longer", "--from", "none.csv"), 2, "there is no file none.csv"),
        (("abtest", "judge", "longer", "--from", "bell.csv"), 2, "bell.csv:1:1: the header is not that of"),
        (("abtest",), 2, "missing command"),
    ],
)
def test_what_goes_wrong_has_its_exit_code(words: tuple[str, ...], code: int, told: str, testing: Lab) -> None:
    found = testing.qops(*words)
    assert found.code == code
    assert told in found.err
