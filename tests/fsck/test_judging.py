"""What is a finding, what was not examined, and in which words."""

import msgspec
import pytest
from fsck.in_memory import Examined
from fsck.laboratory import outcomes, told, worst
from hypothesis import given
from hypothesis import strategies as some
from support.project import Project

from qops.errors import InconclusiveError, InputError
from qops.formats import lock
from qops.model.snapshot import CircuitRecord
from qops.model.verdict import Outcome
from qops.recorded.repository import recorded
from qops.snapshot import take

SUBJECTS = ["lock", "pointer", "objects", "work tree", "circuits"]


def recorded_project() -> Examined:
    project = Project()
    take.run(project.ports, [], tag="v0.1.0")
    examined = Examined(project)
    examined.stage()
    return examined


@pytest.fixture
def examined() -> Examined:
    return recorded_project()


def edit(examined: Examined, name: str, **changes: object) -> None:
    """Change a record in the lock as a bad merge would, and stage it."""
    tree = examined.project.tree
    snapshot = recorded(tree)
    assert snapshot
    changed = msgspec.structs.replace(snapshot.circuits[name], **changes)
    after = msgspec.structs.replace(snapshot, circuits={**snapshot.circuits, name: changed})
    tree.files["qops.lock"] = lock.write(after)
    examined.stage()


def record(examined: Examined, name: str) -> CircuitRecord:
    snapshot = recorded(examined.project.tree)
    assert snapshot
    return snapshot.circuits[name]


def test_all_is_well(examined: Examined) -> None:
    report = examined.fsck(everything=True)
    assert outcomes(report) == dict.fromkeys([*SUBJECTS, "history"], Outcome.PASS)
    assert report.facts[0] == ("versions", "at hand, v0.1.0")
    assert report.data["objects"] == 4
    assert report.summary == "everything is as it was recorded"


def test_what_is_left_out_gets_no_verdict(examined: Examined) -> None:
    assert list(outcomes(examined.fsck(revisions=("HEAD",), digests=False))) == ["lock", "pointer", "objects"]


def test_nothing_is_recorded() -> None:
    with pytest.raises(InconclusiveError, match="nothing has been recorded yet"):
        Examined(Project()).fsck()


def test_a_revision_without_a_snapshot(examined: Examined) -> None:
    fresh = Project()
    fresh.commit("sources", "bell.qasm")
    with pytest.raises(InconclusiveError, match="there is no snapshot at HEAD"):
        Examined(fresh).fsck(revisions=("HEAD",))
    with pytest.raises(InputError, match="git knows no commit"):
        examined.fsck(revisions=("v9",))


class TestLockAndPointer:
    def test_a_lock_that_differs_from_git_is_named_with_its_line(self, examined: Examined) -> None:
        text = examined.project.tree.files["qops.lock"].decode()
        line = text.split("\n").index("  platform: Test-x86_64") + 1
        examined.project.write("qops.lock", text.replace("Test-x86_64", "Test-x86_65"))
        (finding,) = examined.findings()
        assert told([finding]) == [("lock", f"qops.lock:{line}", True)]
        assert finding.hint.startswith("`git checkout -- qops.lock`")

    def test_the_ends_of_lines_do_not_matter(self, examined: Examined) -> None:
        for path in ("qops.lock", "artifacts.dvc"):
            examined.project.tree.files[path] = examined.project.tree.files[path].replace(b"\n", b"\r\n")
        assert examined.findings() == []

    @pytest.mark.parametrize("path", ["qops.lock", "artifacts.dvc"])
    def test_where_one_is_gone_or_damaged_what_git_holds_stands_in(self, examined: Examined, path: str) -> None:
        for content in (None, b"", b"\xff", b"<<<<<<< HEAD\n", b"version: 9\n"):
            files = dict(examined.project.tree.files)
            if content is None:
                del examined.project.tree.files[path]
            else:
                examined.project.tree.files[path] = content
            report = examined.fsck()
            subject = "lock" if path == "qops.lock" else "pointer"
            assert outcomes(report) == dict.fromkeys(SUBJECTS, Outcome.PASS) | {subject: Outcome.FAIL}
            examined.project.tree.files = files

    def test_what_git_does_not_hold_cannot_be_vouched_for(self, examined: Examined) -> None:
        examined.lineage.index.clear()
        report = examined.fsck()
        assert outcomes(report)["lock"] is outcomes(report)["pointer"] is Outcome.INCONCLUSIVE
        assert report.verdicts[0].hint == "`git add qops.lock`"

    def test_nothing_can_be_read(self, examined: Examined) -> None:
        examined.project.write("qops.lock", "damaged")
        examined.lineage.index["qops.lock"] = b"damaged"
        report = examined.fsck()
        assert outcomes(report) == {"lock": Outcome.FAIL} | dict.fromkeys(SUBJECTS[1:], Outcome.INCONCLUSIVE)

    def test_they_disagree(self, examined: Examined) -> None:
        ghz = record(examined, "ghz")
        edit(examined, "bell", files={"circuit.qasm": ghz.files["circuit.qasm"]})
        causes = [finding.cause for finding in examined.findings() if finding.subject == "pointer"]
        assert len(causes) == 2
        assert causes[0].startswith("it has circuits/bell/circuit.qasm as ")
        assert causes[1].endswith("qops.lock not at all")

    def test_a_past_disagreement_is_no_finding_unless_it_is_asked_for(self, examined: Examined) -> None:
        good = examined.project.tree.files["qops.lock"]
        edit(examined, "bell", files={})
        wrong = examined.project.commit("a bad merge", "qops.lock")
        examined.project.tree.files["qops.lock"] = good
        examined.project.commit("mended", "qops.lock")
        examined.stage()
        assert examined.findings(everything=True, digests=False) == []
        assert {finding.subject for finding in examined.findings(revisions=(wrong,), digests=False)} == {"pointer"}

    def test_a_wrong_count(self, examined: Examined) -> None:
        pointer = examined.project.tree.files["artifacts.dvc"].decode()
        for wrong, cause in (("nfiles: 4", "it counts 4 files, and lists 3"), ("size: 1", "it says 1 byte, and its")):
            key = wrong.split(":")[0]
            lines = [f"  {wrong}" if line.startswith(f"  {key}:") else line for line in pointer.split("\n")]
            examined.project.write("artifacts.dvc", "\n".join(lines))
            examined.stage()
            (finding,) = examined.findings()
            assert finding.cause.startswith(cause)

    def test_an_unreadable_lock_in_history_was_not_examined(self, examined: Examined) -> None:
        good = examined.project.tree.files["qops.lock"]
        examined.project.write("qops.lock", "damaged\n")
        examined.project.commit("a slip", "qops.lock")
        examined.project.tree.files["qops.lock"] = good
        examined.project.commit("mended", "qops.lock")
        report = examined.fsck(everything=True)
        assert outcomes(report)["history"] is Outcome.INCONCLUSIVE
        assert worst(report) is Outcome.INCONCLUSIVE

    def test_a_shallow_clone_has_not_every_revision(self, examined: Examined) -> None:
        examined.lineage.is_shallow = True
        report = examined.fsck(everything=True)
        assert report.verdicts[-1].outcome is Outcome.INCONCLUSIVE
        assert report.verdicts[-1].hint == "`git fetch --unshallow --tags`"


class TestObjects:
    @given(some.sets(some.integers(0, 3)))
    def test_just_the_damaged_are_found(self, chosen: set[int]) -> None:
        examined = recorded_project()
        objects = examined.project.store.objects
        digests = [sorted(objects)[number] for number in chosen]
        for digest in digests:
            objects[digest] += b" "
        found = examined.findings()
        assert {finding.expected for finding in found} == {digest.removesuffix(".dir") for digest in digests}
        assert all(finding.proven and finding.subject == "objects" for finding in found)

    def test_a_truncated_object(self, examined: Examined) -> None:
        digest = record(examined, "ghz").files["circuit.qasm"]
        examined.project.store.objects[digest] = b""
        (finding,) = examined.findings()
        assert finding.cause == "it is damaged: its 0 bytes have another MD5 than its name"
        assert (finding.circuits, finding.labels) == (("ghz",), ("at hand",))
        assert finding.good == ("artifacts/circuits/ghz/circuit.qasm",)
        assert (finding.found, finding.expected) == ("d41d8cd98f00b204e9800998ecf8427e", digest)

    def test_more_objects_than_are_needed_are_no_matter(self, examined: Examined) -> None:
        examined.project.store.objects["0" * 32] = b"of another output"
        assert examined.findings() == []

    def test_a_clone_without_the_objects_was_not_examined(self, examined: Examined) -> None:
        examined.project.store.push()
        examined.project.store.objects.clear()
        for path in [path for path in examined.project.tree.files if path.startswith("artifacts/")]:
            del examined.project.tree.files[path]
        report = examined.fsck()
        missing = dict.fromkeys(("objects", "work tree", "circuits"), Outcome.INCONCLUSIVE)
        assert outcomes(report) == dict.fromkeys(SUBJECTS, Outcome.PASS) | missing
        objects = report.verdicts[2]
        assert (objects.because, objects.hint) == ("4 missing, of 4 objects", "`dvc pull artifacts.dvc`")

    def test_what_is_missing_everywhere_is_lost(self, examined: Examined) -> None:
        digest = record(examined, "ghz").files["circuit.qasm"]
        del examined.project.store.objects[digest]
        del examined.project.tree.files["artifacts/circuits/ghz/circuit.qasm"]
        examined.project.write("ghz.qasm", "OPENQASM 3.0;\n")
        lost = next(finding for finding in examined.findings() if finding.subject == "objects")
        assert lost.proven
        assert lost.hint.startswith("no good one is known")

    def test_what_git_holds_the_source_of_can_be_written_anew(self, examined: Examined) -> None:
        kept = record(examined, "bell").files
        for file, digest in kept.items():
            del examined.project.store.objects[digest]
            del examined.project.tree.files[f"artifacts/circuits/bell/{file}"]
        found = [finding.good for finding in examined.findings() if finding.subject == "objects"]
        assert found == [(f"{path}, from which it can be written anew",) for path in ("bell.qasm", "bell.csv")]


class TestWorkTree:
    def test_a_changed_a_missing_and_an_added_copy(self, examined: Examined) -> None:
        files = examined.project.tree.files
        files["artifacts/circuits/bell/circuit.qasm"] += b"// mine\n"
        files["artifacts/notes.txt"] = b"mine"
        del files["artifacts/circuits/ghz/circuit.qasm"]
        assert {finding.place: finding.cause for finding in examined.findings()} == {
            "artifacts/circuits/bell/circuit.qasm": "it was changed: its 138 bytes have another MD5 than was recorded",
            "artifacts/circuits/ghz/circuit.qasm": "it is missing",
            "artifacts/notes.txt": "it is in no snapshot",
        }
        assert worst(examined.fsck()) is Outcome.FAIL

    def test_past_versions_have_no_copies(self, examined: Examined) -> None:
        examined.project.tree.files["artifacts/notes.txt"] = b"mine"
        assert examined.findings(revisions=("v0.1.0",)) == []


class TestCircuits:
    @pytest.mark.parametrize(
        ("changes", "cause"),
        [
            ({"bindings": 2}, "bindings: not as qops.lock records"),
            ({"parameter_count": 0}, "parameter count: not as qops.lock records"),
        ],
    )
    def test_a_record_that_is_not_of_its_circuit(
        self, examined: Examined, changes: dict[str, object], cause: str
    ) -> None:
        edit(examined, "bell", **changes)
        (finding,) = examined.findings()
        assert (finding.subject, finding.cause, finding.circuits) == ("circuits", cause, ("bell",))
        assert examined.findings(digests=False) == []

    def test_the_block_of_another_circuit(self, examined: Examined) -> None:
        ghz = record(examined, "ghz")
        edit(examined, "bell", digest=ghz.digest, sizes=ghz.sizes)
        (finding,) = examined.findings()
        assert finding.cause == "skeleton, parameters, frame, sizes: not as qops.lock records"

    def test_where_the_source_is_kept_does_not_matter(self, examined: Examined) -> None:
        edit(examined, "bell", source="moved.qasm", tags=())
        assert examined.findings() == []


class TestMeanwhile:
    def test_a_finding_while_somebody_writes_may_be_none(self, examined: Examined) -> None:
        examined.project.store.objects.clear()
        examined.writer = "process 7"
        with pytest.raises(InconclusiveError, match="something was written while"):
            examined.fsck()

    def test_nobody_minds_a_writer_where_all_is_well(self, examined: Examined) -> None:
        examined.writer = "process 7"
        assert worst(examined.fsck()) is Outcome.PASS
