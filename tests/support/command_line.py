"""What running `qops` gives back."""

from collections.abc import Callable
from typing import NamedTuple


class Outcome(NamedTuple):
    """Exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Qops = Callable[..., Outcome]
Raising = Callable[[BaseException], None]
