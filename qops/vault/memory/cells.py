"""The cache of cells in memory."""

import zlib
from collections.abc import Mapping, Sequence

from qops.model.matrix import Compiled, Outcome


class MemoryCellCache:
    """Outcomes, texts and notes in dictionaries."""

    def __init__(self) -> None:
        self.cells: dict[str, Outcome] = {}
        self.texts: dict[str, bytes] = {}
        self.noted: dict[str, str] = {}

    def outcomes(self, keys: Sequence[str]) -> dict[str, Outcome]:
        """The outcomes that are known, by cell key."""
        return {key: self.cells[key] for key in keys if key in self.cells}

    def put(self, key: str, outcome: Outcome, packed: bytes = b"") -> None:
        """Keep an outcome, and the compiled circuit's text, compressed by zlib, where there is one."""
        self.cells[key] = outcome
        if isinstance(outcome, Compiled):
            self.texts.setdefault(outcome.digest, packed)

    def text(self, digest: str) -> bytes | None:
        """A compiled circuit's text by its digest, None where it is not here."""
        return zlib.decompress(self.texts[digest]) if digest in self.texts else None

    def notes(self, names: Sequence[str]) -> dict[str, str]:
        """What was noted under these names."""
        return {name: self.noted[name] for name in names if name in self.noted}

    def note(self, values: Mapping[str, str]) -> None:
        """Note values by their names."""
        self.noted.update(values)
