from importlib.metadata import EntryPoint

import pytest

from qops.errors import InputError
from qops.render import installed, terminal


def test_a_renderer_of_another_package_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = EntryPoint("mine", "qops.render.terminal", "qops.renderers")

    def entry_points(*, group: str, name: str) -> list[EntryPoint]:
        return [mine] if (group, name) == ("qops.renderers", "mine") else []

    monkeypatch.setattr(installed, "entry_points", entry_points)
    assert installed.installed("mine") is terminal


def test_an_unknown_one_is_the_users_mistake() -> None:
    with pytest.raises(InputError, match="no output format 'htlm'") as caught:
        installed.installed("htlm")
    assert caught.value.hint == "the formats are terminal, json, markdown, junit, github, openmetrics, html"
