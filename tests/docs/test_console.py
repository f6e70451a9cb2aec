"""What the documents show is what the commands print."""

from difflib import unified_diff
from pathlib import Path

import pytest

from docs import console

REPOSITORY = Path(__file__).parents[2]
SESSIONS = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for pattern in ("README.md", "docs/tutorial/*.md", "docs/how-to/*.md", "docs/reference/*.md")
    for path in REPOSITORY.glob(pattern)
    if console.commands(path.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("document", SESSIONS)
def test_the_sessions_are_real(document: str, tmp_path: Path) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    typed = console.commands(text)
    printed = console.run([command.typed for command in typed], tmp_path.resolve())
    differences = [
        "\n".join(unified_diff(command.printed.split("\n"), now.split("\n"), "shown", "printed", command.typed, n=2))
        for command, now in zip(typed, printed, strict=True)
        if command.printed is not None and not console.alike(command.printed, now)
    ]
    assert not differences, "\n\n".join([*differences, f"python tests/docs/console.py {document}"])


def test_a_session_goes_on_from_block_to_block(tmp_path: Path) -> None:
    document = "```console\n$ cd /\n```\n<!-- console\n$ x=3\n-->\n```console\n$ pwd; echo $x\n/\n3\n```\n"
    printed = console.run([command.typed for command in console.commands(document)], tmp_path)
    assert printed == ["", "", "/\n3"]
    assert console.renewed(document, printed) == document


def test_lines_that_are_continued_and_exit_codes_that_are_kept(tmp_path: Path) -> None:
    document = "```console\n$ cat <<END; false\n> one\n>\n> two\n> END\nold\n$ echo $?\n```\n"
    printed = console.run([command.typed for command in console.commands(document)], tmp_path)
    assert printed == ["one\n\ntwo", "1"]
    assert console.renewed(document, printed).endswith("> END\none\n\ntwo\n$ echo $?\n1\n```\n")


def test_hashes_versions_and_widths_of_columns_are_accidents() -> None:
    assert console.alike("commit  d22245b4d4cd\nqops 0.1.0", "commit     e33356c5e5de\nqops 0.2.0")
    assert not console.alike("theta  0.0359860852", "theta  0.1359860852")
    assert not console.alike("tag  v0.1.0", "tag  v0.2.0")


def test_three_dots_stand_for_any_lines() -> None:
    assert console.alike("a\n...\nd", "a\nb\nc\nd")
    assert console.alike("...\nd", "d")
    assert not console.alike("a\n...\nd", "a\nb\nc")
