"""Verdicts on the rows that changed. Imported only where there are any: here begins what needs SciPy."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from qops.model.gate import Rules, Watermark
from qops.model.matrix import Compiled, Row
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.stats.welch import Summary
from qops.transpile.metrics import METRICS
from qops.transpile.pairing import Key, Pair, name
from qops.transpile.regression import Answer, Question, answers, sample
from qops.transpile.wording import percent

CONFIDENCE = 0.98
"""Of the intervals that are told: a value beyond an end on one side has a chance of one in a hundred."""

LEAST_CPU_S = 1e-6

Best = Mapping[Key, Watermark]


def judge(pairs: Sequence[Pair], rows: int, rules: Rules, best: Best, edited: Collection[str]) -> Iterator[Verdict]:
    """All rows together, then every row of `pairs`, all of which changed; then the compile time.

    Args:
        pairs: rows that have a baseline and that differ from it.
        rows: how many comparable rows there are, unchanged ones included, those of edited circuits not.
        rules: what is a regression.
        best: the best that was seen of a row, where that still applies.
        edited: circuits that are others now; their rows are judged one by one, and not together with the rest.
    """
    questions = [question for pair in pairs for question in _questions(pair, rules, best, edited)]
    found = answers(questions, rows, rules)
    changed = sum(pair.key[0] not in edited for pair in pairs)
    yield from (_together(answer, changed, rows) for answer in found if answer.question is None)
    by_row: dict[Key, list[Answer]] = {pair.key: [] for pair in pairs}
    for answer in found:
        if answer.question is not None:
            by_row[answer.question.row].append(answer)
    yield from (_row(pair, by_row[pair.key], rules, edited=pair.key[0] in edited) for pair in pairs)
    yield from _time(pairs)


def samples(row: Row, rules: Rules) -> dict[str, Summary]:
    """The metrics that the rules name, over the seeds of a row; without those that are not known."""
    metrics = [compiled.metrics for compiled in row.compiled]
    found = {metric: sample(metric, metrics) for metric in rules.limits}
    return {metric: known for metric, known in found.items() if known is not None}


def _questions(pair: Pair, rules: Rules, best: Best, edited: Collection[str]) -> Iterator[Question]:
    new, old = samples(pair.new, rules), samples(pair.old, rules) if pair.old else {}
    together = pair.key[0] not in edited
    watermark = best.get(pair.key)
    for metric, now in new.items():
        if metric in old and _enough(old[metric], now, rules):
            yield Question(pair.key, metric, old[metric], now, together=together)
        seen = watermark.samples.get(metric) if watermark else None
        then = Summary(seen.count, seen.mean, seen.variance) if seen else None
        if then and then != old.get(metric) and _enough(then, now, rules):
            yield Question(pair.key, metric, then, now, together=False, best=True)


def _enough(old: Summary, new: Summary, rules: Rules) -> bool:
    return min(old.number, new.number) >= rules.fewest_seeds


def _together(answer: Answer, changed: int, rows: int) -> Verdict:
    of = f"of {counted(rows, 'row')}, {changed:,} of them changed"
    because = f"{_change(answer)} in the geometric mean {of}"
    return _verdict(METRICS[answer.metric].words, because, [answer], {})


def _row(pair: Pair, found: Sequence[Answer], rules: Rules, *, edited: bool) -> Verdict:
    circuit, backend, level = pair.key
    about: dict[str, object] = {"circuit": circuit, "backend": backend, "level": level, "edited": edited}
    after = "; the circuit was edited" if edited else ""
    if not found:
        return Verdict(name(pair.key), Outcome.INCONCLUSIVE, _too_few(pair, rules) + after, evidence=about, hint=_HINT)
    worse = [answer for answer in found if answer.worse]
    shown = worse or [answer for answer in found if answer.question and not answer.question.best]
    told = ", ".join(_change(answer) for answer in shown)
    because = told if worse else f"changed, by no more than seeds and limits allow: {told}"
    return _verdict(name(pair.key), f"{because}, over {_seeds(pair)}{after}", shown, about)


_HINT = "set `seeds` of the matrix to 5 or more, and accept a baseline with as many"


def _too_few(pair: Pair, rules: Rules) -> str:
    return f"changed, and {_seeds(pair)} cannot tell a regression from noise: {rules.fewest_seeds} on either side can"


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


def _time(pairs: Iterable[Pair]) -> Iterator[Verdict]:
    """The least processor time of each row, beside the baseline's: told and never failed, for machines differ."""
    ratios = [
        math.log(max(_least(pair.new.compiled), LEAST_CPU_S) / max(_least(pair.old.compiled), LEAST_CPU_S))
        for pair in pairs
        if pair.old and pair.old.compiled and pair.new.compiled
    ]
    if ratios:
        share = math.expm1(math.fsum(ratios) / len(ratios))
        because = f"advisory: {percent(share)} % processor time in the geometric mean of the rows that changed"
        yield Verdict("compile time", Outcome.PASS, because, statistic=share)


def _least(compiled: Iterable[Compiled]) -> float:
    return min(each.cpu_s for each in compiled)


def applicable(marks: Iterable[Watermark], targets: Mapping[str, str], circuits: Mapping[str, str]) -> Best:
    """The watermarks that were set with these very targets and circuits, by row."""
    return {
        (mark.circuit, mark.backend, mark.level): mark
        for mark in marks
        if targets.get(mark.backend) == mark.target and circuits.get(mark.circuit) == mark.source
    }
