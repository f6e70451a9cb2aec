import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.model.report import Report
from qops.render import built_in
from qops.render.json import document, render
from qops.render.surface import Surface

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def refuse(constant: str) -> None:
    pytest.fail(f"{constant} is not JSON")


@given(st.dictionaries(st.text(), values, max_size=4))
def test_any_content_is_standard_json(content: dict[str, object]) -> None:
    text = document(content)
    assert text.isascii()
    assert json.loads(text, parse_constant=refuse).keys() == {"schema_version", *content}


def test_it_carries_the_schema_version_and_the_exit_code(full: Report) -> None:
    content = json.loads(render(full, Surface()))
    assert content["schema_version"] == 1
    assert content["exit_code"] == 1
    assert content["facts"]["tolerance"] == 1e-9
    assert content["verdicts"][0]["outcome"] == "fail"
    assert content["data"] == full.data


def test_asides_are_for_people(full: Report) -> None:
    with_asides = msgspec.structs.replace(full, asides=(("compile time", "+3 %"),))
    assert render(with_asides, Surface()) == render(full, Surface())
    for name in ("terminal", "markdown", "github", "html"):
        assert "compile time" in built_in(name).render(with_asides, Surface())


def test_numbers_that_are_not_finite_are_words(hostile: Report) -> None:
    content = json.loads(render(hostile, Surface()), parse_constant=refuse)
    assert content["facts"]["infinite"] == "Infinity"
    assert content["facts"]["nothing"] == "NaN"
    assert content["tables"][0]["rows"][0][1] == "-Infinity"


def test_text_comes_back_as_it_was(hostile: Report) -> None:
    assert json.loads(render(hostile, Surface()))["title"] == hostile.title
