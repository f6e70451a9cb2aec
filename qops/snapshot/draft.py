"""What a snapshot is about to record, gathered before anything is written."""

from posixpath import dirname, join

import msgspec

from qops.formats.kept_target import Targets
from qops.model.manifest import CircuitEntry, Manifest
from qops.model.ports import Ports, Recorder
from qops.model.snapshot import CircuitRecord, Environment, Snapshot
from qops.recorded import records, repository
from qops.snapshot import artifacts, calibrations, compiled
from qops.snapshot.calibrations import Calibrations
from qops.snapshot.compiled import Compiled


class Draft(msgspec.Struct, frozen=True):
    """The last snapshot, the circuits read anew, and those that stay as they were recorded.

    `contents` are the artifacts of the fresh circuits by their paths inside the store.
    """

    store: str
    before: Snapshot | None
    fresh: dict[str, CircuitRecord]
    kept: dict[str, CircuitRecord]
    contents: dict[str, bytes]
    environment: Environment
    calibrations: Calibrations
    compiled: Compiled

    def keep(self) -> dict[str, str]:
        """The artifacts that stay, by path, with their MD5."""
        circuits = {
            f"{records.folder(name)}/{file}": md5
            for name, record in self.kept.items()
            for file, md5 in record.files.items()
        }
        return circuits | self.calibrations.keep() | self.compiled.kept

    def snapshot(self, files: dict[str, str]) -> Snapshot:
        """The snapshot, once the store has named the artifacts."""
        fresh = {name: artifacts.with_files(record, files) for name, record in self.fresh.items()}
        circuits = dict(sorted({**self.kept, **fresh}.items()))
        calibrated, compiled = self.calibrations.recorded(files), self.compiled.recorded(files)
        return Snapshot(circuits, self.environment, self.store, calibrated, compiled)

    def changes(self, after: Snapshot) -> bool:
        """Whether the snapshot says something new; another environment alone does not count."""
        before = self.before
        return before is None or any(
            getattr(before, what) != getattr(after, what) for what in ("circuits", "store", "calibrations", "compiled")
        )


def gather(
    ports: Ports,
    declaration: Manifest,
    chosen: list[CircuitEntry],
    targets: Targets | None,
    recorder: Recorder | None,
    *,
    everything: bool,
) -> Draft:
    """Read the chosen circuits; unless they are everything, the others stay as they were recorded.

    `targets` are looked at for calibrations, `recorder` is asked about the matrix; without them, or for a part of the
    circuits, these stay too.
    """
    before = repository.recorded(ports.tree)
    loaded = ports.sources.read(chosen)
    fresh = {entry.name: records.record(entry, loaded[entry.name]) for entry in chosen}
    recorded = {} if before is None or everything else before.circuits
    backends = [each for each in declaration.backends.values() if targets and everything and not each.stands_in]
    measured = calibrations.gather(backends, targets, before.calibrations if before else {}, set(declaration.backends))
    matrix = compiled.gather(recorder if everything else None, before.compiled if before else {}, declaration)
    return Draft(
        store=declaration.store,
        before=before,
        fresh=fresh,
        kept={name: record for name, record in recorded.items() if name not in fresh},
        contents={p: d for name, circuit in loaded.items() for p, d in artifacts.contents(name, circuit).items()}
        | measured.contents()
        | matrix.fresh,
        environment=_environment(ports, declaration.store),
        calibrations=measured,
        compiled=matrix,
    )


def _environment(ports: Ports, store: str) -> Environment:
    """Where the snapshot is taken. What an earlier one left uncommitted does not make the tree dirty."""
    own = (repository.LOCK, repository.MATRIX, f"{store}.dvc", join(dirname(store), ".gitignore"))
    return Environment(
        versions=dict(sorted(ports.versions().items())),
        platform=ports.platform,
        revision=ports.history.head() or "",
        dirty=ports.history.dirty(besides=own),
    )
