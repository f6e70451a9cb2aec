"""The only place that builds the real ports."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qops import world
from qops.cli import streams
from qops.errors import EnvironmentFault

if TYPE_CHECKING:
    from qops.backends.shelf import TargetShelf
    from qops.formats.kept_target import OpenShelf
    from qops.hooks.launch import Launch
    from qops.model.custody import Custody, Repair
    from qops.model.examination import Examiner
    from qops.model.ground import Ground, Surroundings
    from qops.model.manifest import BackendEntry
    from qops.model.ports import ArtifactStore, Executor, Ports, Recorder, SeriesStore, Task
    from qops.transpile.ports import MatrixPorts
    from qops.vault.git_setup import LocalGitSetup
    from qops.vault.lock import Patience
    from qops.vault.worktree import LocalTree

PACKAGES = ("qiskit", "qiskit-aer", "qiskit-qasm3-import", "dvc")
"""The packages whose versions a snapshot records, besides Python and qops."""


SERIES = "series"
"""The directory of what is measured over time."""


def ports(command: str, *, elsewhere: bool = False) -> "Ports":
    """The doors of the repository around.

    Args:
        command: what others read who wait for the repository's lock.
        elsewhere: whether the command makes sense outside of a repository; there, the doors are those of a directory
            without history.
    """
    from qops.cli.sources import LazySources
    from qops.model.ports import Ports
    from qops.vault.anywhere import LocalFiles
    from qops.vault.git_history import GitHistory
    from qops.vault.lock import RepositoryLock
    from qops.vault.worktree import LocalTree

    root = _root(elsewhere=elsewhere)
    tree = LocalTree(root)
    patience = _patience()
    lock = RepositoryLock(root, command, patience)

    def store(directory: str) -> "ArtifactStore":
        from qops.vault.dvc_store import DvcStore

        return DvcStore(root, directory, lock, patience)

    def series() -> "SeriesStore":
        from qops.vault.series import LocalSeries

        return LocalSeries(root, store(SERIES), lock)

    @contextmanager
    def exclusive() -> Iterator[None]:
        with lock:
            yield

    return Ports(
        tree=tree,
        history=GitHistory(root),
        store=store,
        series=series,
        sources=LazySources(tree),
        exclusive=exclusive,
        versions=_versions,
        platform=world.platform_name(),
        anywhere=LocalFiles(root),
    )


def matrix_ports(command: str, executor: str | None = None, *, begin: bool = False) -> "MatrixPorts":
    """The doors of compilation; `executor` is where to compile, None for what is fastest here.

    With `begin`, workers start to import before the cells are planned: at once where nothing was compiled yet, or a
    circuit's file is younger than what was, and otherwise when there is a new circuit.
    """
    base = ports(command)
    return _matrix_ports(base, executor, begin=begin)


def recorder(base: "Ports") -> "Recorder":
    """What a snapshot asks about the matrix."""
    from qops.cli.recorder import LazyRecorder

    return LazyRecorder(base, lambda: _matrix_ports(base, None))


def _matrix_ports(base: "Ports", executor: str | None, *, begin: bool = False) -> "MatrixPorts":
    cells = base.tree.root / ".qops" / "cache" / "cells.sqlite"
    workers = _Workers(executor)
    if begin and _is_younger(base, cells):
        workers.prepare()  # before all that is imported here: it takes the longest
    from qops.cli.progress import bar
    from qops.compilers.qiskit import QiskitCompiler
    from qops.oracles.installed import prover_installed
    from qops.recorded import repository
    from qops.transpile.ports import MatrixPorts
    from qops.vault.cell_cache import SqliteCellCache

    return MatrixPorts(
        base=base,
        targets=shelf(base)(repository.declared(base.tree).backends),
        compiler=QiskitCompiler(),
        cache=SqliteCellCache(cells),
        executor=workers.of,
        progress=bar,
        examiner=examiner() if prover_installed() else None,
        prepare=workers.prepare if begin else lambda: None,
    )


def _is_younger(base: "Ports", cells: Path) -> bool:
    """Whether nothing is compiled yet, or a circuit's file has been written since this was last asked."""
    from qops.recorded import repository

    if not cells.exists():
        return True
    since = cells.stat().st_mtime_ns
    sources = [circuit.source for circuit in repository.declared(base.tree).circuits.values()]
    files = [base.tree.root / path for source in sources if (path := getattr(source, "path", None))]
    younger = any(file.exists() and file.stat().st_mtime_ns > since for file in files)
    if younger:
        with suppress(OSError):
            cells.touch()
    return younger


class _Workers:
    """What compiles, at an address or, for None, where it is fastest."""

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._begun: Executor | None = None

    def prepare(self) -> None:
        """Begin, if that is on this machine, before it is known what there is to do."""
        if self._address in (None, "local") and self._begun is None:
            self._begun = compiling("local")

    def of(self, tasks: "Sequence[Task]") -> "Executor":
        """What does these tasks."""
        from qops.executors import automatic

        return self._begun or compiling(self._address or automatic(tasks))


def compiling(address: str) -> "Executor":
    """The executor at an address, with all that compilation needs."""
    from qops.compilers.qiskit import PRELOAD
    from qops.compilers.surroundings import worker_environment
    from qops.executors import executor
    from qops.executors.options import Options

    return executor(address, Options(environment=worker_environment(), preload=PRELOAD))


def ground(directory: Path | None) -> "Ground":
    """Where a project is to be: the top of the repository around `directory`, or around here; else just there."""
    from qops.vault.ground import LocalGround

    return LocalGround.around(directory or world.current_directory())


def new_ground(directory: Path) -> "Ground":
    """Where a project with a repository of its own is to be."""
    from qops.vault.ground import LocalGround

    return LocalGround(directory)


def surroundings() -> "Surroundings":
    """What `doctor` looks at, from where the command was typed."""
    from qops.cli.surroundings import LocalSurroundings

    return LocalSurroundings(world.current_directory())


def work_tree() -> "LocalTree":
    """The files of the repository around."""
    from qops.vault.worktree import LocalTree

    return LocalTree(_root(elsewhere=False))


def examiner() -> "Examiner":
    """Who looks at circuits closely, in processes of its own."""
    from qops.oracles.examiner import ContainedExaminer

    return ContainedExaminer()


def git_setup() -> "tuple[LocalTree, LocalGitSetup]":
    """The work tree around, and where its git is set up."""
    from qops.vault.git_setup import LocalGitSetup
    from qops.vault.worktree import LocalTree

    root = _root(elsewhere=False)
    return LocalTree(root), LocalGitSetup(root)


def launch() -> "Launch":
    """How git starts the drivers of this very qops."""
    from importlib.util import find_spec

    from qops.hooks.launch import Launch

    origins = (find_spec(name) for name in ("qops", "msgspec", "yaml"))
    paths = (str(Path(origin.origin).parents[1]) for origin in origins if origin and origin.origin)
    starter = find_spec("qops.drivers.__main__")
    running = Path(world.interpreter())
    plain = running.with_name("python")  # by whatever name qops itself was started
    return Launch(
        str(plain if plain.exists() else running), str(starter and starter.origin), tuple(dict.fromkeys(paths))
    )


def custody() -> "Custody":
    """What `fsck` and `gc` look at and mend besides, in the repository around."""
    from qops.model.custody import Custody
    from qops.vault.git_lineage import GitLineage
    from qops.vault.inspection import Hashed, StoreInspection

    root = _root(elsewhere=False)
    hashed: Hashed = {}

    def repair(directory: str) -> "Repair":
        from qops.vault.repair import StoreRepair

        return StoreRepair(root, directory, hashed, _patience())

    return Custody(
        lineage=GitLineage(root),
        inspect=lambda directory: StoreInspection(root, directory, hashed),
        repair=repair,
        writer=surroundings().lock_holder,
    )


def shelf(ports: "Ports") -> "OpenShelf":
    """The targets of backends; whoever waits for a device is told."""
    return lambda entries: target_shelf(ports, entries)


def target_shelf(ports: "Ports", entries: "Mapping[str, BackendEntry]") -> "TargetShelf":
    """The targets of these backends, and what is around them."""
    from qops.backends.shelf import TargetShelf

    return TargetShelf(ports.tree, entries, lambda message: streams.say(f"{message}\n"))


def _root(*, elsewhere: bool) -> Path:
    from qops.vault.root import find_root

    here = world.current_directory()
    try:
        return find_root(here)
    except EnvironmentFault:
        if elsewhere:
            return here
        raise


def _patience() -> "Patience":
    """Waits for another process, and tells the user for whom."""
    from qops.vault.lock import Patience

    return Patience(say=lambda message: streams.say(f"{message}\n"))


def _versions() -> dict[str, str]:
    from qops import __version__
    from qops.cli.surroundings import installed_version

    found = {package: installed_version(package) for package in PACKAGES}
    known = {package: version for package, version in found.items() if version}
    return {"python": world.python_version(), "qops": __version__, **known}
