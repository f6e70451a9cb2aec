"""Texts at which a pattern could try again and again: each took minutes once, or would, and now takes no time."""

import signal
from collections.abc import Iterator

import pytest

from qops.circuits import reader
from qops.errors import InputError
from qops.readers.foreign_text import version_of

SECONDS = 20
LENGTH = 100_000


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


@pytest.mark.parametrize(
    "text",
    [
        "\n" * LENGTH + "x",
        " " * LENGTH + "qubit",
        "// \n" * LENGTH + "x",
        "/* */" * LENGTH + "x",
        "//i\n\n\n 2 1\n" * 50 + "/^/x",
        "OPENQASM 3.0;\nx" + " " * LENGTH,
        "OPENQASM 3.0;\nqubit q;\nx" + " \n" * LENGTH + "(",
        "OPENQASM 3.0;\nqubit q;\nrx(" + "(a)" * LENGTH,
    ],
    ids=range(8),
)
def test_it_is_refused_in_no_time(text: str) -> None:
    with pytest.raises(InputError):
        reader.read(text.encode(), "a.qasm")
    assert version_of(text) == 3


def test_a_version_in_a_comment_is_none() -> None:
    text = "// OPENQASM 2.0; was once here\nOPENQASM 3.0;\nqubit q;\n"
    assert reader.read(text.encode(), "a.qasm").source_format == "openqasm3"
    assert version_of("// OPENQASM 2.0;\nqubit q;") == 3
    assert version_of("/* OPENQASM 2.0; */ qubit q;") == 3
