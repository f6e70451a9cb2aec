import pytest

from qops.cli.failures import told
from qops.errors import EnvironmentFault, InputError
from qops.model.where import Where


@pytest.mark.parametrize(
    ("excerpt", "column", "shown"),
    [
        ("rx(w) q[0];", 4, "    rx(w) q[0];\n       ^\n"),
        ("\trx(w) q[0];", 5, "     rx(w) q[0];\n        ^\n"),
        ("回 rx(w)", 3, "    回 rx(w)\n       ^\n"),
        ("a\x1bb!", 4, "    a\\x1bb!\n          ^\n"),
        ("end", 4, "    end\n       ^\n"),
        ("cut", 200, "    cut\n"),
        ("unknown", 0, "    unknown\n"),
        ("one\ntwo", 1, "    one\n    two\n"),
    ],
)
def test_the_caret_stands_under_its_column(excerpt: str, column: int, shown: str) -> None:
    error = InputError("wrong", where=Where("a", 1, column), excerpt=excerpt)
    assert told(error).removeprefix(f"error: {error.where}: wrong\n") == shown


def test_colour_marks_the_kind_of_line_only() -> None:
    error = EnvironmentFault("no git", hint="install it")
    assert told(error, colour=True) == "\x1b[31merror:\x1b[0m no git\n\x1b[1mhint:\x1b[0m install it\n"
