"""Kernels and comparisons of two samples, read from a manifest's text with every problem in its place."""

import msgspec
import pytest

from qops.errors import InputError, ManyErrors
from qops.formats import located_yaml
from qops.formats.located_tree import Mapping
from qops.formats.located_values import convert
from qops.formats.manifest_kernels import kernel_arm, two_sample
from qops.formats.manifest_kernels_schema import Kernels, TwoSampleSection
from qops.model.kernels import ClassicalKernel, KernelArm, QuantumKernel, TwoSample
from qops.model.manifest import CircuitEntry, QasmSource
from qops.model.where import Where

CIRCUITS = {"feature-map": CircuitEntry("feature-map", QasmSource("f.qasm"), None, (), Where("qops.yaml", 1, 1))}


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kernel: Kernels | msgspec.UnsetType = msgspec.UNSET
    samples: TwoSampleSection | msgspec.UnsetType = msgspec.UNSET


def read(text: str) -> tuple[KernelArm | None, TwoSample | None]:
    tree, problems = located_yaml.read(text.encode(), "qops.yaml")
    assert isinstance(tree, Mapping)
    content = convert(tree, File, "the file", problems)
    arm = samples = None
    if isinstance(content.kernel, msgspec.Struct | list):
        arm = kernel_arm(tree.values["kernel"], content.kernel, CIRCUITS, problems)
    if isinstance(content.samples, TwoSampleSection):
        samples = two_sample(tree.values["samples"], content.samples, problems)
    problems.raise_any()
    return arm, samples


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(text)
    error = caught.value
    return [str(each) for each in (error.problems if isinstance(error, ManyErrors) else [error])]


def test_one_kernel_and_several() -> None:
    arm, _ = read("kernel: {map: zz, qubits: 4, scale: 0.3, shots: 100}\n")
    assert arm is not None
    assert arm.kernels == (QuantumKernel("zz", 4, scale=0.3, shots=100),)
    assert arm.quantum
    arm, _ = read("kernel:\n- {kind: rbf}\n- {kind: laplace, factor: 2}\n- {map: feature-map}\n")
    assert arm is not None
    assert arm.kernels == (ClassicalKernel("rbf"), ClassicalKernel("laplace", factor=2), QuantumKernel("feature-map"))
    assert arm.name == "rbf + laplace × 2 + feature-map"


def test_two_samples() -> None:
    _, samples = read("samples: {first: data/a.csv, second: data/b.csv, columns: [return], block: 20, purge: 5}\n")
    assert samples is not None
    assert (samples.columns, samples.block, samples.purge, samples.windows) == (("return",), 20, 5, 200)
    assert not samples.null


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kernel: {}\n", "1:9: a kernel has neither `map` nor `kind`"),
        ("kernel: []\n", "1:9: `kernel` is an empty list"),
        ("kernel: {map: zz, kind: rbf}\n", "1:25: a kernel has both `map` and `kind`"),
        ("kernel: {map: zz, bandwidth: 2}\n", "1:19: `bandwidth` is not for a quantum kernel"),
        ("kernel: {kind: rbf, qubits: 2}\n", "1:21: `qubits` is not for a classical kernel"),
        ("kernel: {kind: linear, factor: 2}\n", "1:24: a linear kernel has no bandwidth"),
        ("kernel: {kind: rfb}\n", "1:16: `rfb` is no classical kernel"),
        ("kernel: {map: 7}\n", "1:15: `map` must be text"),
        ("kernel: {map: feature_map}\n", "1:15: no feature map is called `feature_map`"),
        ("kernel: {map: feature-map, repetitions: 3}\n", "1:28: `repetitions` is for the maps zz and z"),
        ("kernel: {map: zz, scale: 0}\n", "1:26: `0` is not a number above 0"),
        ("kernel: {map: zz, qubits: 21}\n", "1:27: `21` is no number of qubits from 1 to 20"),
        ("kernel: {map: zz, pairs: ring}\n", "1:26: `ring` names no pairs of qubits"),
        ("samples: {first: a.csv}\n", "1:10: `second` is missing"),
        ("samples: {first: a.csv, second: b.txt}\n", "1:33: `b.txt` is not a .csv file"),
        ("samples: {first: ../a.csv, second: b.csv}\n", "1:18: `../a.csv` leads out of the directory"),
        (
            "samples: {first: a.csv, second: b.csv, block: 5, purge: 5}\n",
            "1:57: `purge` leaves nothing of a block of 5",
        ),
        ("samples: {first: a.csv, second: b.csv, columns: [u, u]}\n", "1:49: a column is named twice"),
        ("samples: {first: a.csv, second: b.csv, permutations: 5}\n", "1:54: `5` is no number of permutations"),
    ],
)
def test_what_is_wrong_has_its_place(text: str, told: str) -> None:
    assert problems(text)[0].startswith(f"qops.yaml:{told}")


def test_all_problems_in_one_run() -> None:
    found = problems(
        "kernel: [{kind: rbf, shots: 3}, {map: nowhere}]\nsamples: {first: a.csv, second: b.csv, window: -1}\n"
    )
    assert len(found) == 3
