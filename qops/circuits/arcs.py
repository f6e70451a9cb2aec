r"""How far apart two settings of one gate are: the shortest arc that holds the eigenphases of V = U†U'.

With Θ(V) ≤ π that arc, the largest Bures angle between Uψ and U'ψ over all states ψ is Θ/2. The Bures angle is a
metric and unitaries preserve it, so replacing the gates of a circuit one at a time gives, for any state, width and
depth, A ≤ S = Σ_g Θ_g / 2. Rotations about a fixed axis have eigenphases ±δ/2; under a control 0 joins them.
"""

import cmath
import math
from collections.abc import Sequence

_TINY = 1e-9
Matrix = tuple[complex, complex, complex, complex]

ROTATIONS = frozenset("rx ry rz rxx ryy rzz rzx p u1 cp cu1".split())
"""Gates of one angle whose arc is the difference, wrapped by 2π."""
CONTROLLED_ROTATIONS = frozenset("crx cry crz".split())
"""Gates of one angle with the additional eigenphase 0: period 4π."""


def rotation_arc(difference: float) -> float:
    """The arc of a rotation or phase gate whose angle changed by `difference` radians, in [0, π].

    >>> rotation_arc(2 * math.pi + 0.5) == rotation_arc(-0.5) == 0.5
    True
    """
    return abs(math.remainder(difference, math.tau))


def controlled_arc(difference: float) -> float:
    """The arc of a controlled rotation: min(x, 2π - x/2), x the distance from `difference` to a multiple of 4π.

    >>> controlled_arc(2 * math.pi) == math.pi
    True
    """
    x = abs(math.remainder(difference, 2 * math.tau))
    return min(x, math.tau - x / 2)


def shortest_arc(phases: Sequence[float]) -> float:
    """The length in radians, in [0, 2π), of the shortest arc of the circle that holds all the phases.

    >>> shortest_arc([0.0, 0.25, 0.5])
    0.5
    """
    places = sorted(phase % math.tau for phase in phases)
    gaps = [right - left for left, right in zip(places, [*places[1:], places[0] + math.tau], strict=True)]
    return max(0.0, math.tau - max(gaps))


def one_qubit(gate: str, angles: Sequence[float]) -> Matrix | None:
    """The matrix of a general one-qubit gate, by rows, or None for a gate that is not one.

    `cu`, `cu3` and the `xx_*_yy` gates are given by the block that their control or their subspace turns on.
    """
    match gate, tuple(angles):
        case (("u" | "u3" | "cu3"), (theta, phi, lam)):
            return _u(theta, phi, lam)
        case "u2", (phi, lam):
            return _u(math.pi / 2, phi, lam)
        case "cu", (theta, phi, lam, gamma):
            a, b, c, d = _u(theta, phi, lam)
            turn = cmath.exp(1j * gamma)
            return turn * a, turn * b, turn * c, turn * d
        case "r", (theta, phi):
            return _about(theta, phi)
        case (("xx_plus_yy" | "xx_minus_yy"), (theta, beta)):
            return _about(theta, beta)
        case _:
            return None


def matrix_arc(old: Matrix, new: Matrix, *, controlled: bool) -> float:
    """The arc of V = U†U' for two 2×2 unitaries; `controlled` adds the eigenphase 0."""
    v00 = old[0].conjugate() * new[0] + old[2].conjugate() * new[2]
    v11 = old[1].conjugate() * new[1] + old[3].conjugate() * new[3]
    v01 = old[0].conjugate() * new[1] + old[2].conjugate() * new[3]
    v10 = old[1].conjugate() * new[0] + old[3].conjugate() * new[2]
    # V = e^{iα}(cos h - i sin h n·σ): the eigenphases are α ± h, and sin h comes without cancellation.
    middle, half = (v00 + v11) / 2, (v00 - v11) / 2
    sine = math.sqrt(abs(half) ** 2 + (abs(v01) ** 2 + abs(v10) ** 2) / 2)
    turn = math.atan2(sine, abs(middle))
    if not controlled:
        return 2 * turn
    centre = cmath.phase(middle if abs(middle) > _TINY else cmath.sqrt(v00 * v11 - v01 * v10))
    return shortest_arc([centre + turn, centre - turn, 0.0])


def _u(theta: float, phi: float, lam: float) -> Matrix:
    cosine, sine = math.cos(theta / 2), math.sin(theta / 2)
    return (
        complex(cosine),
        -cmath.exp(1j * lam) * sine,
        cmath.exp(1j * phi) * sine,
        cmath.exp(1j * (phi + lam)) * cosine,
    )


def _about(theta: float, phi: float) -> Matrix:
    cosine, sine = math.cos(theta / 2), -1j * math.sin(theta / 2)
    return complex(cosine), sine * cmath.exp(-1j * phi), sine * cmath.exp(1j * phi), complex(cosine)
