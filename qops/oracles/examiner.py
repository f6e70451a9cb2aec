"""The real `Examiner`: every answer comes from a child that may crash, hang or run out of memory."""

from collections.abc import Sequence

import msgspec

from qops.circuits.equivalence.provable import NotProvable, Statement, statement
from qops.circuits.equivalence.wires import in_use, objection
from qops.model.circuit import Circuit
from qops.model.examination import Check, Exact, Sameness
from qops.model.layout import Layout
from qops.oracles.child import PROVER, SIMULATOR, ask
from qops.oracles.installed import prover_installed
from qops.oracles.messages import Distances, Limits, Said, States

QUICK = Limits(cpu_seconds=5, wall_seconds=10.0)
THOROUGH = Limits(cpu_seconds=600, wall_seconds=600.0)
PROOF = Limits(cpu_seconds=120, wall_seconds=60.0)

_QCEC = "MQT QCEC"
_STATES = "random product states"
_PROVEN = frozenset({"equivalent", "equivalent_up_to_global_phase"})


class ContainedExaminer:
    """Asks one child for all distances, and one for each check.

    Args:
        proof: what the prover may use.
    """

    def __init__(self, proof: Limits = PROOF) -> None:
        self._proof = proof

    def exact(self, pairs: Sequence[tuple[Circuit, Circuit]], *, thorough: bool) -> list[Exact]:
        """How far apart each pair is; those that a dying child left out say why."""
        returned = ask(SIMULATOR, [Distances(*pair) for pair in pairs], THOROUGH if thorough else QUICK)
        found = [msgspec.msgpack.decode(answer, type=Exact) for answer in returned.answers]
        missing = Exact(unexamined=f"the simulation {returned.trouble}")
        return found + [missing] * (len(pairs) - len(found))

    def try_states(self, source: Circuit, compiled: Circuit, layout: Layout, seed: int) -> Check:
        """Compare what the two do to random product states."""
        returned = ask(SIMULATOR, [States(source, compiled, layout, seed)], self._proof)
        if returned.trouble:
            return Check(Sameness.UNDECIDED, _STATES, f"the simulation {returned.trouble}")
        return msgspec.msgpack.decode(returned.answers[0], type=Check)

    def prove(self, source: Circuit, compiled: Circuit, layout: Layout) -> Check:
        """Ask MQT QCEC; only its proofs count, its guesses are no answer."""
        try:
            because = objection(source, compiled, layout)
            stated = None if because else statement(in_use(source, compiled, layout))
        except NotProvable as reason:
            because, stated = str(reason), None
        if stated is None:
            return Check(Sameness.UNDECIDED, _QCEC, because)
        if not prover_installed():
            return Check(Sameness.UNDECIDED, _QCEC, f"{_QCEC} is not installed")
        returned = ask(PROVER, [stated], self._proof)
        if returned.trouble:
            return Check(Sameness.UNDECIDED, _QCEC, f"{_QCEC} {returned.trouble}")
        return _understood(msgspec.msgpack.decode(returned.answers[0], type=Said).word, stated)


def _understood(word: str, stated: Statement) -> Check:
    if word in _PROVEN:
        return Check(Sameness.SAME, _QCEC)
    if word != "not_equivalent":
        return Check(Sameness.UNDECIDED, _QCEC, f"{_QCEC} found no proof")
    if not stated.whole:
        return Check(Sameness.UNDECIDED, _QCEC, "the gates differ, but perhaps in nothing that shows")
    return Check(Sameness.DIFFERENT, _QCEC)
