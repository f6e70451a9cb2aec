import contextlib
import subprocess
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.errors import InputError
from qops.formats.lock import read, write
from qops.model.digest import CircuitDigest, to_hex
from qops.model.snapshot import CalibrationRecord, CircuitRecord, Environment, Sizes, Snapshot

GOLDEN = Path(__file__).parent / "golden" / "qops.lock"
DIGEST = CircuitDigest("0" * 64, "1" * 64, "2" * 64, "3" * 64)
LIBRARY = CircuitRecord("3_17", "library.qpy#2", "qpy", DIGEST, Sizes(3, 0, 0, 0, 0, 0, {}), 0, 0, "", (), {})
ANSATZ = CircuitRecord(
    "zoo/ansatz",
    "zoo/ansatz.qasm",
    "openqasm3",
    DIGEST,
    Sizes(4, 2, 23, 9, 6, 1, {"cx": 6, "ry": 16, "a: b": 1}),
    16,
    1,
    "4" * 64,
    ("vqc", "production"),
    {"circuits/zoo/ansatz/circuit.qasm": "0123456789abcdef0123456789abcdef"},
)
ENVIRONMENT = Environment(
    {"qiskit": "2.0", "python": "3.11.7"},
    "Linux-x86_64",
    "f2a0c5d2e1b34f6a8c9d0e1f2a3b4c5d6e7f8a9b",
    dirty=False,
    seeds={"train": 7},
)
SNAPSHOT = Snapshot({"zoo/ansatz": ANSATZ, "3_17": LIBRARY}, ENVIRONMENT, "artifacts")

HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
TEXT = st.text(max_size=6) | st.sampled_from(
    ["1e3", "on", "a: b", "a #b", "null", "θ", "- a", '"', "\\", " ", "a:", "\u2028"]
)
COUNT = st.integers(0, 10**9)
RECORDS = st.builds(
    CircuitRecord,
    name=TEXT,
    source=TEXT,
    format=TEXT,
    digest=st.builds(CircuitDigest, HEX, HEX, HEX, HEX),
    sizes=st.builds(Sizes, COUNT, COUNT, COUNT, COUNT, COUNT, COUNT, st.dictionaries(TEXT, COUNT, max_size=2)),
    parameter_count=COUNT,
    bindings=COUNT,
    parameters_bytes=st.just("") | HEX,
    tags=st.lists(TEXT, max_size=2).map(tuple),
    files=st.dictionaries(TEXT, HEX.map(lambda text: text[:32]), max_size=2),
)
CALIBRATIONS = st.builds(
    CalibrationRecord, TEXT, HEX, st.sampled_from(["", "2026-01-31T12:00:00Z"]), COUNT, HEX.map(lambda text: text[:32])
)
SNAPSHOTS = st.builds(
    Snapshot,
    calibrations=st.lists(CALIBRATIONS, max_size=2).map(lambda records: {record.name: record for record in records}),
    circuits=st.lists(RECORDS, max_size=3).map(lambda records: {record.name: record for record in records}),
    environment=st.builds(
        Environment,
        versions=st.dictionaries(TEXT, TEXT, max_size=2),
        platform=TEXT,
        revision=TEXT,
        dirty=st.booleans(),
        seeds=st.dictionaries(TEXT, st.integers(0, 2**32), max_size=2),
    ),
    store=TEXT,
)


def cause(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data, "qops.lock")
    assert caught.value.hint
    return str(caught.value)


def test_the_lock_is_what_a_reviewer_reads() -> None:
    assert write(SNAPSHOT).decode() == GOLDEN.read_text(encoding="utf-8")
    assert read(GOLDEN.read_bytes(), "qops.lock") == SNAPSHOT


@settings(deadline=None)
@given(SNAPSHOTS)
def test_what_is_written_reads_back(snapshot: Snapshot) -> None:
    assert read(write(snapshot), "qops.lock") == snapshot


@settings(deadline=None)
@given(SNAPSHOTS)
def test_any_reader_of_yaml_reads_the_same_texts(snapshot: Snapshot) -> None:
    found = yaml.safe_load(write(snapshot))
    assert found["store"] == snapshot.store
    assert found["environment"]["revision"] == snapshot.environment.revision
    assert found["environment"].get("versions", {}) == snapshot.environment.versions
    for name, record in snapshot.circuits.items():
        assert found["circuits"][name]["source"] == record.source
        assert found["circuits"][name].get("gates", {}) == record.sizes.gates
        assert tuple(found["circuits"][name].get("tags", ())) == record.tags


def test_the_order_of_circuits_and_facts_does_not_matter_to_the_bytes() -> None:
    turned = Snapshot({"3_17": LIBRARY, "zoo/ansatz": ANSATZ}, ENVIRONMENT, "artifacts")
    assert write(turned) == write(SNAPSHOT)


def measured(name: str, file: str = "4") -> CalibrationRecord:
    return CalibrationRecord(name, "a" * 64, "2026-01-31T12:00:00Z", 133, file * 32)


def test_calibrations_are_blocks_like_circuits_and_absent_where_there_are_none() -> None:
    records = {name: measured(name) for name in ("torino", "line")}
    text = write(msgspec.structs.replace(SNAPSHOT, calibrations=records)).decode()
    facts = (f"identity: k1:{'a' * 64}", 'captured_at: "2026-01-31T12:00:00Z"', "qubits: 133", f"file: md5:{'4' * 32}")
    block = "".join(f"    {fact}\n" for fact in facts)
    assert f"store: artifacts\ncalibrations:\n  line:\n{block}  torino:\n{block}circuits:\n" in text
    assert read(text.encode(), "qops.lock").calibrations == records
    assert text.replace(f"calibrations:\n  line:\n{block}  torino:\n{block}", "") == write(SNAPSHOT).decode()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("k1:", "k2:", "qops.lock:15:1: the identity digest is of version k2; qops"),
        ("k1:", "s1:", "qops.lock:15:1: the lock is damaged: here belongs a digest, `k1:`"),
        (
            "  line:\n",
            "  torino:\n",
            "qops.lock:19:1: the lock is damaged: the backend `torino` is here",
        ),
        ("    qubits: 133\n", "", "qops.lock:17:1: the lock is damaged: here belongs a line with `qubits:`"),
        ("md5:4", "md5:", "qops.lock:18:1: the lock is damaged: here belongs `md5:`"),
    ],
)
def test_damage_to_a_calibration_is_named_with_its_line(old: str, new: str, told: str) -> None:
    records = {name: measured(name) for name in ("torino", "line")}
    text = write(msgspec.structs.replace(SNAPSHOT, calibrations=records)).decode()
    assert cause(text.replace(old, new, 1).encode()).startswith(told)


def test_a_checkout_with_windows_line_ends_is_read() -> None:
    assert read(GOLDEN.read_bytes().replace(b"\n", b"\r\n"), "qops.lock") == SNAPSHOT


LINES = GOLDEN.read_text(encoding="utf-8").splitlines(keepends=True)
FREE = ("python:", "qiskit:", "seeds:", "train:", '"a: b":', "cx:", "ry:", "- ", "parameters_bytes:", "circuits/")
NEEDED = [number for number, line in enumerate(LINES, 1) if not line.strip().startswith(FREE)]
SINGLE = [number for number, line in enumerate(LINES, 1) if not line.strip().startswith("- ")]
CUT = [number for number in range(1, LINES.index("    bindings: 1\n")) if "bindings: 0" not in LINES[number - 1]]
CUT.remove(LINES.index("circuits:\n") + 1)


@pytest.mark.parametrize("number", NEEDED)
def test_a_line_that_is_lost_is_noticed(number: int) -> None:
    assert cause("".join(LINES[: number - 1] + LINES[number:]).encode())


@pytest.mark.parametrize("number", SINGLE)
def test_a_line_that_is_there_twice_is_noticed_at_its_place(number: int) -> None:
    told = cause("".join(LINES[:number] + LINES[number - 1 :]).encode())
    assert told.startswith(f"qops.lock:{number + 1}:1: ")


@pytest.mark.parametrize("number", CUT)
def test_a_lock_that_ends_early_is_noticed(number: int) -> None:
    assert cause("".join(LINES[:number]).encode()).startswith(f"qops.lock:{number + 1}:1: ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: 1", "version: 2", "qops.lock:2:1: the lock is of version 2; qops"),
        ("version: 1", "version: one", "qops.lock:2:1: the lock is damaged: here belongs a number"),
        ("s1:000", "s2:000", "qops.lock:17:1: the skeleton digest is of version s2; qops"),
        ("f1:222", "x1:222", "qops.lock:19:1: the lock is damaged: here belongs a digest, `f1:`"),
        ("p1:1", "p1:", "qops.lock:18:1: the lock is damaged: here belongs a digest, `p1:`"),
        ("dirty: false", "dirty: no", "qops.lock:5:1: the lock is damaged: here belongs true or false"),
        ("qubits: 3", "qubits: 03", "qops.lock:21:1: the lock is damaged: here belongs a number"),
        ("platform: Linux-x86_64", "platform: ", "qops.lock:6:1: the lock is damaged: a value is missing"),
        ('qiskit: "2.0"', 'qiskit: "2.0', "qops.lock:9:1: the lock is damaged: the quoted text"),
        ("md5:0123", "md5:012", "qops.lock:53:1: the lock is damaged: here belongs `md5:`"),
        ("- vqc", "-vqc", "qops.lock:50:1: the lock is damaged: here belongs a tag"),
        ("cx: 6", "ry: 6", "qops.lock:46:1: the lock is damaged: `ry` is here for the second time"),
        ("cx: 6", "cx", "qops.lock:45:1: the lock is damaged: here belongs a line with `key: value`"),
        ("  zoo/ansatz:", '  "3_17":', "qops.lock:29:1: the lock is damaged: the circuit `3_17` is here"),
        ("store: artifacts\n", "", "qops.lock:12:1: the lock is damaged: here belongs a line with `store:`"),
        ("# Written", "# Edited", "qops.lock:1:1: this is not a lock"),
        ("  dirty", "<<<<<<< HEAD\n  dirty", "qops.lock:5:1: the file holds a merge conflict"),
    ],
)
def test_damage_is_named_with_its_line(old: str, new: str, told: str) -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert cause(text.replace(old, new, 1).encode()).startswith(told)


def test_an_empty_file_is_no_lock() -> None:
    assert cause(b"") == "qops.lock:1:1: this is not a lock that `qops snapshot` wrote"


def test_a_conflict_says_how_it_is_settled() -> None:
    with pytest.raises(InputError) as caught:
        read(b"<<<<<<< HEAD\n", "qops.lock")
    assert caught.value.hint == "run `git checkout --ours -- qops.lock`, then `qops snapshot`, which writes it anew"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_is_anything_but_an_input_error(data: st.DataObject) -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text) - 1))
    broken = text[:at] + data.draw(st.text(max_size=3)) + text[at + data.draw(st.integers(0, 30)) :]
    with contextlib.suppress(InputError):
        assert read(broken.encode(), "qops.lock").circuits.keys()


def sized(name: str, operations: int) -> CircuitRecord:
    """A record whose digests are its own, as those of real circuits are."""
    digest = CircuitDigest(*(to_hex(f"{name} {operations} {kind}".encode()) for kind in ("s", "p", "f", "b")))
    sizes = Sizes(4, 0, operations, 9, 6, 1, {"cx": operations})
    return CircuitRecord(
        name, f"{name}.qasm", "openqasm3", digest, sizes, 16, 1, "", (), {"circuit.qasm": to_hex(b"")[:32]}
    )


def test_branches_that_change_neighbouring_circuits_conflict_in_the_revision_alone(tmp_path: Path) -> None:
    def branch(revision: str, operations: dict[str, int]) -> str:
        records = {name: sized(name, count) for name, count in operations.items()}
        environment = Environment({"python": "3.11.7"}, "Linux-x86_64", revision, dirty=False)
        (tmp_path / revision).write_bytes(write(Snapshot(records, environment, "artifacts")))
        return str(tmp_path / revision)

    base = branch("base", {"a": 1, "b": 1, "c": 1, "d": 1})
    ours = branch("ours", {"a": 1, "b": 2, "c": 1, "d": 1, "e": 5})
    theirs = branch("theirs", {"0": 1, "a": 1, "b": 1, "c": 2, "d": 1})
    merged = subprocess.run(["git", "merge-file", "-p", ours, base, theirs], capture_output=True, check=False)
    assert merged.returncode == 1
    text = merged.stdout.decode()
    conflict = text[text.index("<<<<<<<") : text.index("  dirty")]
    assert conflict.splitlines()[1::2] == ["  revision: ours", "  revision: theirs"]
    settled = read(text.replace(conflict, "  revision: ours\n").encode(), "qops.lock")
    wanted = {"0": 1, "a": 1, "b": 2, "c": 2, "d": 1, "e": 5}
    assert settled.circuits == {name: sized(name, count) for name, count in wanted.items()}
