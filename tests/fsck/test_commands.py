"""`qops fsck` and `qops gc` as they are typed."""

import json
import shutil
from collections.abc import Callable

import pytest
from fsck.laboratory import Laboratory, damage

from qops.cli import boundary

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Runs `qops` in the laboratory: exit code, report, errors."""
    monkeypatch.chdir(laboratory.root)

    def run(*words: str) -> tuple[int, str, str]:
        code = boundary.run(words)
        return code, *capsys.readouterr()

    return run


def test_the_machine_reads_every_finding(laboratory: Laboratory, typed: Typed) -> None:
    damage(laboratory.cached(laboratory.digest("bell")))
    code, report, _ = typed("fsck", "--json")
    (finding,) = json.loads(report)["data"]["findings"]
    assert code == 1
    assert (finding["subject"], finding["circuits"], finding["labels"]) == ("objects", ["bell"], ["at hand"])
    assert finding["expected"] == laboratory.digest("bell")


def test_what_cannot_be_done(typed: Typed) -> None:
    code, _, errors = typed("gc")
    assert code == 2
    assert errors.startswith("error: qops removes nothing from DVC's cache")
    assert typed("gc", "--dry-run")[0] == 0
    assert typed("fsck", "--rev", "v9.9.9")[0] == 2


def test_exit_codes(laboratory: Laboratory, typed: Typed) -> None:
    assert typed("fsck", "--rev", "v0.1.0", "--rev", "main")[::2] == (0, "")
    shutil.rmtree(laboratory.root / "artifacts")
    assert typed("fsck")[0] == 3
    damage(laboratory.cached(laboratory.listing()))
    assert typed("fsck")[0] == 1
    code, report, _ = typed("fsck", "--heal")
    assert code == 3
    assert "from qops.lock" in report
    shutil.rmtree(laboratory.root / ".dvc")
    assert typed("fsck")[0] == 4
