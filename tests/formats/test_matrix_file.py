"""A matrix as text: it comes back whole, merges by lines, and says where it is wrong."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.errors import InputError
from qops.formats import matrix_file
from qops.model.baseline import Acceptance, Baseline
from qops.model.gate import Sample, Watermark
from qops.model.matrix import Comparable, Compiled, Lost, Matrix, Metrics, Row

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
METRICS = st.builds(
    Metrics,
    two_qubit=st.integers(0, 10**6),
    two_qubit_depth=st.integers(0, 10**6),
    depth=st.integers(0, 10**6),
    size=st.integers(0, 10**6),
    log_success=st.none() | NUMBERS,
    faulty=st.integers(0, 9),
    duration_s=st.none() | NUMBERS,
)
DONE = st.builds(
    lambda digest, metrics, cpu: Compiled(digest, metrics, (), (), cpu, 0),
    st.text("0123456789abcdef"),
    METRICS,
    NUMBERS,
)
LOST = st.builds(Lost, st.sampled_from(["failed", "crashed"]), st.text())
ROWS = st.lists(
    st.builds(
        lambda circuit, backend, level, outcomes: Row(circuit, backend, level, dict(sorted(outcomes.items()))),
        st.text(min_size=1),
        st.sampled_from(["torino", "línea"]),
        st.integers(0, 3),
        st.dictionaries(st.integers(0, 2**32 - 1), DONE | LOST, max_size=4),
    ),
    max_size=4,
    unique_by=lambda row: (row.circuit, row.backend, row.level),
).map(lambda rows: tuple(sorted(rows, key=lambda row: (row.circuit, row.backend, row.level))))
FACTS = st.dictionaries(st.text(), st.text(), max_size=3)
BASELINES = st.builds(
    Baseline,
    st.builds(Matrix, st.builds(Comparable, FACTS, FACTS, FACTS, FACTS), ROWS),
    st.just((Watermark("a", "b", 2, "t", "s", {"two_qubit": Sample(5, 1.5, 0.25)}),)),
    st.lists(st.builds(Acceptance, st.just("2026-01-01T00:00:00Z"), st.text()), max_size=2).map(tuple),
)


@given(BASELINES)
def test_what_is_written_is_read(baseline: Baseline) -> None:
    data = matrix_file.write(baseline)
    assert matrix_file.read(data, "m") == baseline
    assert matrix_file.write(matrix_file.read(data, "m")) == data


def small() -> bytes:
    row = Row("a", "b", 1, {0: Compiled("ab", Metrics(1, 1, 1, 1, None, 0, None), (), (), 0.1, 0)})
    return matrix_file.write(Baseline(Matrix(Comparable({"b": "t"}, {"a": "c"}, {}, {}), (row,))))


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        (b'"version":1', b'"version":2', 1, "version 2"),
        (b'"is":"matrix"', b'"is":"matter"', 1, "no part of a matrix"),
        (b'{"is":"matrix","version":1}\n', b"", 1, "not a matrix"),
        (b'"seeds":[0]', b'"seeds":[0,1]', 4, "`digests` has 1 values for 2 seeds"),
        (b'"lost":{}', b'"lost":{"0":["failed","x"]}', 4, "a seed is there twice"),
        (b'"two_qubit":[1]', b'"two_qubit":["x"]', 4, "no part of a matrix"),
        (b'{"is":"row"', b"<<<<<<< ours\n{", 4, "merge conflict"),
        (b'"cpu_s":[0.1]', b'"cpu_s":[NaN]', 4, "no part of a matrix"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: bytes, new: bytes, line: int, cause: str) -> None:
    data = small()
    assert old in data
    with pytest.raises(InputError, match=cause) as told:
        matrix_file.read(data.replace(old, new), "qops.matrix")
    assert told.value.where is not None
    assert (told.value.where.file, told.value.where.line) == ("qops.matrix", line)


def test_an_empty_file_is_no_matrix() -> None:
    with pytest.raises(InputError, match="not a matrix"):
        matrix_file.read(b"", "m")


def test_a_row_is_a_line() -> None:
    assert all(msgspec.json.decode(line) for line in small().splitlines())
