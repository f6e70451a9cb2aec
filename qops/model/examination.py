"""What a closer look at two circuits found; a process of its own takes it, and these travel back."""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

import msgspec

from qops.model.circuit import Circuit
from qops.model.layout import Layout


class Exact(msgspec.Struct, frozen=True):
    """How far two circuits are apart on the input zero, to rounding.

    `fidelity` is that of the states before the final measurements, a record of earlier ones taken as part of the
    state; None where the circuits have different qubits. `total_variation` and `hellinger` are distances of the
    distributions of what is measured, or, where nothing is, of all qubits: `measured` tells the two apart. None where
    the circuits measure different bits. `unexamined` is the reason why there is nothing of it.
    """

    qubits: int = 0
    fidelity: float | None = None
    total_variation: float | None = None
    hellinger: float | None = None
    measured: bool = True
    unexamined: str = ""


class Sameness(Enum):
    """What is known. SAME is a proof where a prover says it, and evidence where states were tried."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Check(msgspec.Struct, frozen=True):
    """The answer of one way to compare two circuits.

    `by` names the way. Where states were tried, `fidelity` is the least that was seen, `states` how many, and `seed`
    what they were drawn with. `because` is the reason where nothing is decided.
    """

    sameness: Sameness
    by: str
    because: str = ""
    fidelity: float | None = None
    states: int = 0
    seed: int | None = None


class Examiner(Protocol):
    """Looks at circuits closely, in contained processes: it never raises for what goes wrong in them."""

    def exact(self, pairs: Sequence[tuple[Circuit, Circuit]], *, thorough: bool) -> list[Exact]:
        """How far apart each pair is, angles being numbers; `thorough` looks where it takes long."""

    def try_states(self, source: Circuit, compiled: Circuit, layout: Layout, seed: int) -> Check:
        """Compare what the two do to random product states."""

    def prove(self, source: Circuit, compiled: Circuit, layout: Layout) -> Check:
        """Ask a prover."""
