"""The check before a commit, on files in memory."""

import pytest
from support.project import BELL, FILES, Project

from qops.errors import InputError
from qops.hooks import staged
from qops.model.report import Report
from qops.readers.sources import LocalSources
from qops.snapshot import take
from qops.vault.memory import MemoryTree


class Staged(MemoryTree):
    """An index in memory, and what the last commit had."""

    def __init__(self, files: dict[str, bytes], last: dict[str, bytes]) -> None:
        super().__init__(files)
        self.last = last

    def touched(self) -> frozenset[str]:
        return frozenset(path for path in {*self.files, *self.last} if self.files.get(path) != self.last.get(path))

    def before(self, path: str) -> bytes | None:
        return self.last.get(path)


@pytest.fixture(scope="module")
def recorded() -> dict[str, bytes]:
    project = Project()
    take.run(project.ports, [])
    return project.tree.files


def check(last: dict[str, bytes], **changes: str) -> Report:
    index = Staged(last | {path.replace("_", "."): text.encode() for path, text in changes.items()}, last)
    return staged.check(index, LocalSources(index))


def test_what_is_as_recorded_passes(recorded: dict[str, bytes]) -> None:
    report = check(recorded, notes_txt="hello")
    assert report.data == {"changes": {}}
    assert [verdict.outcome.value for verdict in report.verdicts] == ["pass"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"bell_qasm": BELL.replace("h q", "x q")}, {"bell": "structure"}),
        ({"bell_qasm": BELL + "// more\n"}, {"bell": "source text only"}),
        ({"bell_csv": "parameter,value\ntheta,0.75\n"}, {"bell": "parameters"}),
        ({"qops_yaml": FILES["qops.yaml"].replace("small", "tiny")}, {"bell": "frame"}),
        ({"qops_yaml": "version: 1\ncircuits:\n  ghz: ghz.qasm\n"}, {"bell": "removed"}),
        ({"qops_yaml": FILES["qops.yaml"] + "  two: ghz.qasm\n"}, {"two": "added"}),
    ],
)
def test_what_is_not_as_recorded_fails(
    changes: dict[str, str], told: dict[str, str], recorded: dict[str, bytes]
) -> None:
    report = check(recorded, **changes)
    assert report.data == {"changes": told}
    assert [verdict.outcome.value for verdict in report.verdicts] == ["fail"]


def test_what_the_commit_leaves_alone_is_not_judged(recorded: dict[str, bytes]) -> None:
    behind = recorded | {"bell.qasm": BELL.replace("h q", "x q").encode()}
    assert check(behind, notes_txt="hello").data == {"changes": {}}


@pytest.mark.parametrize("changes", [{"bell_qasm": "nonsense"}, {"bell_csv": "nonsense"}, {"qops_yaml": "nonsense"}])
def test_what_is_not_valid_is_an_error(changes: dict[str, str], recorded: dict[str, bytes]) -> None:
    with pytest.raises(InputError):
        check(recorded, **changes)


def test_without_a_manifest_there_is_nothing_to_judge() -> None:
    assert check({}, bell_qasm="nonsense").data == {"changes": {}}
