"""The watch of the pilot: silent while nothing moves, an alarm when T1 collapses, and what is then to be done."""

import json

from end_to_end.lab import Lab


def test_the_watch_of_the_pilot(lab: Lab) -> None:
    assert lab.qops("init", "--pilot", "pilot").code == 0
    lab.root = lab.root / "pilot"
    still = lab.qops("drift", "simulate", "t1-of-5", "--null", "--json")
    assert still.code == 0, still
    found = lab.qops("drift", "simulate", "t1-of-5", "--to", "epochs.csv", "--json")
    assert found.code == 1, found
    change = json.loads(found.out)["data"]["watches"]["t1-of-5"]["change"]
    assert change["earliest"] <= "2026-01-07T06:00:00Z" <= change["latest"]
    assert change["kind"] == "step"
    assert lab.qops("drift", "check").code == 3
    assert lab.qops("drift", "record", "t1-of-5", "epochs.csv").code == 0
    assert lab.qops("drift", "baseline", "t1-of-5").code == 0
    assert lab.qops("drift", "check", "--format", "html", "--output", "drift.html").code == 1
    assert "<svg" in (lab.root / "drift.html").read_text()
    told = lab.qops("drift", "trigger", "run", "--dry-run")
    assert "echo 'recalibrate hanoi, qubit 5'" in told.out, told
    assert told.code == 0
