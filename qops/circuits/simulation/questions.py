"""The answers that feed-forward takes from classical bits."""

from collections.abc import Sequence

from qops.model.circuit import Case, Condition, Switch

_COMPARED = {
    "==": int.__eq__,
    "!=": int.__ne__,
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
}


def holds(condition: Condition, bits: Sequence[int]) -> bool:
    """Whether a condition holds for these values of all bits.

    >>> holds(Condition("<", (0, 1), 2), [1, 0]), holds(Condition("not", parts=(Condition("==", (0,), 1),)), [1])
    (True, False)
    """
    parts = [holds(part, bits) for part in condition.parts]
    match condition.kind:
        case "and":
            return all(parts)
        case "or":
            return any(parts)
        case "xor":
            return sum(parts) % 2 == 1
        case "not":
            return not parts[0]
        case kind:
            return bool(_COMPARED[kind](integer(condition.bits, bits), condition.value))


def integer(chosen: Sequence[int], bits: Sequence[int]) -> int:
    """The unsigned integer that the chosen bits spell, least significant first."""
    return sum(bits[bit] << place for place, bit in enumerate(chosen))


def chosen_case(switch: Switch, bits: Sequence[int]) -> Case | None:
    """The arm that runs: that of the value, else `default`, else none."""
    value = integer(switch.bits, bits)
    named = (case for case in switch.cases if value in case.values)
    return next(named, next((case for case in switch.cases if not case.values), None))
