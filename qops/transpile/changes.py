"""Verdicts on the rows that changed. Imported only where there are any: here begins what needs SciPy."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from qops.model.gate import Rules, Watermark
from qops.model.matrix import Compiled, Matrix
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.transpile.metrics import METRICS
from qops.transpile.pairing import Key, Pair, name
from qops.transpile.regression import Answer, Question, answers, ask, values
from qops.transpile.watermarks import Best, applicable, summary_of
from qops.transpile.wording import percent

CONFIDENCE = 0.95
"""Of each interval that is told."""

LEAST_CPU_S = 1e-6


def judge(
    pairs: Sequence[Pair],
    unchanged: int,
    rules: Rules,
    marks: Iterable[Watermark],
    new: Matrix,
    edited: Collection[str],
) -> Iterator[Verdict]:
    """All rows together, then every row of `pairs`, all of which changed.

    Args:
        pairs: rows that have a baseline and that differ from it.
        unchanged: how many rows did not differ.
        rules: what is a regression.
        marks: the best that was seen of each row, where it was.
        new: the matrix that the rows of `pairs` are of.
        edited: circuits that are others now; their rows are judged one by one, and not together with the rest.
    """
    best = applicable(marks, new)
    questions = [question for pair in pairs for question in _questions(pair, rules, best, edited)]
    found = answers(questions, unchanged, rules)
    changed = Counter(question.metric for question in questions if question.series)
    yield from (_together(answer, changed[answer.metric], unchanged) for answer in found if answer.question is None)
    by_row: dict[Key, list[Answer]] = {pair.key: [] for pair in pairs}
    for answer in found:
        if answer.question is not None:
            by_row[answer.question.row].append(answer)
    yield from (_row(pair, by_row[pair.key], rules, edited=pair.key[0] in edited) for pair in pairs)


def _questions(pair: Pair, rules: Rules, best: Best, edited: Collection[str]) -> Iterator[Question]:
    watermark = best.get(pair.key)
    for metric in rules.limits:
        old, new = values(metric, pair.old) if pair.old else {}, values(metric, pair.new)
        if min(len(old), len(new)) >= rules.fewest_seeds:
            question = ask(pair.key, metric, old, new, together=pair.key[0] not in edited)
            yield question
            seen = watermark.samples.get(metric) if watermark else None
            if seen and seen.count >= rules.fewest_seeds and summary_of(seen) != question.old:
                yield Question(pair.key, metric, summary_of(seen), question.new, best=True)


def _together(answer: Answer, changed: int, unchanged: int) -> Verdict:
    of = f"of {counted(changed + unchanged, 'row')}, {changed:,} of them changed"
    because = f"{_change(answer)} in the mean {of}"
    return _verdict(METRICS[answer.metric].words, because, [answer], {})


def _row(pair: Pair, found: Sequence[Answer], rules: Rules, *, edited: bool) -> Verdict:
    circuit, backend, level = pair.key
    about: dict[str, object] = {"circuit": circuit, "backend": backend, "level": level, "edited": edited}
    after = "; the circuit was edited" if edited else ""
    if not found:
        return _undecided(pair, rules, after, about)
    worse = [answer for answer in found if answer.worse]
    shown = worse or [answer for answer in found if answer.question and not answer.question.best]
    told = ", ".join(_change(answer) for answer in shown)
    because = told if worse else f"changed, by no more than seeds and limits allow: {told}"
    return _verdict(name(pair.key), f"{because}, over {_seeds(pair)}{after}", shown, about)


def _undecided(pair: Pair, rules: Rules, after: str, about: dict[str, object]) -> Verdict:
    """A row that changed, and of which no metric could be compared."""
    outcome, hint = Outcome.INCONCLUSIVE, ""
    if not rules.limits:
        outcome, because = Outcome.PASS, "changed; the gate watches no metric"
    elif min(len(pair.new.compiled), len(pair.old.compiled) if pair.old else 0) >= rules.fewest_seeds:
        because = "changed; nothing that the gate watches is known of this target"
    else:
        because = f"changed, and {_seeds(pair)} cannot tell a regression from noise: {rules.fewest_seeds} a side can"
        hint = f"set `seeds` of the matrix to {rules.fewest_seeds} or more, and accept a baseline with as many"
    return Verdict(name(pair.key), outcome, because + after, evidence=about, hint=hint)


def _seeds(pair: Pair) -> str:
    before, now = len(pair.old.compiled) if pair.old else 0, len(pair.new.compiled)
    return counted(now, "seed") + (f" beside {before:,}" if before != now else "")


def _change(answer: Answer) -> str:
    metric = METRICS[answer.metric]
    low, high = sorted(metric.told(end) for end in answer.difference.interval(CONFIDENCE))
    beside = " beside the best that was seen" if answer.question and answer.question.best else ""
    size = percent(metric.told(answer.difference.size))
    return f"{metric.words} {size} % [{percent(low)}, {percent(high)}]{beside}"


def _verdict(about: str, because: str, shown: Sequence[Answer], evidence: dict[str, object]) -> Verdict:
    first = max(shown, key=lambda answer: (answer.worse, -answer.chance), default=None)
    failed = any(answer.worse for answer in shown)
    return Verdict(
        name=about,
        outcome=Outcome.FAIL if failed else Outcome.PASS,
        because=because,
        statistic=math.expm1(first.difference.size) if first else None,
        threshold=first.limit if first else None,
        evidence={**evidence, "metrics": [_evidence(answer) for answer in shown]},
    )


def _evidence(answer: Answer) -> dict[str, object]:
    low, high = answer.difference.interval(CONFIDENCE)
    return {
        "metric": answer.metric,
        "beside": "best" if answer.question and answer.question.best else "baseline",
        "log_ratio": answer.difference.size,
        "low": low,
        "high": high,
        "chance": answer.chance,
        "worse": answer.worse,
    }


def compile_time(pairs: Iterable[Pair]) -> str:
    """The least processor time of each row, beside the baseline's, in words: no verdict, for machines differ."""
    ratios = [
        math.log(max(_least(pair.new.compiled), LEAST_CPU_S) / max(_least(pair.old.compiled), LEAST_CPU_S))
        for pair in pairs
        if pair.old and pair.old.compiled and pair.new.compiled
    ]
    if not ratios:
        return ""
    share = math.expm1(math.fsum(ratios) / len(ratios))
    return f"{percent(share)} % processor time in the geometric mean of the rows that changed"


def _least(compiled: Iterable[Compiled]) -> float:
    return min(each.cpu_s for each in compiled)
