"""What the commands are given and give, on a manifest in memory."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qops.abtest.kernels.command import judge, matrix
from qops.errors import ExitCode, InputError
from qops.model.ports import Ports
from qops.model.verdict import exit_code
from qops.recorded import repository
from qops.render import built_in
from qops.render.surface import Surface
from qops.vault.memory import MemoryTree

MANIFEST = b"""version: 1
abtests:
  wide:
    a: {kernel: {kind: linear}}
    b: {kernel: [{kind: rbf}, {map: z, scale: 0.5}]}
    metric: {two-sample: {first: calm.csv, second: wide.csv, window: 24, windows: 40, permutations: 39}}
    goal: superior
  null:
    a: {kernel: {kind: rbf}}
    b: {kernel: {map: zz, scale: 0.3, shots: 50}}
    metric: {two-sample: {first: calm.csv, second: calm.csv, window: 24, windows: 40, permutations: 39}}
"""


def table(spread: float, seed: int) -> bytes:
    values = np.random.default_rng(seed).normal(0, spread, (100, 2))
    return ("u,v\n" + "".join(f"{u:.6f},{v:.6f}\n" for u, v in values)).encode()


def ports(manifest: bytes = MANIFEST) -> Ports:
    files = {"qops.yaml": manifest, "calm.csv": table(1, 1), "wide.csv": table(2.5, 2)}
    return cast("Ports", SimpleNamespace(tree=MemoryTree(files), sources=None))


def test_one_experiment_alone() -> None:
    here = ports()
    manifest = repository.declared(here.tree)
    report = judge(here, manifest, manifest.similarities["wide"])
    assert report.title == "wide: linear against rbf + z × 0.5"
    assert exit_code(report.verdicts) is ExitCode.OK
    assert report.data["windows"] == 40


def test_all_together_and_some() -> None:
    report = matrix(ports(), ())
    assert [verdict.name for verdict in report.verdicts] == ["wide", "null"]
    assert report.data["family"] == 1
    assert [verdict.name for verdict in matrix(ports(), ("null",)).verdicts] == ["null"]


@pytest.mark.parametrize("name", ["terminal", "json", "markdown", "junit", "html"])
def test_every_renderer_takes_it(name: str) -> None:
    surface = Surface()
    first, again = (built_in(name).render(matrix(ports(), ()), surface) for _ in range(2))
    assert first == again
    assert "wide" in first


def test_names_that_are_none() -> None:
    with pytest.raises(InputError, match="no abtest on similarities is called `wyde`") as caught:
        matrix(ports(), ("wyde",))
    assert "wide" in str(caught.value.hint)
    with pytest.raises(InputError, match="no abtest is on similarities"):
        matrix(ports(b"version: 1\n"), ())
