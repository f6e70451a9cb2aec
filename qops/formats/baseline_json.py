"""A frozen baseline as JSON, beside the epochs that it was frozen from."""

import math

import msgspec

from qops.errors import InputError
from qops.model.drift import Frozen
from qops.model.where import Where

_VERSION = 1


class _File(msgspec.Struct, frozen=True, omit_defaults=False):
    schema_version: int
    baseline: Frozen


def write(baseline: Frozen) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(_File(_VERSION, baseline)), indent=2) + b"\n"


def read(data: bytes, file: str) -> Frozen:
    """The baseline in a file called `file`.

    Raises:
        InputError: it is damaged, says what cannot be, or is of another version.
    """
    try:
        found = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise _damaged(str(problem), file) from None
    if found.schema_version != _VERSION:
        cause = f"the baseline is of version {found.schema_version}; this qops reads version {_VERSION}"
        raise InputError(cause, where=Where(file), hint="use a newer qops")
    if not _possible(found.baseline):
        raise _damaged("its numbers cannot be", file)
    return found.baseline


def _damaged(because: str, file: str) -> InputError:
    return InputError(f"the baseline is damaged: {because}", where=Where(file), hint="`dvc checkout series.dvc`")


def _possible(baseline: Frozen) -> bool:
    rates = 0 <= baseline.low <= baseline.rate <= baseline.high <= 1 and 0 < baseline.confidence < 1
    counts = baseline.begin >= 0 and baseline.epochs >= 1 and baseline.shots >= 1
    return rates and counts and 0 <= baseline.between < math.inf
