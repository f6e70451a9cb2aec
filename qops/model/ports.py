"""The doors to the world that the slices are given; `qops.cli.wiring` builds the real ones.

Every method may raise `EnvironmentFault`; those that take the user's words may raise `InputError`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from qops.model.circuit import Circuit
from qops.model.examination import Check
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry
from qops.model.matrix import Cell, Compiled, Outcome, Recipe
from qops.model.target import Target


class Commit(msgspec.Struct, frozen=True):
    """A git commit. `date` is ISO 8601 with the offset of its author; `tags` are the tags that point at it."""

    revision: str
    author: str
    date: str
    subject: str
    tags: tuple[str, ...] = ()


class WorkTree(Protocol):
    """The user's files, by paths from the repository's root with `/` between; never outside it, symlinks included."""

    @property
    def root(self) -> Path:
        """The repository's top directory, absolute."""

    def read(self, path: str) -> bytes:
        """The file's content."""

    def exists(self, path: str) -> bool:
        """Whether there is a file."""

    def glob(self, pattern: str) -> tuple[str, ...]:
        """The files that match, sorted; `**` spans directories; hidden directories are left out."""

    def write(self, path: str, data: bytes) -> None:
        """Write beside, flush to disk, rename."""


class History(Protocol):
    """The git repository."""

    def head(self) -> str | None:
        """The full hash of HEAD, or None in a repository without commits."""

    def resolve(self, revision: str) -> str:
        """The full hash of a commit that the user named."""

    def read(self, revision: str, path: str) -> bytes | None:
        """A file's content at a revision, or None where it is absent there."""

    def log(self, path: str, revision: str, limit: int) -> tuple[Commit, ...]:
        """The commits that changed `path`, newest first."""

    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""

    def dirty(self, besides: Collection[str] = ()) -> bool:
        """Whether tracked files differ from HEAD, those at the paths `besides` aside."""

    def tags(self) -> tuple[str, ...]:
        """All tag names."""

    def staged(self, paths: Sequence[str]) -> bool:
        """Whether the index holds, for any of these paths, something else than HEAD."""

    def stage(self, paths: Sequence[str]) -> None:
        """`git add` of just these paths."""

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit just these paths, hooks included; the new full hash."""

    def tag(self, name: str, message: str) -> None:
        """An annotated tag on HEAD."""

    def push(self, refs: Sequence[str]) -> None:
        """Push refs to the branch's remote."""


class Saved(msgspec.Struct, frozen=True):
    """What the store wrote: MD5 by artifact path, the paths to stage in git, and whether anything changed."""

    files: dict[str, str]
    staged: tuple[str, ...]
    changed: bool


class ArtifactStore(Protocol):
    """The one directory that DVC tracks. Paths are relative to it, with `/` between."""

    @property
    def directory(self) -> str:
        """The tracked directory, from the repository's root."""

    def save(self, contents: Mapping[str, bytes], keep: Mapping[str, str]) -> Saved:
        """Make the directory hold `contents` and, unchanged, the files of `keep` (path → MD5); nothing else.

        Writes cache objects, the work tree copies and the `.dvc` file, atomically and in that order.
        """

    def read(self, path: str, md5: str) -> bytes:
        """An artifact by its MD5, verified; a missing or corrupted object is named in the error."""

    def push(self) -> None:
        """`dvc push` of the directory."""


class SeriesStore(Protocol):
    """What was measured over time: the files under `series/`, which DVC tracks apart from the artifacts.

    Paths are relative to it, with `/` between. Measuring appends; `save` makes the next version of it all.
    """

    @property
    def directory(self) -> str:
        """The tracked directory, from the repository's root."""

    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted."""

    def read(self, path: str) -> bytes | None:
        """A file's content, a torn last line included, or None where there is no such file."""

    def append(self, path: str, lines: bytes, header: bytes) -> None:
        """Add whole lines to a file and flush it, in time that does not hang on its size.

        A new file begins with `header`, a whole line; a file that begins otherwise is refused. What a killed writer
        left of a last line is cut off first.
        """

    def write(self, path: str, data: bytes) -> None:
        """Make a file hold `data`: written beside, flushed, renamed."""

    def save(self) -> Saved:
        """Record all the files as the next version of the directory; those that were removed are no longer in it."""


class CircuitSources(Protocol):
    """Reads circuits from whatever they are written in, foreign readers contained in a child process."""

    def read(self, entries: Iterable[CircuitEntry]) -> dict[str, LoadedCircuit]:
        """Every entry by its name; all problems are raised together as `ManyErrors`."""

    def read_text(self, name: str, data: bytes) -> LoadedCircuit:
        """A circuit from the bytes of a file called `name` (`.qasm` or `.qpy`), as `diff` needs it."""

    def data(self, entry: CircuitEntry) -> tuple[bytes, bytes]:
        """What `LoadedCircuit.data` and `.parameters_data` would be, without reading the circuit in them."""


class Job(msgspec.Struct, frozen=True):
    """A circuit without free parameters, to be run so many times on physical or virtual qubits."""

    circuit: Circuit
    shots: int
    seed: int


class Ran(msgspec.Struct, frozen=True):
    """What a job gave.

    `counts` are times by outcome, the bits of the whole circuit as 0 and 1 with bit 0 at the right. `job` is the
    backend's name for the job, `calibration` the identity of the calibration it ran under, empty where there is none.
    """

    counts: dict[str, int]
    job: str
    began_at: str
    calibration: str


class Backend(Protocol):
    """A device or a simulator."""

    def target(self) -> Target:
        """What it can do, and how well, now."""

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        """Run the jobs as one submission, in order."""


class Task(msgspec.Struct, frozen=True):
    """Work for an executor: what `function` (`module:name`) is to be called with.

    The function takes `payload` and the executor's resources, bytes by name, and returns bytes. `expected_s` is the
    processor time that the work will take, as far as that is known; `limit_s` the wall time after which it is ended.
    """

    key: str
    function: str
    payload: bytes
    expected_s: float = 1.0
    limit_s: float = 60.0


class Done(msgspec.Struct, frozen=True):
    """A task that ended: what it returned, or None with `kind` and `because`.

    `kind` is empty, `failed` (it raised), `timed out`, `crashed` or `out of memory`.
    """

    key: str
    result: bytes | None
    kind: str = ""
    because: str = ""


class Executor(Protocol):
    """Where work is done that takes long. Every task ends in exactly one `Done`, in no particular order."""

    def run(self, tasks: Sequence[Task], resources: Mapping[str, bytes]) -> Iterator[Done]:
        """Do the work; what is still under way when the iterator is closed is ended."""


class Product(msgspec.Struct, frozen=True):
    """What compilation gave: the outcome, the circuit as canonical text compressed by zlib, and where that was."""

    compiled: Compiled
    packed: bytes
    surroundings: dict[str, str]


class Compiler(Protocol):
    """Turns circuits into what a target can do."""

    def surroundings(self) -> dict[str, str]:
        """All that its outcomes depend on besides the recipe: versions, plugins, machine, settings."""

    def resource(self, loaded: LoadedCircuit) -> bytes:
        """A circuit as its tasks want it among the resources."""

    def task(self, key: str, recipe: Recipe, limit_s: float, expected_s: float) -> Task:
        """The work for an executor; its resources are circuits and target files by their digests in the recipe."""

    def product(self, result: bytes) -> Product:
        """What such a task returned."""

    def statement(self, key: str, cell: Cell, compiled: Compiled, text: bytes, limit_s: float) -> Task:
        """The work of finding out whether a compiled circuit does what its source does."""

    def check(self, result: bytes) -> Check:
        """What such a task returned."""


class Recording(msgspec.Struct, frozen=True):
    """What a snapshot records of the matrix, or the reason why it does not.

    `file` is the baseline's path from the repository's root, and `baseline` its content; `circuits` are compiled
    circuits by their paths inside the store.
    """

    file: str
    baseline: bytes = b""
    circuits: dict[str, bytes] = {}
    reason: str = ""


class Recorder(Protocol):
    """What a snapshot asks about the matrix."""

    def recording(self) -> Recording | None:
        """The matrix as it is known; None where the manifest declares none."""


class CellCache(Protocol):
    """What was compiled before. Losing it costs time and nothing else."""

    def outcomes(self, keys: Sequence[str]) -> dict[str, Outcome]:
        """The outcomes that are known, by cell key."""

    def put(self, key: str, outcome: Outcome, packed: bytes = b"") -> None:
        """Keep an outcome, and of a compiled one the circuit's text, compressed by zlib."""

    def text(self, digest: str) -> bytes | None:
        """A compiled circuit's text by its digest."""

    def notes(self, names: Sequence[str]) -> dict[str, str]:
        """What was noted under these names, where something was."""

    def note(self, values: Mapping[str, str]) -> None:
        """Note values by their names."""


class AnyFile(Protocol):
    """Files by any path, as the user typed it."""

    def read(self, path: Path) -> bytes | None:
        """The content of a regular file, or None where there is no file."""

    def inside(self, path: Path) -> str | None:
        """The path from the repository's root, links resolved, or None for a file outside of it."""

    def write(self, path: Path, data: bytes) -> None:
        """Write beside, flush to disk, rename."""


@dataclass(frozen=True)
class Ports:
    """All the doors that a slice may need, in one hand.

    `store` opens the store in a directory of the repository, `series` what was measured in it; `exclusive` is the lock
    that writers hold; `versions` gives package versions by name; `anywhere` are files that the user named, inside the
    repository or not.
    """

    tree: WorkTree
    history: History
    store: Callable[[str], ArtifactStore]
    series: Callable[[], SeriesStore]
    sources: CircuitSources
    exclusive: Callable[[], AbstractContextManager[None]]
    versions: Callable[[], dict[str, str]]
    platform: str
    anywhere: AnyFile
