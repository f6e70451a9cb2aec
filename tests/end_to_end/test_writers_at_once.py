"""Several writers in one repository: eight of them, and 32 with `QOPS_TORTURE` in the environment."""

import os
from pathlib import Path

from end_to_end.lab import MOVED, Lab, copied
from support.project import BELL

from qops.formats import lock

WRITERS = 32 if "QOPS_TORTURE" in os.environ else 8
PATIENT = 300


def test_snapshots_at_once_are_one_snapshot(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    commands = [lab.start("snapshot", "-m", f"Writer {number}") for number in range(WRITERS)]
    told = [command.communicate()[0].decode() for command in commands]
    assert [command.returncode for command in commands] == [0] * WRITERS
    assert sum("1 changed" in text for text in told) == 1
    assert sum("nothing changed" in text for text in told) == WRITERS - 1
    assert lab.git("log", "--format=%s").split("\n")[1:3] == ["First", "Sources"]
    assert lab.git("status", "--porcelain").split() == ["M", "bell.csv"]
    assert "up to date" in lab.dvc("status")


def test_snapshots_of_different_circuits_at_once_are_all_kept(lab: Lab, tmp_path: Path) -> None:
    names = [f"c{number:02}" for number in range(WRITERS)]
    for place, name in enumerate(names):
        lab.write(f"{name}.qasm", BELL.replace("theta", f"0.{place:02}1").replace("input float 0.", "//"))
    lab.write("qops.yaml", lab.read("qops.yaml") + "".join(f"  {name}: {name}.qasm\n" for name in names))
    serial = copied(lab, tmp_path / "serial")
    commands = [lab.start("snapshot", name, "-m", name) for name in names]
    ended = [(command.communicate(timeout=PATIENT), command.returncode) for command in commands]
    assert [code for _, code in ended] == [0] * WRITERS, ended
    for name in names:
        assert serial.qops("snapshot", name, "-m", name).code == 0
    assert kept(lab) == kept(serial)
    assert set(lab.git("log", f"-{WRITERS}", "--format=%s").split()) == set(names)
    assert lab.qops("status").code == 0
    assert "up to date" in lab.dvc("status")
    assert lab.qops("fsck").code == 0
    lab.git("fsck", "--strict")


def kept(lab: Lab) -> dict[str, object]:
    """What is in the store, and what the lock says of it."""
    artifacts = sorted(place for place in (lab.root / "artifacts").rglob("*") if place.is_file())
    return {
        "lock": lock.read(lab.read("qops.lock").encode(), "qops.lock").circuits,
        "pointer": lab.read("artifacts.dvc"),
        **{place.relative_to(lab.root).as_posix(): place.read_bytes() for place in artifacts},
    }


def test_who_waits_says_for_whom(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    command = lab.typed("flock .qops/lock sleep 2 & sleep 0.3; exec qops snapshot")
    assert command.code == 0
    assert command.err.startswith("waiting: another qops is writing in this repository: ")
