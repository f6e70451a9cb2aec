import subprocess
import sys

import msgspec
import pytest
from support.backends import entry
from support.targets import LINE, PLAIN

from qops import backends
from qops.backends import shelf
from qops.backends.shelf import TargetShelf, targets, version
from qops.errors import InputError
from qops.formats import target_json
from qops.model.manifest import BackendEntry
from qops.model.target import Target
from qops.vault.memory import MemoryTree


class Kind:
    """A kind of backend that counts how often it is opened, and has another target every time."""

    def __init__(self) -> None:
        self.opened = 0

    def open_backend(self, _entry: BackendEntry, _site: object) -> "Kind":
        self.opened += 1
        return self

    def target(self) -> Target:
        return msgspec.structs.replace(LINE, dt_s=float(self.opened))


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    kind = Kind()
    monkeypatch.setattr(backends, "import_module", lambda _: kind)
    return kind


GENERIC = entry("a", "generic", qubits=3, seed=1)
DEVICE = entry("d", "ibm", device="x")


@pytest.mark.parametrize("one", [GENERIC, DEVICE, entry("l", "lab", python="p")])
def test_a_target_is_made_once(one: BackendEntry, kind: Kind) -> None:
    tree = MemoryTree({})
    made = TargetShelf(tree, {}).get(one)
    kept = TargetShelf(tree, {}).get(one)
    assert kind.opened == 1
    assert kept == made == TargetShelf(tree, {}).peek(one)
    assert kept.target() == msgspec.structs.replace(LINE, dt_s=1.0)
    assert kept.identity == target_json.identity(kept.target())
    assert (kept.qubits, kept.captured_at) == (3, LINE.captured_at)


def test_a_refreshed_target_takes_the_place_of_the_old_one(kind: Kind) -> None:
    held = TargetShelf(MemoryTree({}), {})
    first, second = held.get(DEVICE), held.get(DEVICE, refresh=True)
    assert first.identity != second.identity
    assert held.get(DEVICE) == second
    assert kind.opened == 2


@pytest.mark.usefixtures("kind")
def test_what_is_never_the_same_is_never_kept() -> None:
    tree = MemoryTree({})
    held = TargetShelf(tree, {})
    free = entry("a", "generic", qubits=3)
    assert held.get(free).identity != held.get(free).identity
    assert held.peek(free) is None
    assert tree.files == {}


@pytest.mark.parametrize("other", [entry("a", "generic", qubits=3, seed=2), entry("b", "generic", qubits=3, seed=1)])
@pytest.mark.usefixtures("kind")
def test_another_entry_is_another_target(other: BackendEntry) -> None:
    held = TargetShelf(MemoryTree({}), {})
    held.get(GENERIC)
    assert held.peek(other) is None


@pytest.mark.usefixtures("kind")
def test_another_version_of_a_package_makes_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    held = TargetShelf(MemoryTree({}), {})
    held.get(GENERIC)
    held.get(DEVICE)
    monkeypatch.setattr(shelf, "version", lambda _: "99")
    assert held.peek(GENERIC) is None
    assert held.peek(DEVICE) is not None


@pytest.mark.usefixtures("kind")
def test_a_simulator_is_made_anew_when_the_device_behind_it_is_another() -> None:
    tree, noisy = MemoryTree({}), entry("n", "aer", noise_from="a")
    TargetShelf(tree, {"a": GENERIC}).get(noisy)
    assert TargetShelf(tree, {"a": entry("a", "generic", qubits=4, seed=1)}).peek(noisy) is None


@pytest.mark.parametrize("suffix", [".json", ".note"])
def test_what_is_damaged_is_made_anew(suffix: str, kind: Kind) -> None:
    tree = MemoryTree({})
    held = TargetShelf(tree, {})
    held.get(GENERIC)
    (path,) = [path for path in tree.files if path.endswith(suffix)]
    tree.files[path] = tree.files[path].replace(b"line", b"lime").replace(b"identity", b"identify")
    assert held.peek(GENERIC) is None
    held.get(GENERIC)
    assert kind.opened == 2


def test_a_file_is_read_as_it_is_now_and_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = MemoryTree({"t.json": target_json.write(LINE)})
    held, one = TargetShelf(tree, {}), entry("k", "target", file="t.json")
    assert held.get(one).target() == LINE
    tree.files["t.json"] = target_json.write(PLAIN)
    assert held.get(one).target() == PLAIN
    monkeypatch.setattr(shelf.target_json, "read", lambda *_: pytest.fail("it is parsed again"))
    assert held.get(one).identity == target_json.identity(PLAIN)
    assert held.peek(one) == held.get(one)


def test_a_file_that_is_not_there_says_what_writes_one() -> None:
    with pytest.raises(InputError, match=r"there is no file t\.json") as caught:
        TargetShelf(MemoryTree({}), {}).get(entry("k", "target", file="t.json"))
    assert "qops backend export" in str(caught.value.hint)


@pytest.mark.usefixtures("kind")
def test_many_at_once() -> None:
    found = targets([GENERIC, DEVICE], TargetShelf(MemoryTree({}), {}))
    assert {name: kept.name for name, kept in found.items()} == {"a": "a", "d": "d"}


def test_versions_are_found_without_an_import() -> None:
    program = """
import sys
from importlib.metadata import version as told
from qops.backends.shelf import TargetShelf, version
found = {name: version(name) for name in ("qiskit", "numpy", "qiskit_aer", "no_such_package")}
assert not {"qiskit", "numpy", "qiskit_aer"} & set(sys.modules), "heavy"
assert found.pop("no_such_package") == ""
assert found == {name: told(name) for name in found}, found
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    assert version("qiskit")
