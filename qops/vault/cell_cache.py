"""What was compiled before, in one SQLite file that several runs may use at once.

It holds nothing that compiling again would not give. So a file of another version, or one that is damaged, is put
aside and a new one begun.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from qops import world
from qops.errors import EnvironmentFault
from qops.model.matrix import Compiled, Outcome

_VERSION = 1
_PATIENCE_S = 30.0
_KNOWN = "SELECT key, outcome FROM cells WHERE key IN (SELECT value FROM json_each(?))"
_NOTED = "SELECT name, value FROM notes WHERE name IN (SELECT value FROM json_each(?))"
_TABLES = """
CREATE TABLE cells (key TEXT PRIMARY KEY, outcome BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE texts (digest TEXT PRIMARY KEY, text BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class SqliteCellCache:
    """The cache in the file at `path`, made when something is first kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def outcomes(self, keys: Sequence[str]) -> dict[str, Outcome]:
        """The outcomes that are known, by cell key."""
        if not self._path.exists():
            return {}
        found: dict[str, Outcome] = {}
        with self._open() as connection:
            rows = connection.execute(_KNOWN, (_list(keys),))
            found.update({key: msgspec.msgpack.decode(outcome, type=Outcome) for key, outcome in rows})
        return found

    def put(self, key: str, outcome: Outcome, packed: bytes = b"") -> None:
        """Keep an outcome, and the compiled circuit's text, compressed by zlib, where there is one."""
        with self._changed() as connection:
            connection.execute("INSERT OR REPLACE INTO cells VALUES (?, ?)", (key, msgspec.msgpack.encode(outcome)))
            if isinstance(outcome, Compiled):
                connection.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (outcome.digest, packed))

    def text(self, digest: str) -> bytes | None:
        """A compiled circuit's text by its digest, None where it is not here."""
        if not self._path.exists():
            return None
        with self._open() as connection:
            row = connection.execute("SELECT text FROM texts WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else zlib.decompress(row[0])

    def notes(self, names: Sequence[str]) -> dict[str, str]:
        """What was noted under these names."""
        if not self._path.exists():
            return {}
        with self._open() as connection:
            return dict(connection.execute(_NOTED, (_list(names),)))

    def note(self, values: Mapping[str, str]) -> None:
        """Note values by their names."""
        if not values:
            return
        with self._changed() as connection:
            connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", values.items())

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _changed(self) -> Iterator[sqlite3.Connection]:
        """For changes that are kept together, or not at all."""
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._connection is None:
                self._connection = self._connected()
            yield self._connection
        except sqlite3.OperationalError as problem:
            cause = f"the cache of compiled circuits cannot be used: {problem}"
            raise EnvironmentFault(
                cause, hint=f"is there space on the disk? {self._path.name} may be deleted"
            ) from None

    def _connected(self) -> sqlite3.Connection:
        try:
            return self._of_this_version()
        except sqlite3.DatabaseError as problem:
            if isinstance(problem, sqlite3.OperationalError):
                raise
        self._put_aside()
        return self._of_this_version()

    def _of_this_version(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_PATIENCE_S, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _VERSION):
                raise sqlite3.DatabaseError(f"version {version}")
            if version == 0:
                _begin(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_aside(self) -> None:
        """Out of the way, but kept: whoever wants to know what happened can look."""
        moved = self._path.with_name(f"{self._path.name}.{world.process_id()}.old")
        self._path.rename(moved)
        for left in ("-wal", "-shm"):
            self._path.with_name(self._path.name + left).unlink(missing_ok=True)


def _list(words: Sequence[str]) -> str:
    return msgspec.json.encode(list(words)).decode()


def _begin(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another run does so at the same time."""
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        with closing(connection.cursor()) as cursor:
            for statement in _TABLES.strip().split("\n"):
                cursor.execute(statement)
            cursor.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")
