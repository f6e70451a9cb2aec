"""The compiled circuits that a snapshot records, and the baseline of the matrix beside them."""

from collections.abc import Iterator, Mapping

import msgspec

from qops.model.manifest import Manifest
from qops.model.ports import Recorder, Recording, WorkTree
from qops.model.report import Cell
from qops.model.wording import counted


class Compiled(msgspec.Struct, frozen=True):
    """What is recorded of the matrix; `kept` are compiled circuits that stay, MD5 by path inside the store."""

    recording: Recording | None
    kept: dict[str, str]

    @property
    def fresh(self) -> dict[str, bytes]:
        """The circuits to keep by their paths inside the store."""
        return self.recording.circuits if self.recording else {}

    def recorded(self, files: Mapping[str, str]) -> dict[str, str]:
        """MD5 by path, once the store has named the artifacts."""
        return dict(sorted({**self.kept, **{path: files.get(path, "") for path in self.fresh}}.items()))

    def write(self, tree: WorkTree) -> Iterator[str]:
        """Write the baseline, where there is a new one; the paths to stage in git."""
        recording = self.recording
        if recording is None or not recording.baseline:
            return
        if not tree.exists(recording.file) or tree.read(recording.file) != recording.baseline:
            tree.write(recording.file, recording.baseline)
        yield recording.file

    def facts(self) -> Iterator[tuple[str, Cell]]:
        """What the report says of them."""
        if self.recording and self.recording.reason:
            yield "compiled circuits", f"not recorded: {self.recording.reason}"
        elif self.recording:
            yield "compiled circuits", f"{counted(len(self.fresh), 'row')}, the best of each"


def gather(recorder: Recorder | None, before: Mapping[str, str], declaration: Manifest) -> Compiled:
    """What there is to record; where that is nothing new, what was recorded stays, if the matrix still has it."""
    recording = recorder.recording() if recorder else None
    if recording and not recording.reason:
        return Compiled(recording, {})
    return Compiled(recording, {path: md5 for path, md5 in before.items() if _declared(path, declaration)})


def _declared(path: str, declaration: Manifest) -> bool:
    """Whether a compiled circuit is of a circuit that the matrix still names."""
    names = declaration.matrix.circuits if declaration.matrix else ()
    return any(path.startswith(f"transpiled/{name}/") for name in names)
