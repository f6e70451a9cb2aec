"""Locks merge circuit by circuit."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError
from qops.formats import lock
from qops.hooks.merge_lock import merge
from qops.model.digest import CircuitDigest, to_hex
from qops.model.snapshot import CalibrationRecord, CircuitRecord, Environment, Sizes, Snapshot

ENVIRONMENT = Environment({"python": "3.11.7"}, "Test-x86_64", "a" * 40, dirty=False)


def record(name: str, version: int) -> CircuitRecord:
    digest = CircuitDigest(*(to_hex(f"{kind}{version}".encode()) for kind in "spfb"))
    return CircuitRecord(name, f"{name}.qasm", "openqasm3", digest, Sizes(1, 0, 1, 1, 0, 0, {"h": 1}), 0, 0, "", (), {})


def locked(versions: dict[str, int], revision: str = "a", store: str = "artifacts") -> bytes:
    circuits = {name: record(name, version) for name, version in versions.items()}
    environment = msgspec.structs.replace(ENVIRONMENT, revision=revision * 40)
    return lock.write(Snapshot(circuits, environment, store))


def versions(data: bytes) -> dict[str, CircuitRecord]:
    return lock.read(data, "qops.lock").circuits


def test_each_circuit_is_as_the_side_has_it_that_changed_it() -> None:
    base = locked({"a": 0, "b": 0, "c": 0, "gone": 0})
    ours = locked({"a": 1, "b": 0, "c": 2, "new": 1}, "b")
    theirs = locked({"a": 0, "b": 1, "c": 2, "gone": 0}, "c")
    merged = merge(ours, base, theirs, "qops.lock")
    assert merged.clean
    assert versions(merged.data) == versions(locked({"a": 1, "b": 1, "c": 2, "new": 1}))


def test_the_environment_of_two_snapshots_is_marked_as_dirty() -> None:
    ours = merge(locked({"a": 1}, "b"), locked({"a": 0}), locked({"a": 0, "b": 0}, "c"), "qops.lock")
    environment = lock.read(ours.data, "qops.lock").environment
    assert (environment.revision, environment.dirty) == ("b" * 40, True)
    theirs = merge(locked({"a": 0}), locked({"a": 0}), locked({"a": 1}, "c"), "qops.lock")
    assert theirs.data == locked({"a": 1}, "c")


def test_a_conflict_is_two_whole_blocks_between_the_others() -> None:
    base, ours, theirs = ({"a": 0, "b": n, "c": 0} for n in range(3))
    merged = merge(locked(ours), locked(base), locked(theirs), "qops.lock", marker=9)
    assert not merged.clean
    assert merged.note == "both sides recorded b"
    text = merged.data.decode()
    block = locked({"b": 1}).decode().partition("circuits:\n")[2]
    assert f"<<<<<<<<< ours\n{block}=========\n" in text
    assert text.index("  a:\n") < text.index("<<<<<<<<<") < text.index(">>>>>>>>> theirs\n  c:\n")
    with pytest.raises(InputError, match="a merge conflict"):
        lock.read(merge(locked(ours), locked(base), locked(theirs), "qops.lock").data, "qops.lock")


def test_a_circuit_that_one_side_removed_and_the_other_changed_is_in_conflict() -> None:
    merged = merge(locked({}), locked({"a": 0}), locked({"a": 1}), "qops.lock")
    assert not merged.clean
    assert b"<<<<<<< ours\n=======\n  a:\n" in merged.data


def test_without_a_base_both_may_have_begun() -> None:
    merged = merge(locked({"a": 0, "b": 0}), b"", locked({"a": 0, "c": 0}), "qops.lock")
    assert list(versions(merged.data)) == ["a", "b", "c"]


def test_two_stores_are_not_one() -> None:
    with pytest.raises(InputError, match="different stores, here and there"):
        merge(locked({}, store="here"), locked({}), locked({}, store="there"), "qops.lock")


@given(*(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)) for _ in range(3)))
def test_the_sides_may_be_exchanged(base: dict[str, int], ours: dict[str, int], theirs: dict[str, int]) -> None:
    one = merge(locked(ours), locked(base), locked(theirs), "qops.lock")
    other = merge(locked(theirs), locked(base), locked(ours), "qops.lock")
    assert one.clean == other.clean
    if one.clean:
        assert one.data == other.data
        assert merge(one.data, locked(base), locked(theirs), "qops.lock").data == one.data


def test_calibrations_are_merged_backend_by_backend() -> None:
    def side(versions: dict[str, int]) -> bytes:
        found = {name: CalibrationRecord(name, to_hex(bytes([n])), "", 5, "0" * 32) for name, n in versions.items()}
        return lock.write(Snapshot({}, ENVIRONMENT, "artifacts", found))

    merged = merge(side({"a": 1, "b": 0, "c": 1}), side({"a": 0, "b": 0}), side({"a": 0, "b": 1, "c": 2}), "qops.lock")
    assert merged.clean
    assert merged.data == side({"a": 1, "b": 1, "c": 1})
