"""Tables of features: what is read, and every mistake in its place."""

import pytest

from qops.errors import InputError, ManyErrors
from qops.formats.features_csv import read

TABLE = b"day,u,v,note\n2020-01-01,1,2.5,a\n2020-01-02,-1e-3,0,b\n\n2020-01-03,4, 5 ,c\n"


def problems(data: bytes, columns: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(data, "t.csv", columns)
    error = caught.value
    return [str(each) for each in (error.problems if isinstance(error, ManyErrors) else [error])]


def test_columns_of_numbers() -> None:
    found = read(TABLE, "t.csv")
    assert found.names == ("u", "v")
    assert found.rows == ((1.0, 2.5), (-0.001, 0.0), (4.0, 5.0))


def test_columns_by_name_in_the_order_asked_for() -> None:
    assert read(TABLE, "t.csv", ("v", "u")).rows[0] == (2.5, 1.0)


@pytest.mark.parametrize(
    ("data", "columns", "told"),
    [
        (b"", (), "t.csv: the table has no observation"),
        (b"u,v\n", (), "t.csv: the table has no observation"),
        (b"u,u\n1,2\n", (), "t.csv:1:3: the column `u` is here for the second time"),
        (b"u,v\n1,2\n3,nan\n", (), "t.csv:3:3: the column `v` has `nan` where a finite number should be"),
        (b"u,v\n1,2\n3,inf\n", (), "t.csv:3:3: the column `v` has `inf`"),
        (b"u,v\n1,2\n3,\n", (), "t.csv:3:3: the column `v` has nothing"),
        (b"u,v\n1,2\n3,1_0\n", (), "t.csv:3:3: the column `v` has `1_0`"),
        (b"u,v\n1,2\n3\n", (), "t.csv:3:1: 1 fields, where the header has 2"),
        (b"u,v\n1,2\n1,3\n", (), "t.csv:1:1: the column `u` is 1 in every row"),
        (b"u,v\n1,2\n1,3\n", ("w",), "t.csv:1:1: there is no column `w`"),
        (b"u,v\na,b\n", (), "t.csv:2:1: no column holds numbers"),
        (b'u,v\n"1,2\n', (), "t.csv:2:1: a quote is not closed"),
    ],
)
def test_what_is_wrong_has_its_place(data: bytes, columns: tuple[str, ...], told: str) -> None:
    assert problems(data, columns)[0].startswith(told)


def test_all_problems_in_one_run() -> None:
    assert len(problems(b"u,v\nnan,2\n3,x\n5,6,7\n", ("u", "v"))) == 3
