"""Many questions at once: each method gives every p-value the least level at which it is a finding."""

from collections.abc import Callable, Mapping, Sequence

from qops.stats.discoveries import adjusted as benjamini_hochberg
from qops.stats.families.step import benjamini_yekutieli, hochberg, holm

FAMILIES: Mapping[str, Callable[[Sequence[float]], tuple[float, ...]]] = {
    "holm": holm,
    "hochberg": hochberg,
    "bh": benjamini_hochberg,
    "by": benjamini_yekutieli,
}
"""Holm and Hochberg bound the probability of any false finding, the others the share of false ones among findings."""


def grouped(method: str, p_values: Mapping[str, float], family: Callable[[str], str]) -> dict[str, float]:
    """Adjusted p-values by label, where each label is corrected only among those of its own family.

    >>> grouped("holm", {"a/x": 0.01, "a/y": 0.03, "b/x": 0.04}, lambda label: label[0])
    {'a/x': 0.02, 'a/y': 0.03, 'b/x': 0.04}
    """
    groups: dict[str, list[str]] = {}
    for label in p_values:
        groups.setdefault(family(label), []).append(label)
    found: dict[str, float] = {}
    for labels in groups.values():
        found.update(zip(labels, FAMILIES[method]([p_values[label] for label in labels]), strict=True))
    return {label: found[label] for label in p_values}
