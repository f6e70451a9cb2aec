"""Every kind of file that qops reads and did not write: good examples, pieces of it, the reader, and the judge.

A reader gives a value for the judge, or raises a `QopsError` with a place. Growth is one function and one line below.
"""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from fuzz import counted, examples, nonsense
from fuzz.mutation import mutated

from qops.circuits import reader
from qops.circuits.identity import digests
from qops.circuits.writer import write
from qops.formats import (
    calibration_json,
    dvc_files,
    features_csv,
    lock,
    manifest,
    matrix_file,
    pairs_csv,
    parameters_csv,
    target_json,
)
from qops.formats.dvc_files import Pointer
from qops.hooks import merge_lock, readable, readable_parameters
from qops.model.baseline import Baseline
from qops.model.circuit import Circuit
from qops.model.parameters import ParameterSet
from qops.model.snapshot import Snapshot
from qops.readers.child import ContainedReader
from qops.readers.loading import CircuitLoader
from qops.readers.messages import Converted, Limits, ReadQasm
from qops.vault.dvc_locks import _HolderFile
from qops.vault.dvc_settings import Settings, read_settings
from qops.vault.object_cache import open_cache


class Kind(NamedTuple):
    """A kind of file.

    `weight` is its share of the mutations; `placed` says whether every refusal has to name a place in the text.
    """

    seeds: list[bytes]
    words: list[bytes]
    read: Callable[[bytes], Any]
    judge: Callable[[Any], None]
    weight: int = 1
    placed: bool = True

    def mutated(self, chance: random.Random) -> bytes:
        """A file that is nearly one of this kind."""
        return mutated(self.seeds, self.words, chance)


def kinds(place: Path, contained: ContainedReader) -> dict[str, Kind]:
    """All kinds; `place` is a directory for those that are read from a file, `contained` the door to Qiskit."""
    old, new = examples.circuits("2"), examples.circuits("3")
    pieces = examples.PIECES
    loader = CircuitLoader(contained)
    return {
        "OpenQASM 2": Kind(old, pieces, _circuit, _faithful, weight=45),
        "OpenQASM 3": Kind(new, pieces, _circuit, _faithful, weight=45),
        "parameters, CSV": Kind(examples.TABLES, examples.TABLE_WORDS, _values, nonsense.values, weight=30),
        "features, CSV": Kind(
            examples.FEATURES,
            examples.TABLE_WORDS,
            lambda data: features_csv.read(data, "f.csv"),
            nonsense.features,
            10,
        ),
        "measured pairs, CSV": Kind(
            examples.PAIRS, examples.TABLE_WORDS, lambda data: pairs_csv.read(data, "p.csv"), nonsense.pairs, weight=5
        ),
        "qops.yaml, similarities": Kind(
            examples.SIMILARITIES, examples.SIMILARITY_WORDS, _manifest, nonsense.manifest, weight=10
        ),
        "qops.yaml": Kind(examples.MANIFESTS, examples.MANIFEST_WORDS, _manifest, nonsense.manifest, weight=30),
        "qops.yaml, backends and matrix": Kind(
            examples.MATRICES, examples.MATRIX_WORDS, _manifest, nonsense.manifest, weight=10
        ),
        "targets, JSON": Kind(
            examples.TARGETS, examples.NUMBER_WORDS, lambda data: target_json.read(data, "t.json"), nonsense.target, 10
        ),
        "calibrations, JSON": Kind(
            examples.CALIBRATIONS,
            examples.NUMBER_WORDS,
            lambda data: calibration_json.read(data, "c.json"),
            _nothing,
            8,
        ),
        "qops.matrix": Kind(
            examples.BASELINES, examples.NUMBER_WORDS, lambda data: matrix_file.read(data, "qops.matrix"), _baseline, 8
        ),
        "qops.lock": Kind(
            [examples.lock_file()], examples.LOCK_WORDS, lambda data: lock.read(data, "qops.lock"), _recorded, weight=25
        ),
        "merges of qops.lock": Kind([examples.lock_file()], examples.LOCK_WORDS, _merged, _nothing, weight=4),
        "DVC's .dir, JSON": Kind(examples.LISTINGS, examples.JSON_WORDS, _listing, _listed, weight=10),
        "DVC's .dvc": Kind(examples.POINTERS, examples.MANIFEST_WORDS, _pointer, _pointed, weight=5),
        "DVC's config": Kind(
            examples.SETTINGS, examples.SETTING_WORDS, lambda data: _settings(data, place), _set, 4, placed=False
        ),
        "DVC's rwlock, JSON": Kind(
            examples.HOLDERS, examples.JSON_WORDS, lambda data: _holders(data, place), _nothing, 4, placed=False
        ),
        "git's textconv": Kind([*old, *new, *examples.TABLES], pieces, _shown, _nothing, weight=4),
        "QPY": Kind(
            examples.packed(),
            [b"QISKIT", b"\0\0", b"q"],
            lambda data: loader.only_qpy(data, "a.qpy").circuit,
            nonsense.circuit,
            weight=10,
        ),
        "OpenQASM 2 by Qiskit": Kind(
            old, pieces, lambda data: _foreign(contained, data, 2), nonsense.circuit, weight=4
        ),
        "OpenQASM 3 by Qiskit": Kind(
            new, pieces, lambda data: _foreign(contained, data, 3), nonsense.circuit, weight=2
        ),
        **{name: Kind(*each) for name, each in counted.examples().items()},
    }


def _circuit(data: bytes) -> Circuit:
    return reader.read(data, "a.qasm")


def _faithful(read: Circuit) -> None:
    """No nonsense, and its canonical text is the same circuit."""
    nonsense.circuit(read)
    if len(read.operations) < 2000:
        again = reader.read(write(read).encode(), "canonical.qasm")
        if digests(again, b"") != digests(read, b""):
            raise nonsense.Nonsense("the canonical text is another circuit")


def _foreign(contained: ContainedReader, data: bytes, version: int) -> Circuit:
    answer = contained.ask(ReadQasm(data.decode("utf-8", "replace"), "a.qasm", version))
    if not isinstance(answer, Converted):
        raise nonsense.Nonsense("text instead of a circuit")
    return answer.circuit


def _values(data: bytes) -> ParameterSet:
    found = parameters_csv.read(data, "a.csv")
    parameters_csv.check(found, found.names, data, "a.csv")
    return found


def _manifest(data: bytes) -> Any:
    return manifest.read(data, "qops.yaml", lambda pattern: (pattern.replace("*", "x"),))


def _recorded(read: Snapshot) -> None:
    for record in read.circuits.values():
        for file in record.files.values():
            nonsense.digest(file)


def _baseline(read: Baseline) -> None:
    """Finite numbers, and its text is the same baseline."""
    again = matrix_file.read(matrix_file.write(read), "qops.matrix")
    if again != read:
        raise nonsense.Nonsense("its text is another matrix")


def _merged(data: bytes) -> object:
    return merge_lock.merge(data, examples.lock_file(), examples.lock_file(), "qops.lock", 7)


def _listing(data: bytes) -> dict[str, str]:
    return dvc_files.read_directory_object(data, "an object")


def _listed(read: dict[str, str]) -> None:
    for path, digest in read.items():
        nonsense.inside(path)
        nonsense.digest(digest)


def _pointer(data: bytes) -> Pointer:
    return dvc_files.read_pointer(data, "artifacts.dvc")


def _pointed(read: Pointer) -> None:
    nonsense.digest(read.md5)
    nonsense.inside(read.path)


def _settings(data: bytes, place: Path) -> Settings:
    (place / "config").write_bytes(data)
    found = read_settings(place)
    open_cache(found).intact("0" * 32)
    return found


def _set(read: Settings) -> None:
    if not all(isinstance(name, str) for name in (*read.unusual, *read.remotes)):
        raise nonsense.Nonsense(f"settings {read}")


def _holders(data: bytes, place: Path) -> object:
    (place / "tmp").mkdir(exist_ok=True)
    (place / "tmp" / "rwlock").write_bytes(data)
    return _HolderFile(place / "tmp", (place / "artifacts",))._blocker()


def _shown(data: bytes) -> bytes:
    return readable_parameters.readable(data, "a.csv") + readable.readable(data, "a.qasm", lambda _data, _file: [])


def _nothing(_read: object) -> None:
    """Whatever it is."""


def tight(memory: int) -> Limits:
    """What one file may take when Qiskit reads it: two seconds, and `memory` bytes of address space."""
    return Limits(memory=memory, cpu_seconds=2, wall_seconds=20.0)
