"""Asking again where the network or the other side failed for a moment.

Waits grow by a factor of two up to a cap, each drawn evenly from nought to that: so that clients who failed together
do not come back together [1]_.

References:
    [1] M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog (2015), "full jitter".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from qops import world

T = TypeVar("T")

_REFUSED = {429, 503}
_FOR_A_MOMENT = _REFUSED | {500, 502, 504, 520, 521, 522, 524}


@dataclass(frozen=True)
class Patience:
    """How often to try, and the first and the longest wait in seconds."""

    attempts: int = 6
    first_s: float = 1.0
    longest_s: float = 60.0


def retrying(
    do: Callable[[], T],
    passing: Callable[[BaseException], bool],
    say: Callable[[str], None],
    patience: Patience = Patience(),
) -> T:
    """What `do` gives, tried again after errors that are `passing`; the last error as it is."""
    for attempt in range(patience.attempts - 1):
        try:
            return do()
        except Exception as problem:
            if not passing(problem):
                raise
            wait = delay(attempt, world.seed() / 2**32, patience)
            say(f"{type(problem).__name__}: asking again in {wait:.0f} s")
        world.pause(wait)
    return do()


def delay(attempt: int, drawn: float, patience: Patience) -> float:
    """Seconds to wait after failure number `attempt`, counted from 0, for a number `drawn` evenly from [0, 1).

    >>> delay(3, 0.5, Patience()), delay(30, 0.5, Patience())
    (4.0, 30.0)
    """
    return drawn * min(patience.longest_s, patience.first_s * 2.0 ** min(attempt, 60))


def passes(problem: BaseException) -> bool:
    """Whether asking again may help: the connection failed, or the other side was overloaded or out of order."""
    return any(isinstance(each, OSError) or _status(each) in _FOR_A_MOMENT for each in _chain(problem))


def was_refused(problem: BaseException) -> bool:
    """Whether the other side certainly did nothing, so that even a submission can be sent again."""
    return any(_status(each) in _REFUSED or isinstance(each, ConnectionRefusedError) for each in _chain(problem))


def _status(problem: BaseException) -> int:
    """The HTTP status of an error, 0 where it has none."""
    status = getattr(problem, "status_code", None)
    return status if isinstance(status, int) else 0


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it."""
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__
