"""Exact distances of the circuits that changed, where they are cheap or asked for."""

from collections.abc import Sequence

import msgspec

from qops.circuits.binding import bind
from qops.circuits.equivalence.ladder import Answer
from qops.circuits.measurements import final_measurements
from qops.diff.judge import Finding, Kind
from qops.model.circuit import Circuit, every_operation
from qops.model.examination import Exact, Examiner

USUAL, LARGEST = 16, 22
"""The most qubits without being asked, and at all."""
SECONDS = 1.0
"""The most that all simulations of a diff may be expected to take without being asked."""
_A_GATE, _AN_AMPLITUDE = 4e-5, 3e-9
"""Seconds that each gate takes, and each amplitude of the state at each gate, by measurement."""
_MOST_SPLITS = 10

Pair = tuple[Circuit, Circuit]


def looked_at(findings: Sequence[Finding], examiner: Examiner, *, asked: bool) -> list[Finding]:
    """The findings, those about circuits that can be told apart with their exact distances.

    Args:
        findings: what was judged.
        examiner: simulates.
        asked: whether it may take long.
    """
    left = SECONDS
    answers: dict[int, Exact] = {}
    questions: dict[int, Pair] = {}
    for place, finding in enumerate(findings):
        pair = _bound(finding)
        if pair is None or not (asked or _worth_a_look(finding, pair)):
            continue
        reason = _too_large(pair, left, asked=asked)
        if reason:
            answers[place] = Exact(unexamined=reason)
        else:
            questions[place] = pair
            left -= seconds(pair)
    if questions:
        found = examiner.exact(list(questions.values()), thorough=asked)
        answers |= dict(zip(questions, found, strict=True))
    return [
        msgspec.structs.replace(finding, exact=answers[place]) if place in answers else finding
        for place, finding in enumerate(findings)
    ]


def qubits(pair: Pair) -> int:
    """The qubits of the wider circuit."""
    return max(circuit.qubit_count for circuit in pair)


def seconds(pair: Pair) -> float:
    """About how long it takes to simulate both, at most, with a course for each outcome of what is measured midway."""
    a_gate = _A_GATE + _AN_AMPLITUDE * 2.0 ** qubits(pair)
    return sum(a_gate * _gates(circuit) * _courses(circuit) for circuit in pair)


def _gates(circuit: Circuit) -> int:
    return sum(1 for _ in every_operation(circuit.operations))


def _courses(circuit: Circuit) -> int:
    splits = sum(operation.gate in ("measure", "reset") for operation in every_operation(circuit.operations))
    return 1 << min(splits - len(final_measurements(circuit)), _MOST_SPLITS)


def _bound(finding: Finding) -> Pair | None:
    """Both circuits with their values, where something in them changed that may show."""
    old, new = finding.pair.old, finding.pair.new
    if finding.kind not in (Kind.WITHIN, Kind.PARAMETERS, Kind.STRUCTURE) or old is None or new is None:
        return None
    if old.circuit is None or new.circuit is None:
        return None
    return bind(old.circuit, old.values()), bind(new.circuit, new.values())


def _worth_a_look(finding: Finding, pair: Pair) -> bool:
    """Whether there is something to find that is not known yet, and all angles have their values."""
    valued = not any(circuit.parameters for circuit in pair)
    return valued and qubits(pair) <= LARGEST and not _known_to_be_zero(finding)


def _known_to_be_zero(finding: Finding) -> bool:
    same = finding.equivalence is not None and finding.equivalence.answer is Answer.EQUIVALENT
    return same or (finding.reach is not None and finding.reach.distance is not None and finding.reach.shots is None)


def _too_large(pair: Pair, left: float, *, asked: bool) -> str:
    limit = LARGEST if asked else USUAL
    if qubits(pair) > limit:
        more = "" if asked else f"; `--exact` simulates up to {LARGEST}"
        return f"{qubits(pair)} qubits, more than {limit}{more}"
    if not asked and seconds(pair) > left:
        return f"it would take some {max(1.0, seconds(pair)):.0f} s; `--exact` takes them"
    return ""
