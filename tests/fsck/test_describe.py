"""What a person reads. `REWRITE=1 pytest tests/fsck` writes the golden texts anew."""

import os
import shutil
from pathlib import Path

from fsck.laboratory import Laboratory, damage, plain

from qops.model.report import Report

GOLDEN = Path(__file__).parent / "golden"


def is_golden(name: str, report: Report) -> None:
    golden = GOLDEN / name
    if os.environ.get("REWRITE"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(plain(report), encoding="utf-8")
    assert plain(report) == golden.read_text(encoding="utf-8")


def test_all_is_well(laboratory: Laboratory) -> None:
    is_golden("well.txt", laboratory.fsck(revisions=("v0.1.0", "main")))


def test_damage_of_every_kind(laboratory: Laboratory) -> None:
    damage(laboratory.cached(laboratory.digest("bell")))
    laboratory.cached(laboratory.digest("loop")).unlink()
    lock = laboratory.root / "qops.lock"
    lock.write_text(lock.read_text().replace("dirty: ", "dirty:  "))
    (laboratory.root / "artifacts" / "circuits" / "loop" / "circuit.qasm").write_text("// mine\n")
    (laboratory.root / "artifacts" / "notes.txt").write_text("mine\n")
    is_golden("damaged.txt", laboratory.fsck())


def test_healed(laboratory: Laboratory) -> None:
    damage(laboratory.cached(laboratory.digest("bell")))
    laboratory.cached(laboratory.digest("loop")).unlink()
    is_golden("healed.txt", laboratory.fsck(heal=True))


def test_a_fresh_clone(laboratory: Laboratory) -> None:
    laboratory.remote("lab")
    shutil.rmtree(laboratory.root / ".dvc" / "cache")
    shutil.rmtree(laboratory.root / "artifacts")
    is_golden("clone.txt", laboratory.fsck())
