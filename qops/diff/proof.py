"""The upper rungs of the ladder, for changes of structure that are to be proven harmless."""

from collections.abc import Callable

import msgspec

from qops.circuits.binding import bind
from qops.circuits.equivalence.ladder import Answer, Equivalence
from qops.diff.judge import Finding, Kind
from qops.formats import layouts
from qops.model.circuit import Circuit
from qops.model.examination import Check, Examiner, Sameness
from qops.model.layout import Layout

SEED = 0
"""What random states are drawn with: the same circuits get the same answer."""


def climbed(finding: Finding, examiner: Examiner, layout: Layout | None) -> Finding:
    """The finding, with the answers of the upper rungs where those below left it open.

    Args:
        finding: about a circuit.
        examiner: tries states, and asks a prover.
        layout: where the new circuit has the old one's qubits; None where its annotations are to say so, or nothing.
    """
    old, new, found = finding.pair.old, finding.pair.new, finding.equivalence
    if finding.kind is not Kind.STRUCTURE or found is None or found.answer is Answer.EQUIVALENT:
        return finding
    if old is None or new is None or old.circuit is None or new.circuit is None:
        return finding
    chosen = layout or _layout(finding, old.circuit, new.circuit)
    if chosen is None:
        return finding
    source, compiled = bind(old.circuit, old.values()), bind(new.circuit, new.values())
    routed = chosen != Layout.trivial(source.qubit_count)
    with_values = bool(old.circuit.parameters or new.circuit.parameters)
    answer = _asked(
        found,
        lambda: examiner.try_states(source, compiled, chosen, SEED),
        lambda: examiner.prove(source, compiled, chosen),
        routed=routed,
    )
    decided = answer.answer in (Answer.EQUIVALENT, Answer.DIFFERENT)
    if decided and with_values:
        answer = msgspec.structs.replace(answer, for_values=True)
    return msgspec.structs.replace(finding, equivalence=answer)


def _layout(finding: Finding, old: Circuit, new: Circuit) -> Layout | None:
    """The layout that the new circuit carries and the old one does not; else the plain one, on the same wires."""
    carried = None if layouts.annotated(old) else layouts.annotated(new)
    if carried is not None:
        return carried
    named = finding.comparison.terms.qubits if finding.comparison else {}
    plain = Layout.trivial(old.qubit_count)
    alike = (old.qubit_count, old.bit_count) == (new.qubit_count, new.bit_count)
    return plain if alike and all(here == there for here, there in named.items()) else None


def _asked(
    found: Equivalence, states: Callable[[], Check], prover: Callable[[], Check], *, routed: bool
) -> Equivalence:
    tried = states()
    if tried.sameness is Sameness.DIFFERENT:
        return _decided(found, Answer.DIFFERENT, (tried,))
    proven = prover()
    checks = (tried, proven)
    if proven.sameness is Sameness.SAME:
        return _decided(found, Answer.EQUIVALENT, checks)
    if proven.sameness is Sameness.UNDECIDED:
        return msgspec.structs.replace(found, checks=checks)
    if routed and tried.sameness is Sameness.SAME:  # compilers drop what is too small to matter
        because = f"{proven.by} tells the two apart, and {tried.states} random states do not"
        return msgspec.structs.replace(found, answer=Answer.UNDECIDED, because=because, checks=checks)
    return _decided(found, Answer.DIFFERENT, checks)


def _decided(found: Equivalence, answer: Answer, checks: tuple[Check, ...]) -> Equivalence:
    if answer is Answer.EQUIVALENT:
        return Equivalence(answer, checks[-1].by, checks=checks)
    return Equivalence(answer, checks[-1].by, found.distance, found.regions, checks=checks)
