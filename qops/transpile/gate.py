"""Whether compilation became worse than the baseline. Pure.

Equal digests answer by themselves; what changed goes to `qops.transpile.changes`, and with it to SciPy.
"""

from collections.abc import Iterable, Iterator, Sequence

from qops.model.gate import Rules, Watermark
from qops.model.matrix import Matrix
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.transpile import changes
from qops.transpile.comparability import Differing, differing
from qops.transpile.pairing import Key, Pair, lost, name, pairs, seeds, vanished
from qops.transpile.wording import listed

_RANK = {Outcome.FAIL: 0, Outcome.INCONCLUSIVE: 1, Outcome.PASS: 2}
_ACCEPT = 'make the new matrix the baseline: `qops transpile-matrix --accept "why"`'


def judge(old: Matrix, new: Matrix, rules: Rules, best: Iterable[Watermark] = ()) -> tuple[Verdict, ...]:
    """The verdicts on `new` beside the baseline `old`, failures first.

    Cells that came to nothing, and did not in the baseline, are findings of their own. Where targets, options or
    surroundings other than the compiler's own versions differ, nothing is compared, and the verdict is INCONCLUSIVE. A
    row without a baseline, and one that is gone, is told and passes: that is what the manifest says now.
    """
    differences = differing(old, new)
    every = pairs(old, new)
    comparable = _comparable(every, differences)
    changed = _changed(comparable)
    without = [pair.key for pair in every if pair.old is None or not pair.old.compiled]
    same = [pair for pair in comparable if pair.unchanged]
    found = [
        *_incomparable(differences, old, new),
        *_losses(every, seeds(new)),
        *_unchanged(same),
        *_told("new rows", "nothing in the baseline to compare with", without),
        *_told("gone", "in the baseline and no longer in the matrix", vanished(old, new)),
        *_compiler(differences),
    ]
    if changed:
        kept = sum(pair.key[0] not in differences.edited for pair in same)
        found += changes.judge(changed, kept, rules, best, new, differences.edited)
    return tuple(sorted(found, key=lambda verdict: _RANK[verdict.outcome]))


def compile_time(old: Matrix, new: Matrix) -> str:
    """What became of the time that compiling takes, in words; empty where nothing changed. Told, and never judged."""
    return changes.compile_time(_changed(_comparable(pairs(old, new), differing(old, new))))


def _comparable(every: Sequence[Pair], differences: Differing) -> list[Pair]:
    if differences.everywhere:
        return []
    return [pair for pair in every if pair.old and pair.old.compiled and pair.key[1] not in differences.targets]


def _changed(comparable: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in comparable if not pair.unchanged and pair.new.compiled]


def _incomparable(differences: Differing, old: Matrix, new: Matrix) -> Iterator[Verdict]:
    hint = f"undo the difference, or {_ACCEPT}"
    if not any(pair.old and pair.old.compiled and pair.new.compiled for pair in pairs(old, new)):
        because = "no row of this matrix was compiled both in the baseline and now"
        yield Verdict("comparable", Outcome.INCONCLUSIVE, because, hint=_ACCEPT)
    if differences.everywhere:
        because = f"not comparable with the baseline: {'; '.join(differences.everywhere)}"
        yield Verdict("comparable", Outcome.INCONCLUSIVE, because, hint=hint)
    for backend, words in differences.targets.items():
        because = f"not comparable with the baseline: another target, {words}"
        yield Verdict(f"comparable: {backend}", Outcome.INCONCLUSIVE, because, hint=hint)


def _losses(every: Sequence[Pair], asked: frozenset[int]) -> Iterator[Verdict]:
    for pair in every:
        gone = dict(lost(pair, asked))
        if gone:
            seed, first = next(iter(gone.items()))
            of = f"{len(gone)} of {counted(len(asked | pair.new.outcomes.keys()), 'seed')} lost"
            because = f"{of} that the baseline has: seed {seed} {first.kind}: {first.because}"
            if not pair.old:
                because = f"{of}: seed {seed} {first.kind}: {first.because}"
            yield Verdict(f"cells of {name(pair.key)}", Outcome.FAIL, because, evidence={"seeds": sorted(gone)})


def _unchanged(same: Sequence[Pair]) -> Iterator[Verdict]:
    if same:
        kept = sum(len(pair.new.lost.keys() & pair.old.lost.keys()) for pair in same if pair.old)
        besides = f"; {counted(kept, 'cell')} lost as in the baseline" if kept else ""
        because = f"{counted(len(same), 'row')} with the very circuits of the baseline{besides}"
        yield Verdict("unchanged", Outcome.PASS, because, evidence={"rows": len(same)})


def _told(about: str, what: str, rows: Sequence[Key]) -> Iterator[Verdict]:
    if rows:
        because = f"{counted(len(rows), 'row')}, {what}: {listed([name(row) for row in rows])}"
        yield Verdict(about, Outcome.PASS, because, evidence={"rows": [list(row) for row in rows]})


def _compiler(differences: Differing) -> Iterator[Verdict]:
    if differences.told:
        because = f"not what the baseline was compiled with: {', '.join(differences.told)}"
        yield Verdict("compiler", Outcome.PASS, because, evidence={"changed": list(differences.told)})
