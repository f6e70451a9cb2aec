"""How often a circuit passes, by amplitude estimation on a backend; refused where noise would make the answer wrong."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from qops.circuits.grover import NotInvertibleError, powered
from qops.errors import InconclusiveError, InputError
from qops.model.circuit import Circuit
from qops.model.ports import Backend, Job
from qops.stats.amplitude import iterative
from qops.stats.amplitude.estimate import Estimate, Oracle
from qops.stats.amplitude.noise import Loss, loss


def oracle(backend: Backend, circuit: Circuit, patterns: Sequence[str], seed: Callable[[], int]) -> Oracle:
    """Runs the circuit after k Grover iterations, each call with a seed of its own.

    Args:
        backend: where.
        circuit: gates with numbers for all angles, then measurements of all its bits.
        patterns: the outcomes that pass, bit 0 at the right, `*` for either; no outcome matches two of them.
        seed: draws one.

    Raises:
        InputError: the circuit has no inverse, or two patterns overlap.
    """

    def passed(iterations: int, shots: int) -> int:
        (ran,) = backend.run([Job(_powered(circuit, patterns, iterations), shots, seed())])
        return sum(times for outcome, times in ran.counts.items() if _passes(outcome, patterns))

    _powered(circuit, patterns, 0)
    return passed


def measured_loss(known: Oracle, probability: float, iterations: int = 0, shots: int = 10_000) -> Loss:
    """The contrast that one call loses, on a circuit that is known to pass with `probability`.

    Raises:
        InconclusiveError: it would pass half the time, which shows no loss.
    """
    try:
        return loss(probability, iterations, known(iterations, shots), shots)
    except ValueError as reason:
        raise InconclusiveError(str(reason), hint="take a circuit that passes nearly always, or nearly never") from None


def estimate(asked: Oracle, half_width: float, noise: Loss, alpha: float = 0.05) -> Estimate:
    """The probability, with as many iterations as the noise leaves room for, and an interval that allows for it.

    Raises:
        InconclusiveError: it leaves room for none, or not for an interval so narrow.
    """
    limit = noise.most_iterations
    if limit is not None and limit < 1:
        cause = f"a call may lose {noise.high:.2%} of the contrast, which leaves no room for amplitude estimation"
        raise InconclusiveError(cause, hint="estimate by plain sampling")
    if half_width < noise.narrowest:
        cause = (
            f"a call may lose {noise.high:.2%} of the contrast, which hides what is nearer than {noise.narrowest:.2g}"
        )
        raise InconclusiveError(cause, hint="ask for a wider interval, or measure the loss with more shots")
    return iterative.estimate(asked, half_width, alpha, most_iterations=limit, loss=noise.high)


def _powered(circuit: Circuit, patterns: Sequence[str], iterations: int) -> Circuit:
    try:
        return powered(circuit, patterns, iterations)
    except NotInvertibleError as reason:
        hint = "estimate by plain sampling"
        raise InputError(f"the circuit cannot be amplified: {reason}", hint=hint) from None


def _passes(outcome: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(outcome, pattern.replace("*", "?")) for pattern in patterns)
