"""Calling functions of a user's module in the contained child."""

from collections.abc import Callable

from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.where import Where
from qops.readers.messages import Limits

Call = Callable[..., Circuit]
Refusal = Callable[..., InputError]
DECLARED = Where("qops.yaml", 4, 5)
TIGHT = Limits(memory=2 << 30, cpu_seconds=1, wall_seconds=2.0)
