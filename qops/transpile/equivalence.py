"""Whether compiled circuits do what their sources do. What is not decided is told, and fails nothing.

The best circuit for each backend is looked at, or that of each row. The best of a whole matrix is the best of its shard
too; so each shard looks at its own, and hands the answers on with its outcomes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from qops import __version__
from qops.model.baseline import Answer
from qops.model.examination import Check, Sameness
from qops.model.matrix import Cell, Compiled, Matrix
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.transpile.best import rank
from qops.transpile.gather import Workshop
from qops.transpile.pairing import Key, key, name

_SHOWN = 3
_NOT_LOOKED_AT = Check(Sameness.UNDECIDED, "", "the shard that compiled it did not look at it")


class Claim(msgspec.Struct, frozen=True):
    """A compiled circuit that is looked at."""

    row: Key
    seed: int
    compiled: Compiled

    @property
    def words(self) -> str:
        """The cell in words."""
        return f"{name(self.row)}, seed {self.seed}"


class Compared(msgspec.Struct, frozen=True):
    """Verdicts on what was decided, and in words what was not: that is no evidence, and so no verdict."""

    verdicts: tuple[Verdict, ...] = ()
    undecided: str = ""


def look(shop: Workshop, cells: Sequence[Cell], matrix: Matrix, *, every: bool) -> tuple[Answer, ...]:
    """Compare the best circuit for each backend, or with `every` the best of each row; answers are kept."""
    by_place = {(cell.circuit, cell.backend, cell.recipe.level, cell.recipe.seed): cell for cell in cells}
    claims = [(by_place[*claim.row, claim.seed], claim) for claim in _claims(matrix, every=every)]
    found = shop.checks({_note(cell, claim.compiled): (cell, claim.compiled) for cell, claim in claims})
    return tuple(Answer(*claim.row, claim.seed, found[_note(cell, claim.compiled)]) for cell, claim in claims)


def judge(matrix: Matrix, answers: Iterable[Answer], *, every: bool) -> Compared:
    """What the answers say about the whole matrix."""
    known = {(each.circuit, each.backend, each.level, each.seed): each.check for each in answers}
    found = [(claim, known.get((*claim.row, claim.seed), _NOT_LOOKED_AT)) for claim in _claims(matrix, every=every)]
    decided = [(claim, check) for claim, check in found if check.sameness is not Sameness.UNDECIDED]
    left = [(claim, check) for claim, check in found if check.sameness is Sameness.UNDECIDED]
    return Compared(tuple(_verdicts(decided)), _undecided(left))


def _claims(matrix: Matrix, *, every: bool) -> Iterator[Claim]:
    groups: defaultdict[tuple[str, str, int], list[Claim]] = defaultdict(list)
    for row in matrix.rows:
        for seed, outcome in row.outcomes.items():
            if isinstance(outcome, Compiled):
                group = row.circuit, row.backend, row.level if every else 0
                groups[group].append(Claim(key(row), seed, outcome))
    for claims in groups.values():
        yield min(claims, key=lambda claim: (rank(claim.compiled), claim.row[2], claim.seed))


def _note(cell: Cell, compiled: Compiled) -> str:
    """The name under which an answer is kept: the same compiled circuit is looked at once."""
    return f"equivalence {__version__} {cell.recipe.circuit} {compiled.digest}"


def _verdicts(decided: Sequence[tuple[Claim, Check]]) -> Iterator[Verdict]:
    for claim, check in decided:
        if check.sameness is Sameness.DIFFERENT:
            because = f"seed {claim.seed} does something else than its source, by {check.by}"
            if check.fidelity is not None:
                because += f": fidelity {check.fidelity:.6f} on one of them"
            evidence = msgspec.to_builtins(check)
            yield Verdict(f"equivalence of {name(claim.row)}", Outcome.FAIL, because, evidence=evidence)
    same = sum(check.sameness is Sameness.SAME for _, check in decided)
    if same:
        because = (
            f"{counted(same, 'compiled circuit')} did what the source does, by {_ways(check for _, check in decided)}"
        )
        yield Verdict("equivalence", Outcome.PASS, because, evidence={"same": same})


def _ways(checks: Iterable[Check]) -> str:
    return ", ".join(sorted({check.by for check in checks}))


def _undecided(left: Sequence[tuple[Claim, Check]]) -> str:
    if not left:
        return ""
    told = "; ".join(f"{claim.words}: {check.because}" for claim, check in left[:_SHOWN])
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    return f"{counted(len(left), 'compiled circuit')} not compared: {told}{more}"
