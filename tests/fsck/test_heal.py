"""Damaged and missing objects come back, from wherever a good one is; nothing is ever lost by it."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fsck.laboratory import Laboratory, damage, outcomes, worst

from qops.model.report import Report
from qops.model.verdict import Outcome

BAD = b"damaged"


def healed(laboratory: Laboratory, **choice: object) -> dict[str, str]:
    """Origins by place, of a heal after which all is well."""
    report = laboratory.fsck(heal=True, **choice)
    assert worst(report) is Outcome.PASS, report
    assert worst(laboratory.fsck(**choice)) is Outcome.PASS
    return {each["place"]: each["origin"] for each in report.data["healed"]}


def place(digest: str) -> str:
    return f".dvc/cache/files/md5/{digest[:2]}/{digest[2:]}"


def without_copies(laboratory: Laboratory) -> None:
    """Nothing at hand to heal from: no copy in the work tree, no source that is as it was recorded."""
    shutil.rmtree(laboratory.root / "artifacts")
    for path in ("ansatz.qasm", "ansatz.csv", "bell.qasm", "loop.qasm"):
        laboratory.write(path, "// changed\n")
    laboratory.git("commit", "--quiet", "--all", "-m", "Changed")


def said(report: Report) -> list[str]:
    """The lines about healing."""
    return [line.text for section in report.sections if section.title == "healed" for line in section.lines]


class TestAtHand:
    def test_from_the_copy_in_the_work_tree(self, laboratory: Laboratory) -> None:
        before = laboratory.objects()
        digest = laboratory.digest("bell")
        damage(laboratory.cached(digest), BAD)
        assert healed(laboratory) == {place(digest): "artifacts/circuits/bell/circuit.qasm"}
        assert laboratory.objects() == before
        assert laboratory.quarantine() == {digest: BAD}
        assert laboratory.cached(digest).stat().st_mode & 0o777 == 0o444

    def test_what_git_holds_is_enough(self, laboratory: Laboratory) -> None:
        before = laboratory.objects()
        shutil.rmtree(laboratory.root / "artifacts")
        shutil.rmtree(laboratory.root / ".dvc" / "cache")
        found = laboratory.fsck(heal=True, everything=True, revisions=("HEAD",))
        assert worst(found) is Outcome.PASS
        assert laboratory.objects() == before
        assert laboratory.quarantine() == {}
        assert {each["origin"] for each in found.data["healed"]} == {
            "qops.lock", "ansatz.qasm", "ansatz.csv", "bell.qasm", "loop.qasm",
        }  # fmt: skip

    def test_a_list_of_files_from_the_lock(self, laboratory: Laboratory) -> None:
        damage(laboratory.cached(laboratory.listing()), b"[]")
        assert healed(laboratory) == {place(laboratory.listing()): "qops.lock"}

    def test_a_directory_in_the_place_of_an_object(self, laboratory: Laboratory) -> None:
        object_ = laboratory.cached(laboratory.digest("loop"))
        object_.unlink()
        object_.mkdir()
        (object_ / "mine").write_bytes(b"mine")
        (finding,) = laboratory.findings()
        assert finding.cause == "a directory is in its place"
        assert len(healed(laboratory)) == 1
        aside = laboratory.root / ".qops" / "quarantine" / laboratory.digest("loop")
        assert (aside / "mine").read_bytes() == b"mine"

    def test_damaged_twice_and_set_aside_twice(self, laboratory: Laboratory) -> None:
        digest = laboratory.digest("bell")
        for data in (b"one", b"two", b"three"):
            damage(laboratory.cached(digest), data)
            healed(laboratory)
        assert laboratory.quarantine() == {digest: b"one", f"{digest}-2": b"two", f"{digest}-3": b"three"}

    def test_copies_are_the_users(self, laboratory: Laboratory) -> None:
        copy = laboratory.root / "artifacts" / "circuits" / "bell" / "circuit.qasm"
        damage(copy, BAD)
        assert outcomes(laboratory.fsck(heal=True))["work tree"] is Outcome.FAIL
        assert copy.read_bytes() == BAD

    def test_nothing_to_heal_writes_nothing(self, laboratory: Laboratory) -> None:
        before = laboratory.objects()
        assert healed(laboratory) == {}
        assert laboratory.objects() == before


class TestFromRemotes:
    def test_dvc_brings_what_is_damaged_and_what_is_missing(self, laboratory: Laboratory) -> None:
        before = laboratory.objects()
        laboratory.remote("lab", default=True)
        without_copies(laboratory)
        digest = laboratory.digest("bell")
        damage(laboratory.cached(digest), BAD)
        laboratory.cached(laboratory.digest("loop")).unlink()
        laboratory.cached(laboratory.listing()).unlink()
        report = laboratory.fsck(heal=True)
        origins = {each["place"]: each["origin"] for each in report.data["healed"]}
        assert origins == {
            place(digest): "the remote lab",
            place(laboratory.digest("loop")): "the remote lab",
            place(laboratory.listing()): "qops.lock",
        }
        assert laboratory.objects() == before
        assert laboratory.quarantine() == {digest: BAD}
        assert laboratory.git("status", "--porcelain", "--untracked-files=all") == ""

    def test_what_comes_damaged_is_not_let_in(self, laboratory: Laboratory) -> None:
        remote = laboratory.remote("near")
        digest = laboratory.digest("bell")
        damage(remote / "files" / "md5" / digest[:2] / digest[2:], b"damaged there too")
        without_copies(laboratory)
        damage(laboratory.cached(digest), BAD)
        before = laboratory.objects()
        (finding,) = (finding for finding in laboratory.findings() if finding.subject == "objects")
        assert finding.good == finding.perhaps == ()
        report = laboratory.fsck(heal=True)
        assert outcomes(report)["objects"] is Outcome.FAIL
        assert said(report) == ["the remote near: 1 object did not come, or came damaged"]
        assert laboratory.objects() == before
        assert laboratory.quarantine() == {}

    def test_the_second_remote_has_it(self, laboratory: Laboratory) -> None:
        shutil.rmtree(laboratory.remote("empty", default=True))
        laboratory.remote("full")
        without_copies(laboratory)
        digest = laboratory.digest("bell")
        laboratory.cached(digest).unlink()
        (finding,) = (finding for finding in laboratory.findings() if finding.subject == "objects")
        assert (finding.good, finding.perhaps) == (("the remote full",), ("the remote empty",))
        assert not finding.proven
        report = laboratory.fsck(heal=True)
        assert outcomes(report)["objects"] is Outcome.PASS
        assert [each["origin"] for each in report.data["healed"]] == ["the remote full"]

    def test_a_remote_that_does_not_answer(self, laboratory: Laboratory) -> None:
        with (laboratory.root / ".dvc" / "config").open("a") as config:
            config.write("['remote \"far\"']\n    url = s3://nowhere/at/all\n")
        without_copies(laboratory)
        laboratory.cached(laboratory.digest("bell")).unlink()
        assert outcomes(laboratory.fsck())["objects"] is Outcome.INCONCLUSIVE
        report = laboratory.fsck(heal=True)
        assert outcomes(report)["objects"] is Outcome.FAIL
        assert said(report)[0].startswith("the remote far: `dvc fetch --remote far qops-heal.dvc` failed: ")
        assert len(said(report)) == 1

    def test_a_dvc_that_does_not_work(self, laboratory: Laboratory) -> None:
        laboratory.remote("lab")
        without_copies(laboratory)
        with (laboratory.root / ".dvc" / "config").open("a") as config:
            config.write("[core]\n    nonsense = 1\n")
        damage(laboratory.cached(laboratory.digest("bell")), BAD)
        report = laboratory.fsck(heal=True)
        assert report.verdicts[2].hint == "it could not be brought from there: what DVC said stands under `healed`"
        assert said(report)[0].startswith(
            "the remote lab: `dvc fetch --remote lab qops-heal.dvc` failed: configuration error"
        )
        assert laboratory.cached(laboratory.digest("bell")).read_bytes() == BAD


torture = pytest.mark.skipif("QOPS_TORTURE" not in os.environ, reason="a kill at every call is for QOPS_TORTURE=1")


def count_calls(patch: pytest.MonkeyPatch, at: Callable[[list[str]], None]) -> None:
    """Have `at` called before every mutating system call of this process, with the names of the calls so far."""
    seen: list[str] = []

    def counted(name: str) -> None:
        real = getattr(os, name)

        def act(*args: object, **kwargs: object) -> object:
            seen.append(name)
            at(seen)
            return real(*args, **kwargs)

        patch.setattr(os, name, act)

    for name in ("open", "write", "replace", "rename", "unlink", "mkdir", "fsync", "fchmod", "pwrite", "ftruncate"):
        counted(name)


def killed(laboratory: Laboratory, when: Callable[[list[str]], bool]) -> None:
    """Heal in a child process that ends before the call that `when` says."""
    gc.collect()
    child = os.fork()
    if not child:
        gc.disable()  # or it waits for git processes that only this one can end
        count_calls(pytest.MonkeyPatch(), lambda seen: os._exit(9) if when(seen) else None)
        laboratory.fsck(heal=True)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@torture
def test_killed_anywhere_and_run_again(template: Path, tmp_path: Path) -> None:
    def prepared(name: str) -> Laboratory:
        shutil.copytree(template, tmp_path / name, symlinks=True)
        laboratory = Laboratory(tmp_path / name)
        for circuit in ("bell", "loop"):
            damage(laboratory.cached(laboratory.digest(circuit)), BAD)
        return laboratory

    whole = Laboratory(template).objects()
    counted, calls = prepared("counted"), [0]
    with pytest.MonkeyPatch.context() as patch:
        count_calls(patch, lambda seen: calls.append(len(seen)))
        counted.fsck(heal=True)
    for call in range(1, max(calls) + 1, 3):
        laboratory = prepared(f"killed at {call}")
        killed(laboratory, lambda seen, call=call: len(seen) == call)
        assert worst(laboratory.fsck(heal=True)) is Outcome.PASS
        assert laboratory.objects() == whole
        assert list(laboratory.quarantine().values()) == [BAD, BAD]


@torture
@pytest.mark.parametrize(("name", "number"), [("replace", 1), ("unlink", 5)])
def test_killed_before_and_after_dvc_and_run_again(laboratory: Laboratory, name: str, number: int) -> None:
    whole = laboratory.objects()
    laboratory.remote("lab", default=True)
    without_copies(laboratory)
    damage(laboratory.cached(laboratory.digest("bell")), BAD)
    killed(laboratory, lambda seen: seen.count(name) == number)
    assert outcomes(laboratory.fsck(heal=True))["objects"] is Outcome.PASS
    assert laboratory.objects() == whole
    assert laboratory.quarantine() == {laboratory.digest("bell"): BAD}
    assert laboratory.git("status", "--porcelain", "--untracked-files=all") == ""
