"""The noise path of a `drifting` backend: what its motions are, and what their numbers may be together."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from qops.formats.located_tree import Mapping, Node
from qops.formats.located_tree import Sequence as Items
from qops.formats.manifest_circuits import Fault
from qops.formats.manifest_noise_path_schema import MotionSection
from qops.model.noise_path import QUANTITIES, SHAPES, Motion


def motions(sections: Sequence[MotionSection]) -> tuple[Motion, ...]:
    """The motions that the sections declare."""
    return tuple(
        Motion(each.quantity, each.shape, float(each.size), float(each.at), float(each.over or 0.0), tuple(each.qubits))
        for each in sections
    )


def faults(sections: Sequence[MotionSection], node: Node) -> Iterator[Fault]:
    """What is wrong with motions whose shapes are right."""
    if not sections and isinstance(node, Items) and not node.items:
        yield "`path` is an empty list", node.where, "say how the noise moves, or take `{kind: aer, noise_from: …}`"
    items = node.items if isinstance(node, Items) else ()
    for section, item in zip(sections, items, strict=False):
        if isinstance(section, MotionSection) and isinstance(item, Mapping):
            yield from _motion_faults(section, item)


def _motion_faults(section: MotionSection, node: Mapping) -> Iterator[Fault]:
    place = node.keys.get("over", node.where)
    if section.shape == "step" and section.over is not UNSET:
        yield "a step takes no time", place, "leave `over` out, or make it a ramp"
    elif section.shape in SHAPES[1:] and not section.over:
        yield f"the {section.shape} has no `over`", place, "say in seconds how long it takes, for example `over: 3600`"
    if section.quantity not in QUANTITIES[:-1] or not isinstance(section.size, int | float):
        return
    where = node.values["size"].where
    if section.shape in ("step", "ramp") and section.size <= 0:
        yield f"`{section.size:g}` is no factor", where, "a factor is more than 0; 1 changes nothing"
    elif section.shape == "oscillation" and not 0 < abs(section.size) < 1:
        yield f"`{section.size:g}` is no relative amplitude", where, "write a number between 0 and 1"
    elif section.shape == "walk" and section.size <= 0:
        yield f"`{section.size:g}` is no standard deviation", where, "write a number above 0"
