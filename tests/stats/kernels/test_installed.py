"""Two-sample tests of other packages."""

from importlib.metadata import EntryPoint

import pytest

from qops.errors import InputError
from qops.model.where import Where
from qops.stats.kernels import installed, wild


def test_a_test_of_another_package_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = EntryPoint("mine", "qops.stats.kernels.wild", "qops.tests")

    def entry_points(*, group: str, name: str) -> list[EntryPoint]:
        return [mine] if (group, name) == ("qops.tests", "mine") else []

    monkeypatch.setattr(installed, "entry_points", entry_points)
    assert installed.test("mine", None) is wild


def test_an_unknown_one_is_the_users_mistake() -> None:
    with pytest.raises(InputError, match="no two-sample test `mine`") as caught:
        installed.test("mine", Where("qops.yaml", 3, 9))
    assert str(caught.value.where) == "qops.yaml:3:9"
    assert caught.value.hint == "the tests are permutation, wild, linear-time, block-statistic"
