"""The reference in `docs/` says what the code does."""

from pathlib import Path

import pytest

from qops.cli import reference
from qops.errors import ExitCode

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", reference.pages())
def test_the_page_is_up_to_date(name: str) -> None:
    message = "run `python -m qops.cli.reference docs/reference`"
    assert (DOCS / name).read_text(encoding="utf-8") == reference.pages()[name], message


def test_every_exit_code_is_there() -> None:
    page = reference.pages()["exit-codes.md"]
    assert [line.split(" | ")[0] for line in page.splitlines() if line[:3].strip("| ").isdigit()] == [
        f"| {code.value}" for code in ExitCode
    ]


def test_every_page_is_written(here: Path) -> None:
    reference.write(here)
    assert {path.name: path.read_text(encoding="utf-8") for path in here.iterdir()} == reference.pages()
