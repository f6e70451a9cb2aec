import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.formats.csv_fields import Field, FieldError, quote, split

WORDS = st.text(alphabet='ab ,"\té<[]', max_size=6)


def test_every_field_knows_its_column() -> None:
    assert split('a, b ,"c ""d"", e" ,', 7) == [
        Field("a", 7, 1),
        Field("b", 7, 4),
        Field('c "d", e', 7, 8),
        Field("", 7, 21),
    ]
    assert split(" a,\t,b", 1) == [Field("a", 1, 2), Field("", 1, 5), Field("b", 1, 6)]


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_what_is_quoted_reads_back(words: list[str]) -> None:
    assert [field.text for field in split(",".join(map(quote, words)), 1)] == words


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_pythons_reader_reads_what_we_quote(words: list[str]) -> None:
    line = ",".join(map(quote, words))
    assert next(csv.reader(io.StringIO(line)), [""]) == words


@given(st.lists(WORDS.map(str.strip), min_size=1, max_size=4))
def test_what_pythons_writer_quotes_is_read(words: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(words)
    assert [field.text for field in split(out.getvalue().rstrip("\r\n"), 1)] == words


@pytest.mark.parametrize(("line", "column"), [('"a', 1), ('a,"b', 3), ('a"b', 2), ('"a"b,c', 1), ('a, "b" c', 4)])
def test_a_stray_quote_has_a_column(line: str, column: int) -> None:
    with pytest.raises(FieldError) as caught:
        split(line, 1)
    assert caught.value.column == column


def test_long_lines_are_no_trouble() -> None:
    assert len(split(" " * 100_000 + '"' + '""' * 100_000 + '"', 1)) == 1
    with pytest.raises(FieldError):
        split('"' + '""' * 100_000, 1)
