"""Several writers in one repository."""

from end_to_end.lab import MOVED, Lab
from support.project import BELL


def test_eight_snapshots_at_once_are_one_snapshot(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    commands = [lab.start("snapshot", "-m", f"Writer {number}") for number in range(8)]
    told = [command.communicate()[0].decode() for command in commands]
    assert [command.returncode for command in commands] == [0] * 8
    assert sum("1 changed" in text for text in told) == 1
    assert sum("nothing changed" in text for text in told) == 7
    assert lab.git("log", "--format=%s").split("\n")[1:3] == ["First", "Sources"]
    assert lab.git("status", "--porcelain").split() == ["M", "bell.csv"]
    assert "up to date" in lab.dvc("status")


def test_snapshots_of_different_circuits_at_once_are_all_kept(lab: Lab) -> None:
    names = ["a", "b", "c", "d"]
    for place, name in enumerate(names):
        lab.write(f"{name}.qasm", BELL.replace("theta", f"0.{place}").replace("input float 0.", "//"))
    lab.write("qops.yaml", lab.read("qops.yaml") + "".join(f"  {name}: {name}.qasm\n" for name in names))
    commands = [lab.start("snapshot", name, "-m", name) for name in names]
    for command in commands:
        assert command.wait(60) == 0
        command.communicate()
    assert set(lab.git("log", "-4", "--format=%s").split()) == set(names)
    assert lab.qops("status").code == 0
    assert "up to date" in lab.dvc("status")


def test_who_waits_says_for_whom(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    command = lab.typed("flock .qops/lock sleep 2 & sleep 0.3; exec qops snapshot")
    assert command.code == 0
    assert command.err.startswith("waiting: another qops is writing in this repository: ")
