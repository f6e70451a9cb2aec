"""DVC's side of the project, when it is missing, busy, damaged or edited by hand."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from end_to_end.lab import MOVED, Lab, objects, refusal
from support.command_line import Outcome

HOLDER = """
from dvc.repo import Repo
with Repo(".").lock:
    print("held", flush=True)
    input()
"""
TEXT = "artifacts/circuits/ghz/circuit.qasm"


@contextmanager
def held_by_dvc(lab: Lab) -> Iterator[None]:
    """While another process of DVC's own holds DVC's lock."""
    pipe = subprocess.PIPE
    words = (sys.executable, "-P", "-c", HOLDER)
    with subprocess.Popen(words, cwd=lab.root, env=lab.environment, stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate(b"\n")


def object_of(lab: Lab, path: str) -> Path:
    """The cache's object of an artifact that lies in the work tree."""
    data = (lab.root / path).read_bytes()
    return next(place for place in objects(lab).values() if place.read_bytes() == data)


def test_without_dvc_the_next_step_is_init(lab: Lab) -> None:
    lab.git("rm", "-r", "--quiet", "--cached", ".dvc")
    shutil.rmtree(lab.root / ".dvc")
    for words in (("snapshot",), ("restore", "bell@HEAD", "--to", "old.qasm")):
        assert lab.qops(*words) == refusal(4, f"DVC is not initialised in {lab.root}", "`qops init`")
    lab.write("bell.csv", MOVED)
    assert {word: lab.qops(word).code for word in ("status", "diff", "log", "show")} == {
        "status": 1,
        "diff": 1,
        "log": 0,
        "show": 0,
    }
    assert lab.qops("init").code == 0
    assert lab.qops("snapshot").code == 0


def test_a_dvc_command_that_is_running_is_waited_for(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    with held_by_dvc(lab):
        command = lab.start("snapshot")
        assert command.stderr is not None
        assert command.stderr.readline().startswith(b"waiting: a DVC command is running in this repository (process ")
        assert lab.qops("status").code == 1
        assert command.poll() is None
    assert command.wait(60) == 0
    command.communicate()
    assert lab.qops("status").code == 0


def test_a_damaged_object_is_noticed_and_named(lab: Lab) -> None:
    place = object_of(lab, TEXT)
    place.chmod(0o644)
    place.write_bytes(place.read_bytes().replace(b"h q", b"x q"))
    place.chmod(0o444)
    assert "up to date" in lab.dvc("status")
    outcome = lab.qops("restore", "ghz@HEAD", "--to", "old.qasm")
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith(f"error: {place}: the stored object of {TEXT} is damaged")
    assert f"hint: `rm -f {place}`, then `dvc pull artifacts.dvc`" in outcome.err
    assert not (lab.root / "old.qasm").exists()
    lab.write("ghz.qasm", lab.read("ghz.qasm").replace("h q", "y q"))
    assert lab.qops("diff") == Outcome(4, "", outcome.err)
    lab.git("checkout", "--quiet", "--", "ghz.qasm")
    place.unlink()
    assert lab.qops("restore", "ghz@HEAD", "--to", "old.qasm").code == 0


def test_damaged_parameters_are_not_merely_left_out(lab: Lab) -> None:
    place = object_of(lab, "artifacts/circuits/bell/parameters.csv")
    place.chmod(0o644)
    place.write_bytes(place.read_bytes().replace(b"0.5", b"0.6"))
    lab.write("bell.csv", MOVED)
    for words in (("diff",), ("show", "bell"), ("restore", "bell@HEAD", "--to", "old.qasm")):
        outcome = lab.qops(*words)
        assert (outcome.code, outcome.out) == (4, ""), words
        assert outcome.err.startswith(f"error: {place}: the stored object of"), words


def test_a_snapshot_of_some_circuits_needs_the_objects_of_the_others(lab: Lab) -> None:
    shutil.rmtree(lab.root / "artifacts")
    shutil.rmtree(lab.root / ".dvc" / "cache")
    lab.write("bell.csv", MOVED)
    outcome = lab.qops("snapshot", "bell")
    assert outcome.code == 4
    assert outcome.err.startswith(f"error: {TEXT} is neither in DVC's cache nor in the work tree")
    assert lab.git("status", "--porcelain").split() == ["M", "bell.csv"]
    assert lab.qops("snapshot").code == 0
    assert "up to date" in lab.dvc("status")


def test_what_was_changed_in_the_store_by_hand_is_not_lost(lab: Lab) -> None:
    lab.write(TEXT, "// mine\n")
    lab.write("artifacts/note.txt", "remember\n")
    lab.write("bell.csv", MOVED)
    outcome = lab.qops("snapshot")
    hint = "move it out of artifacts, or let DVC put its own version back: `dvc checkout artifacts.dvc`"
    assert outcome == refusal(2, f"{TEXT}, artifacts/note.txt: changed by hand, and would be lost", hint)
    assert (lab.read(TEXT), lab.read("artifacts/note.txt")) == ("// mine\n", "remember\n")
    assert lab.git("status", "--porcelain").split() == ["M", "bell.csv"]


def test_a_deleted_pointer_or_store_is_written_again(lab: Lab) -> None:
    (lab.root / "artifacts.dvc").unlink()
    assert lab.qops("snapshot").code == 0
    assert lab.clean()
    shutil.rmtree(lab.root / "artifacts")
    assert lab.qops("snapshot").code == 0
    assert (lab.root / TEXT).exists()
    assert lab.clean()


@pytest.mark.parametrize("damage", ["}{", "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e.dir\n  path: other\n"])
def test_a_damaged_pointer_is_not_written_over(lab: Lab, damage: str) -> None:
    lab.write("artifacts.dvc", damage)
    outcome = lab.qops("snapshot")
    assert outcome.code == 2
    assert outcome.err.startswith("error: artifacts.dvc")
    assert "`git checkout -- artifacts.dvc`" in outcome.err
    assert lab.read("artifacts.dvc") == damage
