"""A baseline: what a matrix was when it was last accepted, and the best that was ever seen of it."""

import msgspec

from qops.model.examination import Check
from qops.model.gate import Watermark
from qops.model.matrix import Matrix


class Acceptance(msgspec.Struct, frozen=True):
    """Why a matrix became the baseline in spite of the gate: when, ISO 8601 in UTC, and in whose words."""

    at: str
    reason: str


class Answer(msgspec.Struct, frozen=True):
    """Whether the circuit that a cell was compiled to does what its source does."""

    circuit: str
    backend: str
    level: int
    seed: int
    check: Check


class Baseline(msgspec.Struct, frozen=True):
    """What new matrices are compared with. `best` and `accepted` are in order of rows and of time.

    `answers` are of a matrix that is on its way to others, and in no baseline.
    """

    matrix: Matrix
    best: tuple[Watermark, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    answers: tuple[Answer, ...] = ()
