"""Numbers and angles as people write them, without losing a bit."""

import math

from qops.circuits import expressions
from qops.model.angle import Angle

_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 32, 64, 128, 256, 512, 1024)
_LARGEST_NUMERATOR = 64
_SLIGHT, _ROUNDING = 0.03, 1e-12


def angle_text(angle: Angle) -> str:
    """An angle: a fraction of π where it is exactly what `k*pi/n` computes, else the shortest decimal.

    >>> angle_text(math.pi / 4), angle_text(-3 * math.pi / 2), angle_text(0.3)
    ('π/4', '-3π/2', '0.3')
    """
    return radians(angle) if isinstance(angle, float) else expressions.text(angle, number=plain)


def radians(value: float) -> str:
    """A number of radians, two numbers alike only where they are equal."""
    for denominator in _DENOMINATORS if abs(value) <= _LARGEST_NUMERATOR * math.pi else ():
        numerator = round(value * denominator / math.pi)
        if not numerator or abs(numerator) > _LARGEST_NUMERATOR:
            continue
        if numerator * math.pi / denominator == value:
            whole = {1: "π", -1: "-π"}.get(numerator, f"{numerator}π")
            return whole if denominator == 1 else f"{whole}/{denominator}"
    return plain(value)


def plain(value: float) -> str:
    """The shortest decimal that reads back to the same double, without a needless `.0`.

    >>> plain(1.0), plain(0.1), plain(1e-12)
    ('1', '0.1', '1e-12')
    """
    return repr(value + 0.0).removesuffix(".0")


def signed(value: float) -> str:
    """A difference, to six digits, always with its sign.

    >>> signed(0.01), signed(-2.0), signed(0.31 - 0.3)
    ('+0.01', '-2', '+0.01')
    """
    return f"{value:+.6g}"


def small(value: float) -> str:
    """The size of a difference, to three digits.

    >>> small(0.010000000000000009), small(1e-9)
    ('0.01', '1e-09')
    """
    return f"{value:.3g}"


def near_one(value: float) -> str:
    """A fidelity: the difference from one where that is slight, and one where it is rounding.

    >>> near_one(0.5), near_one(1 - 1e-4), near_one(1 - 1e-15)
    ('0.5', '1 - 0.0001', '1')
    """
    loss = 1 - value
    if loss < _ROUNDING:
        return "1"
    return f"1 - {small(loss)}" if loss < _SLIGHT else small(value)


def near_zero(value: float) -> str:
    """A distance, and zero where it is rounding.

    >>> near_zero(0.25), near_zero(1e-15)
    ('0.25', '0')
    """
    return "0" if value < _ROUNDING else small(value)
