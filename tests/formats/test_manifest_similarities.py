"""A/B tests on similarities, read from a whole manifest."""

import pytest

from qops.errors import InputError, ManyErrors
from qops.formats import manifest
from qops.model.kernels import ClassicalKernel, QuantumKernel
from qops.model.manifest import Manifest

HEAD = """version: 1
circuits: {map: map.qasm}
backends: {line: {kind: generic, qubits: 3, seed: 1}}
abtests:
"""
SAMPLES = "metric: {two-sample: {first: x.csv, second: y.csv}}"
ARMS = "a: {kernel: {kind: rbf}}, b: {kernel: {map: zz, scale: 0.3}}"


def read(entries: str) -> Manifest:
    return manifest.read((HEAD + entries).encode(), "qops.yaml", lambda _: ())


def problems(entries: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(entries)
    error = caught.value
    return [str(each) for each in (error.problems if isinstance(error, ManyErrors) else [error])]


def test_both_kinds_of_experiment() -> None:
    found = read(
        f"  near: {{{ARMS}, {SAMPLES}, goal: non-inferior, margin: 0.1, alpha: 0.01}}\n"
        "  plain: {a: map, b: map, backend: line, metric: {pass: ['0']}}\n"
    )
    assert list(found.abtests) == ["plain"]
    (entry,) = found.similarities.values()
    assert entry.name == "near"
    assert entry.a.kernels == (ClassicalKernel("rbf"),)
    assert entry.b.kernels == (QuantumKernel("zz", scale=0.3),)
    assert (entry.goal, entry.margin, entry.alpha) == ("non-inferior", 0.1, 0.01)
    assert (entry.samples.first, entry.samples.second) == ("x.csv", "y.csv")
    assert str(entry.where) == "qops.yaml:5:9"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (f"{{{ARMS}, {SAMPLES}, backend: lime}}", "no backend is called `lime`"),
        (f"{{{ARMS}, {SAMPLES}, shots: 5}}", "`shots` is not for a comparison of similarities"),
        (f"{{a: map, b: {{kernel: {{kind: rbf}}}}, {SAMPLES}}}", "the arm names no kernel"),
        (f"{{a: {{circuit: map, kernel: {{kind: rbf}}}}, b: map, {SAMPLES}}}", "an arm has more than a `kernel`"),
        (f"{{a: {{kernel: {{kind: rbf}}}}, b: [map], {SAMPLES}}}", "a similarity is compared with one other"),
        (f"{{{ARMS}, {SAMPLES}, goal: equivalent}}", "the goal `equivalent` needs a `margin`"),
        (f"{{{ARMS}, metric: {{pass: ['0'], two-sample: {{first: x.csv, second: y.csv}}}}}}", "the metric has `pass`"),
        (f"{{{ARMS}, metric: {{two-sample: {{first: x.csv}}}}}}", "`second` is missing"),
        (f"{{a: {{kernel: {{map: mop}}}}, b: {{kernel: {{kind: rbf}}}}, {SAMPLES}}}", "no feature map is called `mop`"),
        ("{a: {kernel: {kind: rbf}}, b: map, backend: line, metric: {pass: ['0']}}", "`kernel` is for the metric"),
        ("{a: {version: v1}, b: map, backend: line, metric: {pass: ['0']}}", "the arm names no circuit"),
        ("{a: map, b: map, metric: {pass: ['0']}}", "`backend` is missing"),
    ],
)
def test_what_is_wrong_has_its_place(entry: str, told: str) -> None:
    found = problems(f"  near: {entry}\n")
    assert any(told in each for each in found), found
    assert all(each.startswith("qops.yaml:5:") for each in found)


def test_all_problems_in_one_run() -> None:
    assert len(problems(f"  near: {{{ARMS.replace('rbf', 'rfb')}, {SAMPLES}, shots: 5, goal: equivalent}}\n")) == 3
