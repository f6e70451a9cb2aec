"""Whether two samples differ, asked through similarities of their rows.

A kernel is a module with a function `prepare`, from rows to a `Gram`, listed in `KERNELS`; a test is a module with a
function `statistics`, listed in `TESTS`. Both are imported when they are asked for. Other packages may offer tests: see
`qops.stats.kernels.installed`.
"""

from importlib import import_module
from typing import Protocol, cast

from qops.stats.kernels.design import Design
from qops.stats.kernels.gram import Gram, Reals

KERNELS = {
    "rbf": "qops.stats.kernels.rbf",
    "laplace": "qops.stats.kernels.laplace",
    "linear": "qops.stats.kernels.linear",
    "cosine": "qops.stats.kernels.cosine",
}
"""The classical kernels; a quantum kernel is `fidelity`, which takes states in the place of rows."""

TESTS = {
    "permutation": "qops.stats.kernels.permutation",
    "wild": "qops.stats.kernels.wild",
    "linear-time": "qops.stats.kernels.linear_time",
    "block-statistic": "qops.stats.kernels.block_statistic",
}


class Kernel(Protocol):
    """What the module of a kernel offers."""

    def prepare(self, rows: Reals, bandwidth: float | None, /) -> Gram:
        """The kernel between all pairs of rows, N of d numbers; `bandwidth` as None is chosen without labels."""


class Test(Protocol):
    """What the module of a test offers."""

    def statistics(self, gram: Gram, design: Design, draws: int, seed: int, /) -> Reals:
        """The statistic as observed, and then `draws` times with samples exchanged at random; large where they differ.

        If the units of the design are exchangeable, so are these 1 + `draws` numbers. The same design, draws and seed
        exchange alike whatever the kernel is, so that several kernels can be fused.
        """


def kernel(name: str) -> Kernel:
    """The kernel called `name`, a key of `KERNELS`."""
    return cast("Kernel", import_module(KERNELS[name]))


def built_in(name: str) -> Test:
    """The test called `name`, a key of `TESTS`."""
    return cast("Test", import_module(TESTS[name]))
