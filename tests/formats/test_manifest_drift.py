"""Watches, read from a whole manifest."""

import pytest

from qops.errors import InputError, ManyErrors
from qops.formats import manifest
from qops.model.manifest import Manifest

HEAD = """version: 1
circuits: {ghz: ghz.qasm}
backends: {line: {kind: generic, qubits: 3, seed: 1}}
drift:
"""


def read(entries: str) -> Manifest:
    return manifest.read((HEAD + entries).encode(), "qops.yaml", lambda _: ())


def problems(entries: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(entries)
    error = caught.value
    return [str(each) for each in (error.problems if isinstance(error, ManyErrors) else [error])]


def test_a_watch_and_what_is_taken_for_granted() -> None:
    (watch,) = read("  well: {circuit: ghz, success: ['000', '1*1']}\n").watches.values()
    assert (watch.name, watch.circuit, watch.success, watch.backend) == ("well", "ghz", ("000", "1*1"), "")
    assert (watch.shots, watch.run_length, watch.baseline, watch.stale_after_s) == (1000, 1000.0, 100, 0.0)
    assert (watch.response.cooldown_s, watch.response.timeout_s, watch.response.on_drift) == (3600.0, 600.0, ())


def test_everything_may_be_said() -> None:
    (watch,) = read(
        "  well: {circuit: ghz, success: ['000'], backend: line, shots: 200, seed: 3, run_length: 500, baseline: 50,\n"
        "    stale_after: 90min, on_drift: [[make, it well]], on_stale: [[mail]], cooldown: 1d, max_per_day: 1,\n"
        "    timeout: 30s, retries: 2}\n"
    ).watches.values()
    assert (watch.backend, watch.shots, watch.seed, watch.baseline) == ("line", 200, 3, 50)
    assert watch.stale_after_s == 5400
    assert watch.response.on_drift == (("make", "it well"),)
    assert (watch.response.cooldown_s, watch.response.retries) == (86400, 2)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("well: {circuit: gzh, success: ['0']}", "no circuit is called `gzh`"),
        ("well: {circuit: ghz, success: ['0'], backend: lime}", "no backend is called `lime`"),
        ("well: {circuit: ghz, success: ['00', '0']}", "`0` is 1 wide, the first is 2"),
        ("well: {circuit: ghz, success: []}", "empty"),
        ("well: {circuit: ghz}", "success"),
        ("well: {circuit: ghz, success: ['02']}", "is no pattern of outcomes"),
        ("well: {circuit: ghz, success: ['0'], baseline: 19}", "too few for a baseline"),
        ("well: {circuit: ghz, success: ['0'], run_length: 5}", "too few"),
        ("well: {circuit: ghz, success: ['0'], stale_after: 2 hours}", "is no length of time"),
        ("well: {circuit: ghz, success: ['0'], shots: 0}", "shots count nothing"),
        ("well: {circuit: ghz, success: ['0'], retries: -1}", "is not from 0 to 1000"),
        ("well: {circuit: ghz, success: ['0'], on_drift: [make]}", "list"),
        ("check: {circuit: ghz, success: ['0']}", "is a command of `qops drift`"),
        ("'w-*': {circuit: ghz, success: ['0']}", "do not both have a `*`"),
        ("w: {circuit: 'g*', success: ['0']}", "do not both have a `*`"),
        ("'w-*': {circuit: 'x*', success: ['0']}", "`x*` matches no circuit"),
        ("'w-**': {circuit: 'g*', success: ['0']}", "is not a name for a watch"),
        ("w-hz: {circuit: ghz, success: ['0']}\n  'w-*': {circuit: 'g*', success: ['0']}", "`w-hz` is there already"),
        ("a/b: {circuit: ghz, success: ['0']}", "is not a name for a watch"),
    ],
)
def test_every_mistake_is_told(entry: str, told: str) -> None:
    assert any(told in problem for problem in problems(f"  {entry}\n"))


def test_a_pattern_makes_a_watch_of_each_circuit() -> None:
    head = HEAD.replace("{ghz: ghz.qasm}", "{q0-1: a.qasm, q0-2: b.qasm, ghz: ghz.qasm}")
    text = f"{head}  'germ-*': {{circuit: 'q0-*', success: ['0'], shots: 50}}\n"
    watches = manifest.read(text.encode(), "qops.yaml", lambda _: ()).watches
    assert {name: (each.name, each.circuit, each.shots) for name, each in watches.items()} == {
        "germ-1": ("germ-1", "q0-1", 50),
        "germ-2": ("germ-2", "q0-2", 50),
    }


def test_two_names_of_one_directory() -> None:
    entry = "{circuit: ghz, success: ['0']}"
    assert any("one directory" in problem for problem in problems(f"  Well: {entry}\n  well: {entry}\n"))
