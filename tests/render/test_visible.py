from hypothesis import given
from hypothesis import strategies as st

from qops.render.visible import cell_text, visible


def test_printable_text_stays() -> None:
    assert visible("θ → 回路 é") == "θ → 回路 é"


def test_line_breaks_and_tabs_are_shown() -> None:
    assert visible("a\r\n\tb") == r"a\r\n\tb"


def test_bidirectional_and_zero_width_marks_are_shown() -> None:
    assert visible("a\u202e\u2066\u200b\ufeff") == r"a\u202e\u2066\u200b\ufeff"


def test_a_lone_surrogate_is_shown_and_can_be_encoded() -> None:
    assert visible("\udcff").encode() == rb"\udcff"


@given(st.text())
def test_whatever_the_text_only_printable_letters_remain(text: str) -> None:
    assert visible(text).isprintable()


@given(st.text())
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.floats(allow_nan=False))
def test_numbers_are_written_so_that_they_read_back(number: float) -> None:
    assert float(cell_text(number)) == number
