from hypothesis import given
from hypothesis import strategies as st

from qops.render.layout import align, fold
from qops.render.visible import width

words = st.text(alphabet="ab θ回\u0301", max_size=60)


@given(words, st.integers(2, 30))
def test_folded_lines_fit_and_lose_no_letter(text: str, limit: int) -> None:
    lines = fold(text, limit)
    assert all(width(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_without_a_limit_nothing_is_folded() -> None:
    assert fold("a" * 500, None) == ["a" * 500]


def test_words_stay_whole_where_they_can() -> None:
    assert fold("a verdict that a reviewer reads", 12) == ["a verdict", "that a", "reviewer", "reads"]


def test_a_word_that_is_too_long_begins_a_line_of_its_own() -> None:
    assert fold("id 0123456789abcdef", 8) == ["id", "01234567", "89abcdef"]


def test_columns_are_flush() -> None:
    rows = [("name", "old"), ("回路", "0.5"), ("x", "-12.25")]
    assert [line for row in align(rows, [False, True]) for line in row] == [
        "name     old",
        "回路     0.5",
        "x     -12.25",
    ]


def test_the_widest_column_is_folded_first() -> None:
    rows = [("id", "a sentence of many words")]
    assert align(rows, [False, False], limit=16) == [["id  a sentence", "    of many", "    words"]]


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4), st.integers(20, 60))
def test_a_table_fits_its_limit(rows: list[tuple[str, str]], limit: int) -> None:
    assert all(width(line) <= limit for lines in align(rows, [False, True], limit) for line in lines)
