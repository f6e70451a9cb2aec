import json

import jsonschema
import pytest
import yaml

from qops.errors import InputError, ManyErrors
from qops.formats.manifest import read
from qops.formats.manifest_schema import schema_json
from qops.model.manifest import BackendEntry
from qops.model.noise_path import Motion
from qops.model.where import Where

GOOD = """\
version: 1
backends:
  torino: {kind: fake, device: torino}
  line: {kind: generic, qubits: 20, coupling: line, seed: 7, basis: [cz, sx, rz, x]}
  free: {kind: generic, qubits: 3}
  sim: {kind: aer}
  noisy: {kind: aer, noise_from: torino, seed: 1, options: {method: density_matrix}}
  device: {kind: ibm, device: ibm_torino, options: {instance: open}}
  kept: {kind: target, file: targets/torino.json}
  tired:
    kind: drifting
    noise_from: torino
    start: "2026-01-31T12:00:00Z"
    path:
      - {quantity: t1, shape: step, size: 0.25, at: 3600, qubits: [0, 1]}
      - {quantity: detuning, shape: walk, size: 100, over: 60}
  again: {kind: replay, of: torino, file: counts/torino.jsonl}
  other: {kind: lab, python: /opt/other/bin/python, options: {port: 3}}
"""
MOTION = "{{kind: drifting, path: [{{{}}}]}}"
VALIDATOR = jsonschema.Draft7Validator(json.loads(schema_json()))


def backends(text: str) -> dict[str, BackendEntry]:
    return read(text.encode(), "qops.yaml", lambda _: ()).backends


def problems(backend: str) -> list[tuple[str, str | None]]:
    """What is wrong with a manifest of one backend, and the next step."""
    with pytest.raises(InputError) as caught:
        backends(f"version: 1\nbackends:\n  {backend}\n")
    found = caught.value.problems if isinstance(caught.value, ManyErrors) else [caught.value]
    return [(str(problem), problem.hint) for problem in found]


def test_every_kind_is_read() -> None:
    found = backends(GOOD)
    assert list(found) == ["torino", "line", "free", "sim", "noisy", "device", "kept", "tired", "again", "other"]
    where = Where("qops.yaml", 4, 3)
    basis = ("cz", "sx", "rz", "x")
    assert found["line"] == BackendEntry("line", "generic", where, qubits=20, seed=7, coupling="line", basis=basis)
    assert found["other"].options == {"port": 3}
    assert found["noisy"].noise_from == "torino"
    assert found["tired"].path == (
        Motion("t1", "step", 0.25, 3600.0, 0.0, (0, 1)),
        Motion("detuning", "walk", 100.0, 0.0, 60.0),
    )
    assert VALIDATOR.is_valid(yaml.safe_load(GOOD))


def test_what_gives_the_same_target_every_time_says_so() -> None:
    found = backends(GOOD)
    assert [name for name, entry in found.items() if not entry.reproducible] == ["free", "device", "other"]
    assert [name for name, entry in found.items() if not entry.keeps] == ["free"]


@pytest.mark.parametrize(
    ("backend", "told", "hint"),
    [
        ("a: {kind: fake}", "3:6: `a` has no `device`, which a `fake` backend needs", None),
        ("a: {kind: generic}", "3:6: `a` has no `qubits`", None),
        ("a: {kind: ibm}", "3:6: `a` has no `device`", None),
        ("a: {kind: target}", "3:6: `a` has no `file`", None),
        ("a: {device: torino}", "3:6: `kind` is missing in `a`", "write `kind: fake`"),
        ("a: {kind: fake, device: x, seed: 3}", "3:30: `seed` is not for a backend of kind `fake`", "it takes device"),
        ("a: {kind: fke, device: x}", "3:18: `device` is not for a backend of kind `fke`", "did you mean `fake`?"),
        ("a: {kind: aer, nois_from: b}", "3:18: unknown key `nois_from` in `a`", "did you mean `noise_from`?"),
        ("a: {kind: aer, noise_from: b}", "3:30: no backend is called `b`", None),
        ("a: {kind: aer, noise_from: a}", "3:30: `a` is a simulator", "name a device"),
        (
            "a: {kind: generic, qubits: 3, coupling: rnig}",
            "3:43: `rnig` is no way to connect qubits",
            "did you mean `ring`?",
        ),
        ("a: {kind: generic, qubits: 0}", "3:30: `0` is no number of qubits from 1 to 10000", None),
        ("a: {kind: generic, qubits: 3, seed: -1}", "3:39: `-1` is no seed", "a seed is a whole number of 32 bits"),
        ("a: {kind: target, file: ../t.json}", "3:27: `../t.json` leads out of the directory where it is", ...),
        ("a: {kind: target, file: /t.json}", "3:27: `/t.json` is not a path within the repository", ...),
        ("a: {kind: target, file: t.txt}", "3:27: `t.txt` is not a .json file", ...),
        ("a: {kind: target, file: artifacts/t.json}", "3:27: `artifacts/t.json` lies inside the store", ...),
        ("a: {kind: drifting, noise_from: b, path: []}", "3:6: `a` has no `start`, which a `drifting` backend", None),
        ("a: {kind: replay, of: a, file: c.jsonl}", "3:25: `a` is a simulator", "name a device"),
        ("a: {kind: replay, of: a, file: c.json}", "3:34: `c.json` is not the file of a `replay` backend", ...),
        ("a: {kind: target, file: c.jsonl}", "3:27: `c.jsonl` is not the file of a `target` backend", ...),
        ("a: {kind: drifting, start: today}", "3:30: `today` is no time in UTC", ...),
        ("a: {kind: drifting, path: []}", "3:29: `path` is an empty list", ...),
        (f"a: {MOTION.format('quantity: t3, shape: step, size: 2')}", "3:41: `t3` is nothing that ages", ...),
        (f"a: {MOTION.format('quantity: t1, shape: stp, size: 2')}", "3:52: `stp` is no way to age", ...),
        (f"a: {MOTION.format('quantity: t1, shape: ramp, size: 2')}", "3:30: the ramp has no `over`", ...),
        (f"a: {MOTION.format('quantity: t1, shape: step, size: 2, over: 3')}", "3:67: a step takes no time", ...),
        (f"a: {MOTION.format('quantity: t1, shape: step, size: 0')}", "3:64: `0` is no factor", ...),
        (f"a: {MOTION.format('quantity: t1, shape: walk, size: 0, over: 1')}", "3:64: `0` is no standard", ...),
        (f"a: {MOTION.format('quantity: t1, shape: oscillation, size: 1, over: 1')}", "3:71: `1` is no relative", ...),
        (f"a: {MOTION.format('quantity: t1, shape: step, size: 2, at: -1')}", "3:71: `-1` is no duration", ...),
        ("a: torino", "3:6: `a` must be a mapping", ...),
        ('"a/b": {kind: aer}', "3:3: `a/b` is not a name for a backend", ...),
        ('"nul": {kind: aer}', "3:3: `nul` holds `nul`, which Windows reserves", ...),
        ("a: {kind: aer}\n  A: {kind: aer}", "4:3: `A` and `a` are one file", ...),
    ],
)
def test_what_is_wrong_is_told_with_its_place(backend: str, told: str, hint: str | None) -> None:
    found = problems(backend)
    assert [cause for cause, _ in found if cause.startswith(f"qops.yaml:{told}")], found
    if hint is not ...:
        assert found[0][1] == hint


@pytest.mark.parametrize(
    "backend",
    [
        "{kind: fake}",
        "{kind: fake, device: x, seed: 3}",
        "{kind: generic, qubits: 0}",
        "{kind: generic, qubits: 2, coupling: star}",
        "{kind: target, file: t.txt}",
        "{device: x}",
        "{kind: drifting, noise_from: a, path: []}",
        "{kind: drifting, noise_from: a, start: '2026-01-31T12:00:00Z', path: []}",
        "{kind: aer, path: [{quantity: t1, shape: step, size: 2}]}",
        "{kind: replay, of: a, file: c.txt}",
        "[]",
    ],
)
def test_an_editor_marks_the_same(backend: str) -> None:
    assert not VALIDATOR.is_valid(yaml.safe_load(f"version: 1\nbackends:\n  a: {backend}\n"))
