"""A tree of values in which every key and value knows its place in the file."""

import msgspec

from qops.formats.yaml_scalars import Value
from qops.model.where import Where


class Scalar(msgspec.Struct, frozen=True):
    """A single value, and its text as it was written, less the quotes."""

    value: Value
    text: str
    where: Where


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    items: list["Node"]
    where: Where


class Mapping(msgspec.Struct, frozen=True):
    """Values by key, and the place of each key."""

    values: dict[str, "Node"]
    keys: dict[str, Where]
    where: Where


class Broken(msgspec.Struct, frozen=True):
    """A value whose problem is already known, so that nothing more is to be said about it."""

    text: str
    where: Where


Node = Scalar | Sequence | Mapping | Broken
