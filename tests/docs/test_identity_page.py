"""The table of changes in `explanation/identity.md` is what the digests do."""

import re
from pathlib import Path

import pytest

from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.model.digest import CircuitDigest

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "identity.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| `([^|]+)` \| `([^|]+)` \| ([a-z, ]+) \|$", PAGE, re.MULTILINE)
HEAD = 'OPENQASM 3.0; include "stdgates.inc"; input float a; input float b; qubit[3] q; bit[2] c; '


def identity(text: str) -> CircuitDigest:
    data = (HEAD + text).encode()
    return digests(read(data, "circuit.qasm"), data)


@pytest.mark.parametrize(("before", "after", "differs"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_named_digests_differ_and_no_others(before: str, after: str, differs: str) -> None:
    old, new = identity(before), identity(after)
    ladders = ("skeleton", "parameters", "frame")
    assert [kind for kind in ladders if getattr(old, kind) != getattr(new, kind)] == (
        [] if differs == "nothing" else differs.split(", ")
    )
    assert old.bytes != new.bytes


def test_every_row_is_tested() -> None:
    table = PAGE.split("| before |")[1].split("\n\n")[0]
    assert len(ROWS) == len(table.splitlines()) - 2
