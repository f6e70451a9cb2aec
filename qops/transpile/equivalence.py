"""Whether compiled circuits do what their sources do. What is not decided is told, and fails nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from qops import __version__
from qops.model.examination import Check, Sameness
from qops.model.matrix import Cell, Compiled, Outcome
from qops.model.verdict import Outcome as Answer
from qops.model.verdict import Verdict
from qops.model.wording import counted
from qops.transpile.best import rank
from qops.transpile.gather import Workshop
from qops.transpile.pairing import name

_SHOWN = 3


class Claim(msgspec.Struct, frozen=True):
    """A compiled circuit that is looked at."""

    cell: Cell
    compiled: Compiled

    @property
    def note(self) -> str:
        """The name under which the answer is kept."""
        return f"equivalence {__version__} {self.cell.recipe.circuit} {self.compiled.digest}"

    @property
    def words(self) -> str:
        """The cell in words."""
        recipe = self.cell.recipe
        return f"{name((self.cell.circuit, self.cell.backend, recipe.level))}, seed {recipe.seed}"


class Compared(msgspec.Struct, frozen=True):
    """Verdicts on what was decided, and in words what was not: that is no evidence, and so no verdict."""

    verdicts: tuple[Verdict, ...] = ()
    undecided: str = ""


def run(shop: Workshop, cells: Sequence[Cell], outcomes: Mapping[str, Outcome], *, every: bool) -> Compared:
    """Compare the best circuit for each backend, or with `every` the best of each row; answers are kept."""
    claims = list(_claims(cells, outcomes, every=every))
    found = shop.checks({claim.note: (claim.cell, claim.compiled) for claim in claims})
    return Compared(tuple(_verdicts(claims, found)), _undecided(claims, found))


def _claims(cells: Iterable[Cell], outcomes: Mapping[str, Outcome], *, every: bool) -> Iterator[Claim]:
    groups: defaultdict[tuple[str, str, int], list[Claim]] = defaultdict(list)
    for cell in cells:
        outcome = outcomes.get(cell.key)
        if isinstance(outcome, Compiled):
            groups[cell.circuit, cell.backend, cell.recipe.level if every else 0].append(Claim(cell, outcome))
    for claims in groups.values():
        yield min(claims, key=lambda claim: (rank(claim.compiled), claim.cell.recipe.level, claim.cell.recipe.seed))


def _verdicts(claims: Sequence[Claim], found: Mapping[str, Check]) -> Iterator[Verdict]:
    decided = [(claim, found[claim.note]) for claim in claims if found[claim.note].sameness is not Sameness.UNDECIDED]
    for claim, check in decided:
        if check.sameness is Sameness.DIFFERENT:
            because = f"seed {claim.cell.recipe.seed} does something else than its source, by {check.by}"
            if check.fidelity is not None:
                because += f": fidelity {check.fidelity:.6f} on one of them"
            row = (claim.cell.circuit, claim.cell.backend, claim.cell.recipe.level)
            yield Verdict(f"equivalence of {name(row)}", Answer.FAIL, because, evidence=msgspec.to_builtins(check))
    same = sum(check.sameness is Sameness.SAME for _, check in decided)
    if same:
        because = (
            f"{counted(same, 'compiled circuit')} did what the source does, by {_ways(check for _, check in decided)}"
        )
        yield Verdict("equivalence", Answer.PASS, because, evidence={"same": same})


def _ways(checks: Iterable[Check]) -> str:
    return ", ".join(sorted({check.by for check in checks}))


def _undecided(claims: Sequence[Claim], found: Mapping[str, Check]) -> str:
    left = [(claim, found[claim.note]) for claim in claims if found[claim.note].sameness is Sameness.UNDECIDED]
    if not left:
        return ""
    told = "; ".join(f"{claim.words}: {check.because}" for claim, check in left[:_SHOWN])
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    return f"{counted(len(left), 'compiled circuit')} not compared: {told}{more}"
