"""Diagnostics between other circuits: every shot is run, once, and evenly over the time of the others."""

from hypothesis import given
from hypothesis import strategies as st

from qops.drift.interleaved import interleaved
from qops.model.drift import DriftEntry
from qops.model.where import Where


def watch(name: str, *, every: int = 0, shots: int = 100) -> DriftEntry:
    return DriftEntry(name, "c", Where("qops.yaml"), every=every, shots=shots)


def order(*watches: DriftEntry) -> list[tuple[str, int]]:
    return [(each.name, shots) for each, shots in interleaved(watches)]


def test_without_a_diagnostic_the_order_is_that_of_the_manifest() -> None:
    assert order(watch("a"), watch("b")) == [("a", 100), ("b", 100)]


def test_a_diagnostic_comes_before_each_so_many_others() -> None:
    found = order(watch("a"), watch("t1", every=2, shots=101), watch("b"), watch("c"))
    assert found == [("t1", 51), ("a", 100), ("b", 100), ("t1", 50), ("c", 100)]


def test_diagnostics_alone_are_run_at_once() -> None:
    assert order(watch("t1", every=3), watch("echo", every=1)) == [("t1", 100), ("echo", 100)]


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=8),
    st.integers(1, 20),
)
def test_every_shot_is_run_once(every: list[int], shots: int) -> None:
    watches = [watch(f"w{place}", every=number, shots=shots) for place, number in enumerate(every)]
    found = order(*watches)
    for each in watches:
        assert sum(number for name, number in found if name == each.name) == shots
    assert all(number > 0 for _, number in found)
