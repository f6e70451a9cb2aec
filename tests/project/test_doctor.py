"""The doctor's verdicts, on surroundings that live in memory."""

from dataclasses import dataclass, field

import pytest

from qops.errors import EnvironmentFault, ExitCode
from qops.formats import lock
from qops.model.report import Report
from qops.model.snapshot import Environment, Snapshot
from qops.model.verdict import Outcome, Verdict, exit_code
from qops.project import doctor
from qops.vault.memory.tree import MemoryTree

MANIFEST = b"version: 1\ncircuits:\n  bell: bell.qasm\n"
LOCK = lock.write(Snapshot({}, Environment({}, "Test-x86_64", "", dirty=False), "artifacts"))
FILES = {"qops.yaml": MANIFEST, "qops.lock": LOCK, "bell.qasm": b""}
VERSIONS = {"dvc": "3.67.1", "qiskit": "2.6.2", "qiskit-aer": "0.18.2", "qiskit-qasm3-import": "0.6.0"}


@dataclass
class Imagined:
    """`Surroundings` in which everything is in order, unless it is said otherwise."""

    tree: MemoryTree | None = field(default_factory=lambda: MemoryTree(dict(FILES)))
    versions: dict[str, str] = field(default_factory=lambda: dict(VERSIONS))
    git: str = "2.39.5"
    variables: tuple[str, ...] = ()
    revision: str | None = "f" * 40
    is_shallow: bool = False
    reasons: tuple[str, ...] = ()
    has_dvc: bool = True
    holder: str | None = None
    closed: tuple[str, ...] = ()

    def version(self, package: str) -> str | None:
        return self.versions.get(package)

    def git_version(self) -> str:
        if not self.git:
            raise EnvironmentFault("git is not installed", hint="install git 2.31 or later")
        return self.git

    def git_variables(self) -> tuple[str, ...]:
        return self.variables

    def files(self) -> MemoryTree:
        if self.tree is None:
            raise EnvironmentFault("/x is not inside a git repository", hint="`git init`")
        return self.tree

    def head(self) -> str | None:
        return self.revision

    def shallow(self) -> bool:
        return self.is_shallow

    def reasons_for_dvc(self, store: str) -> tuple[str, ...]:
        if not self.has_dvc:
            raise EnvironmentFault(f"DVC is not initialised around {store}", hint="`qops init`")
        return self.reasons

    def lock_holder(self) -> str | None:
        return self.holder

    def writable(self, path: str) -> bool:
        return path not in self.closed


def verdict(report: Report, name: str) -> Verdict:
    return next(verdict for verdict in report.verdicts if verdict.name == name)


def test_all_is_well() -> None:
    report = doctor.run(Imagined())
    assert exit_code(report.verdicts) is ExitCode.OK
    assert report.summary == "Everything is in order."
    assert report.data["versions"]["qiskit"] == "2.6.2"
    assert [verdict.hint for verdict in report.verdicts if verdict.hint] == []


@pytest.mark.parametrize(
    ("around", "name", "because", "hint"),
    [
        (Imagined(git=""), "git", "git is not installed", "install git 2.31 or later"),
        (Imagined(git="2.30.9"), "git", "2.30.9 is too old", "install git 2.31 or later"),
        (Imagined(versions={}), "qiskit-qasm3-import", "it is not installed", "`pip install qiskit-qasm3-import`"),
        (Imagined(tree=None), "repository", "/x is not inside a git repository", "`git init`"),
        (Imagined(tree=MemoryTree()), "manifest", "there is no qops.yaml", "`qops init`"),
        (Imagined(has_dvc=False), "store", "DVC is not initialised around artifacts", "`qops init`"),
        (
            Imagined(closed=("qops.lock", "artifacts")),
            "disk",
            "qops.lock, artifacts cannot be written",
            "diff, log, show and status still work",
        ),
    ],
)
def test_what_is_missing_fails_with_its_remedy(around: Imagined, name: str, because: str, hint: str) -> None:
    report = doctor.run(around)
    found = verdict(report, name)
    assert (found.outcome, found.because, found.hint) == (Outcome.FAIL, because, hint)
    assert exit_code(report.verdicts) is ExitCode.FINDING
    assert name in report.summary


@pytest.mark.parametrize(
    ("around", "name", "because", "hint"),
    [
        (Imagined(git="2.48.1.windows.1"), "git", "2.48.1.windows.1", ""),
        (
            Imagined(variables=("GIT_DIR", "GIT_INDEX_FILE")),
            "git variables",
            "qops passes GIT_DIR, GIT_INDEX_FILE by, other tools do not",
            "`unset GIT_DIR GIT_INDEX_FILE`",
        ),
        (Imagined(revision=None), "repository", "/memory, at no commit yet", ""),
        (
            Imagined(is_shallow=True),
            "repository",
            "/memory, a shallow clone",
            "`git fetch --unshallow --tags` brings the older history",
        ),
        (
            Imagined(reasons=("cache.type", "core.autostage")),
            "store",
            "`dvc add` writes the store, more slowly than qops would, because of cache.type, core.autostage",
            "",
        ),
        (Imagined(holder="process 7"), "lock", "held by process 7", "commands that write wait for it"),
        (Imagined(), "manifest", "qops.yaml declares 1 circuit", ""),
        (Imagined(), "snapshot", "qops.lock records 0 circuits", ""),
        (
            Imagined(tree=MemoryTree({"qops.yaml": MANIFEST})),
            "snapshot",
            "nothing has been recorded yet",
            "`qops snapshot` records the circuits",
        ),
    ],
)
def test_what_is_only_worth_knowing_passes(around: Imagined, name: str, because: str, hint: str) -> None:
    found = verdict(doctor.run(around), name)
    assert (found.outcome, found.because, found.hint) == (Outcome.PASS, because, hint)


@pytest.mark.parametrize("manifest", [b"", b"version: 1\ncircuits:\n  a: b.qasm\n  a: c.qasm\n  d: e.png\n"])
def test_a_wrong_manifest_fails_and_what_rests_on_it_is_not_examined(manifest: bytes) -> None:
    report = doctor.run(Imagined(tree=MemoryTree({"qops.yaml": manifest})))
    assert verdict(report, "manifest").outcome is Outcome.FAIL
    assert "qops.yaml" in verdict(report, "manifest").because
    for name in ("store", "disk"):
        assert verdict(report, name).outcome is Outcome.INCONCLUSIVE
        assert verdict(report, name).because == "not examined: it takes a valid manifest"


def test_without_a_repository_the_rest_is_not_examined() -> None:
    report = doctor.run(Imagined(tree=None))
    unknown = [verdict.name for verdict in report.verdicts if verdict.outcome is Outcome.INCONCLUSIVE]
    assert unknown == ["manifest", "snapshot", "store", "lock", "disk"]


@pytest.mark.parametrize("damage", [b"<<<<<<< HEAD\n", b"version: 1\nenviron", b""])
def test_a_lock_that_no_command_can_read_is_to_be_put_right(damage: bytes) -> None:
    report = doctor.run(Imagined(tree=MemoryTree({**FILES, "qops.lock": damage})))
    assert verdict(report, "snapshot").outcome is Outcome.FAIL
    assert "qops.lock" in verdict(report, "snapshot").because
    assert "qops snapshot" in verdict(report, "snapshot").hint
