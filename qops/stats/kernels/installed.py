"""Two-sample tests of other packages, under the entry-point group `qops.tests`."""

from importlib.metadata import entry_points
from typing import cast

from qops.errors import InputError
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.stats.kernels import TESTS, Test, built_in


def test(name: str, where: Where | None) -> Test:
    """The test that qops, or another package, offers under a name; `where` is the place of the name, for errors.

    Raises:
        InputError: there is none.
    """
    if name in TESTS:
        return built_in(name)
    for entry_point in entry_points(group="qops.tests", name=name):
        return cast("Test", entry_point.load())
    hint = did_you_mean(name, TESTS) or f"the tests are {', '.join(TESTS)}"
    raise InputError(f"there is no two-sample test `{name}`", where=where, hint=hint)
