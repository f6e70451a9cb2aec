"""What the user wants to know of two variants, and under which conditions: one entry of `abtests:`, already valid."""

import msgspec

from qops.model.where import Where

GOALS = ("different", "superior", "non-inferior", "equivalent")
"""What is to be shown of B: not the same as A, better, not worse by the margin, or as good within the margin."""

FAMILIES = ("all", "metric", "variant")
"""Which tests are corrected together: all of an entry, those of one metric, or those of one variant."""

CORRECTIONS = ("maxt", "holm")

PEEK_RULES = ("signs", "mixture", "obrien-fleming", "pocock")
"""Evidence of signs, which holds on any device; the others hold where jobs differ by their shots alone."""

SIMULATED = frozenset({"aer", "generic", "fake", "target"})
"""Kinds of backends whose jobs differ by nothing but shots."""


class Arm(msgspec.Struct, frozen=True):
    """A variant: a circuit of the manifest, at a git revision or (empty) in the work tree, with values for parameters.

    `parameters` are in radians, and go before those of the circuit's own file.
    """

    circuit: str
    version: str = ""
    parameters: dict[str, float] = {}

    def __str__(self) -> str:
        """The arm as it is typed."""
        values = ", ".join(f"{name}={value:g}" for name, value in self.parameters.items())
        return self.circuit + (f"@{self.version}" if self.version else "") + (f" ({values})" if values else "")


class Pass(msgspec.Struct, frozen=True, tag="pass"):
    """The share of shots whose outcome matches a pattern: bits, bit 0 at the right, `*` for either."""

    patterns: tuple[str, ...]

    @property
    def widths(self) -> frozenset[int]:
        """How many bits outcomes have."""
        return frozenset(map(len, self.patterns))


class Score(msgspec.Struct, frozen=True, tag="score"):
    """The mean of a score from 0 to 1 by outcome pattern; the first match counts, and without one the score is 0."""

    values: dict[str, float]

    @property
    def widths(self) -> frozenset[int]:
        """How many bits outcomes have."""
        return frozenset(map(len, self.values))


class Observable(msgspec.Struct, frozen=True, tag="observable"):
    """An expectation value: coefficients of Pauli words, one letter of `IXYZ` a qubit, qubit 0 at the right."""

    terms: dict[str, float]

    @property
    def widths(self) -> frozenset[int]:
        """How many bits outcomes have."""
        return frozenset(map(len, self.terms))


Metric = Pass | Score | Observable


class Guardrail(msgspec.Struct, frozen=True):
    """Another metric of the same outcomes, on which B must not be worse by `margin`."""

    name: str
    metric: Pass | Score
    margin: float


class Price(msgspec.Struct, frozen=True):
    """What the user pays for a second of the device, and for a shot."""

    second: float = 0.0
    shot: float = 0.0


class Peek(msgspec.Struct, frozen=True):
    """By which rule a run may end on the way, and at how many looks, for the rules that plan them."""

    rule: str = "signs"
    looks: int = 10


class Recipe(msgspec.Struct, frozen=True):
    """How arms are compiled for the backend: optimisation level and the compiler's seed."""

    level: int = 2
    seed: int = 0


class AbTestEntry(msgspec.Struct, frozen=True):
    """One experiment.

    `variants` are B by name: one called `b`, or `b1`, `b2` and so on. `expected` is the metric's value that the plan
    begins with, `sigma` the standard deviation between jobs; None where they are to be taken from what was measured.
    """

    name: str
    a: Arm
    variants: dict[str, Arm]
    backend: str
    metric: Metric
    where: Where
    goal: str = "different"
    margin: float = 0.0
    alpha: float = 0.05
    power: float = 0.8
    blocks: int = 20
    shots: int = 1000
    family: str = "all"
    correction: str = "maxt"
    guardrails: tuple[Guardrail, ...] = ()
    price: Price = Price()
    compiled: Recipe = Recipe()
    peek: Peek = Peek()
    expected: float | None = None
    sigma: float | None = None

    @property
    def arms(self) -> dict[str, Arm]:
        """All arms by name, `a` first."""
        return {"a": self.a, **self.variants}
