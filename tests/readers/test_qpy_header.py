"""The header of a QPY file, before Qiskit sees it."""

import struct

import pytest

from qops.errors import InputError
from qops.model.where import Where
from qops.readers.qpy import OLDEST_VERSION, QpyHeader, check_index, read_header


def header(version: int = 18, circuits: int = 1, magic: bytes = b"QISKIT") -> bytes:
    return struct.pack("!6sBBBBQc", magic, version, 2, 6, 2, circuits, b"p") + bytes(200)


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read_header(data, "a.qpy")
    assert caught.value.where == Where("a.qpy")
    return caught.value


def test_reads_version_and_count() -> None:
    assert read_header(header(17, 3), "a.qpy") == QpyHeader(17, (2, 6, 2), 3)


@pytest.mark.parametrize("version", range(OLDEST_VERSION))
def test_versions_that_can_carry_code_are_refused(version: int) -> None:
    problem = refused(header(version))
    assert problem.cause == f"the file is QPY version {version}; below 13 QPY can carry code, so it is not opened"
    assert problem.hint is not None


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "the file is empty"),
        (b"OPENQASM 2.0;", "the file is not QPY: it does not begin with `QISKIT`"),
        (header(magic=b"qiskit"), "the file is not QPY: it does not begin with `QISKIT`"),
        (header()[:18], "the QPY file ends after 18 bytes, within its header"),
        (
            header(circuits=2**63),
            "the QPY file says that it holds 9223372036854775808 circuits, but is too short for them",
        ),
    ],
)
def test_what_is_no_whole_header(data: bytes, cause: str) -> None:
    assert refused(data).cause == cause


@pytest.mark.parametrize(
    ("circuits", "index", "cause", "hint"),
    [
        (3, 3, "there is no circuit 3: the file holds 3 circuits", "`index` counts from zero, up to 2"),
        (1, -1, "there is no circuit -1: the file holds 1 circuit", "`index` counts from zero, up to 0"),
        (0, 0, "there is no circuit 0: the file holds no circuits", None),
    ],
)
def test_index_out_of_range(circuits: int, index: int, cause: str, hint: str | None) -> None:
    with pytest.raises(InputError) as caught:
        check_index(read_header(header(circuits=circuits), "a.qpy"), index, "a.qpy")
    assert (caught.value.cause, caught.value.hint) == (cause, hint)


def test_index_in_range() -> None:
    check_index(read_header(header(circuits=3), "a.qpy"), 2, "a.qpy")
