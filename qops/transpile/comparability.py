"""Whether two matrices can be compared, and what changed between them that is meant to be compared."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from qops.model.matrix import Comparable, Matrix

UNDER_TEST = ("qiskit", "rustworkx", "numpy", "scipy", "python", "qops", "plugin ")
"""Surroundings that are the compiler, or a part of it: they are what a gate is there to judge.

Those that begin with `plugin ` are plugins of the compiler. All others (architecture, environment, settings) have to
agree, those that nobody has thought of included.
"""


class Differing(msgspec.Struct, frozen=True):
    """What differs between the surroundings of two matrices, in words, by what follows from it.

    `everywhere` makes all rows incomparable, `targets` those of a backend. `told` is what is under test: the compiler.
    `edited` are the circuits that are others now, which is no reason not to compare what they cost.
    """

    everywhere: tuple[str, ...]
    targets: dict[str, str]
    told: tuple[str, ...]
    edited: frozenset[str]


def differing(old: Matrix, new: Matrix) -> Differing:
    """Compare all that two matrices depend on; a backend or circuit that only one of them has is no difference."""
    before, after = old.comparable, new.comparable
    surroundings = dict(_changes(before.surroundings, after.surroundings))
    options = dict(_changes(before.options, after.options))
    targets = dict(_changes(*_shared(before.targets, after.targets)))
    circuits = dict(_changes(*_shared(before.circuits, after.circuits)))
    foreign = [words for key, words in surroundings.items() if not key.startswith(UNDER_TEST)]
    return Differing(
        everywhere=(*(f"option {words}" for words in options.values()), *foreign),
        targets={name: _short(before, after, name) for name in targets},
        told=tuple(words for key, words in surroundings.items() if key.startswith(UNDER_TEST)),
        edited=frozenset(circuits),
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in _keys(old, new):
        if old.get(key) != new.get(key):
            yield key, f"{key} {old.get(key, 'none')} → {new.get(key, 'none')}"


def _keys(old: Iterable[str], new: Iterable[str]) -> list[str]:
    return sorted({*old, *new})


def _shared(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    both = old.keys() & new.keys()
    return {key: old[key] for key in both}, {key: new[key] for key in both}


def _short(old: Comparable, new: Comparable, backend: str) -> str:
    return f"{old.targets[backend][:12]} → {new.targets[backend][:12]}"
