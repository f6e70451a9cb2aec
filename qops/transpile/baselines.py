"""The baseline: where it is, and what the next one is."""

import msgspec

from qops import world
from qops.errors import InputError
from qops.formats import matrix_file
from qops.model.baseline import Acceptance, Baseline
from qops.model.gate import Rules
from qops.model.matrix import Compiled, Matrix
from qops.model.ports import Ports
from qops.recorded.repository import MATRIX
from qops.transpile import watermarks
from qops.transpile.pairing import key

FILE = MATRIX


class Found(msgspec.Struct, frozen=True):
    """A baseline, and what it is called."""

    label: str
    baseline: Baseline


def find(ports: Ports, named: str | None) -> Found | None:
    """The baseline that is named: a file, or a revision; for None the one at hand. None where nothing was recorded.

    Raises:
        InputError: there is neither such a file nor such a revision with a baseline.
    """
    if named is None:
        if not ports.tree.exists(FILE):
            return None
        return Found(FILE, matrix_file.read(ports.tree.read(FILE), FILE))
    if ports.tree.exists(named):
        return Found(named, matrix_file.read(ports.tree.read(named), named))
    data = ports.history.read(ports.history.resolve(named), FILE)
    if data is None:
        raise InputError(
            f"there is no {FILE} at {named}", hint="`qops snapshot` records one, once a matrix is compiled"
        )
    return Found(named, matrix_file.read(data, f"{named}:{FILE}"))


def successor(old: Baseline | None, new: Matrix, rules: Rules, reason: str = "") -> Baseline:
    """The baseline after `new` was found no worse than `old`, or was accepted for a reason in spite of that.

    To accept for the same reason what is the baseline already changes nothing.
    """
    if old and reason and old.accepted and old.accepted[-1].reason == reason and same(old.matrix, new):
        return old
    said = (Acceptance(world.now(), reason),) if reason else ()
    best = watermarks.renewed(old.best if old else (), new, rules)
    return Baseline(new, best, (*(old.accepted if old else ()), *said))


def same(old: Matrix, new: Matrix) -> bool:
    """Whether two matrices are of the same things, and circuit for circuit the same; times aside."""
    return old.comparable == new.comparable and _digests(old) == _digests(new)


def _digests(matrix: Matrix) -> list[tuple[object, ...]]:
    return [
        (*key(row), [(seed, o.digest if isinstance(o, Compiled) else o) for seed, o in row.outcomes.items()])
        for row in matrix.rows
    ]
