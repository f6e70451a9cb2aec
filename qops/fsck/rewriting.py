"""Objects written anew from what git holds: lists of files from the lock, texts and parameters from their sources.

What qops stores is a function of what it read, to the byte. So where git still has a source, the object need not be
fetched from anywhere; the MD5 that names it says whether the result is the very same.
"""

from collections.abc import Iterator
from contextlib import suppress

from qops.circuits import writer
from qops.errors import QopsError
from qops.formats import parameters_csv
from qops.formats.dvc_files import md5_of
from qops.fsck.contents import rewritten_listing
from qops.fsck.findings import LISTING, Version, Wanted
from qops.model.digest import to_hex
from qops.model.ports import Ports
from qops.recorded import records, repository
from qops.recorded.repository import LOCK


def rewrite(ports: Ports, wanted: Wanted) -> tuple[bytes, str] | None:
    """The intact bytes of an object and what they were written from; None where git does not hold enough."""
    for data, origin in _candidates(ports, wanted):
        if md5_of(data) == wanted.digest.removesuffix(".dir"):
            return data, origin
    return None


def _candidates(ports: Ports, wanted: Wanted) -> Iterator[tuple[bytes, str]]:
    for version, path in wanted.uses:
        with suppress(QopsError):
            if path == LISTING:
                yield rewritten_listing(version.snapshot), LOCK
            elif path.endswith(f"/{records.TEXT}"):
                yield from _texts(ports, version, path)
            elif path.endswith(f"/{records.PARAMETERS}"):
                yield from _parameters(ports, version, path)


def _texts(ports: Ports, version: Version, path: str) -> Iterator[tuple[bytes, str]]:
    record = version.snapshot.circuits.get(_name(path, records.TEXT))
    if record and record.source.endswith(".qasm"):
        data = _held(ports, version, record.source, record.digest.bytes)
        if data is not None:
            circuit = ports.sources.read_text(record.source, data).circuit
            yield writer.write(circuit).encode(), record.source


def _parameters(ports: Ports, version: Version, path: str) -> Iterator[tuple[bytes, str]]:
    name = _name(path, records.PARAMETERS)
    record, entry = version.snapshot.circuits.get(name), repository.declared(ports.tree).circuits.get(name)
    if record and entry and entry.parameters:
        data = _held(ports, version, entry.parameters, record.parameters_bytes)
        if data is not None:
            yield parameters_csv.write(parameters_csv.read(data, entry.parameters)), entry.parameters


def _held(ports: Ports, version: Version, path: str, digest: str) -> bytes | None:
    """The file of this digest at `path`: at hand, at the version's commit, or at HEAD."""
    if ports.tree.exists(path) and to_hex(data := ports.tree.read(path)) == digest:
        return data
    for commit in (version.commit, ports.history.head()):
        found = ports.history.read(commit, path) if commit else None
        if found is not None and to_hex(found) == digest:
            return found
    return None


def _name(path: str, file: str) -> str:
    return path.removeprefix("circuits/").removesuffix(f"/{file}")
