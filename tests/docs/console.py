"""The console sessions in documents: read, run in one shell, compared with what they show, and shown anew.

In a block fenced as `console`, `$ ` begins a command, `> ` continues it, and the rest is what it prints; a line of
three dots stands for any lines. All blocks of a document are one session, typed into bash in an empty home directory.
A comment that begins with `<!-- console` is typed too, without being shown.

`python tests/docs/console.py FILE...` replaces what the blocks of documents show by what the commands print.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ANYTHING = "..."
HOME = "/home/ada"
_BLOCK = re.compile(r"^((`{3,})console|<!-- console)\n(.*?)^(?:\2|-->)$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*(?:\n> .*|\n>$)*)", re.MULTILINE)
_END = "\x1e"
_ACCIDENTAL = (
    (re.compile(r"(?<![\w.])[0-9a-f]{7,40}(?!\w)"), "HASH"),  # of git and DVC; those of qops are no accident
    (re.compile(r"(?<![\w.])\d+\.\d+\.\d+(?![\w.])"), "VERSION"),
    (re.compile(r"\b(?:Linux|Darwin)-\w+"), "PLATFORM"),
    (re.compile(r" {2,}"), "  "),
)


class Command(NamedTuple):
    """What is typed, and what the document says it prints; nothing, where it is not shown."""

    typed: str
    printed: str | None


def commands(document: str) -> list[Command]:
    """The commands of a document, in order."""
    found = []
    for fence, _, block in _BLOCK.findall(document):
        pieces = _COMMAND.split(block)
        for typed, printed in zip(pieces[1::2], pieces[2::2], strict=True):
            shown = printed.strip("\n") if fence.startswith("`") else None
            found.append(Command(re.sub(r"\n> ?", "\n", typed), shown))
    return found


def run(typed: list[str], home: Path) -> list[str]:
    """What each command prints, standard error included, in one session that begins in the directory `home`."""
    script = "code=0\n" + "".join(_step(command, number) for number, command in enumerate(typed))
    place = home / ".session"
    place.write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", place],
        cwd=home,
        env=_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    printed = done.stdout.decode().replace(str(home), HOME).split(_END)[:-1]
    return [text.strip("\n") for text in printed]


def _step(command: str, number: int) -> str:
    """A command with the exit code of the one before it at hand, the number as its minute, and a mark after it."""
    hour, minute = divmod(number, 60)
    date = f"export GIT_{{AUTHOR,COMMITTER}}_DATE=2026-03-02T{9 + hour:02}:{minute:02}:00+00:00"
    return f"{date}; (exit $code)\n{command}\ncode=$?; printf '\\n{_END}'\n"


def alike(expected: str, printed: str) -> bool:
    """Whether a command printed what was expected of it, but for hashes, versions and the width of columns."""
    lines = (r"(?:.*\n)*?" if line == ANYTHING else re.escape(line) + r"\n" for line in _plain(expected).split("\n"))
    return re.fullmatch("".join(lines), _plain(printed) + "\n") is not None


def renewed(document: str, printed: list[str]) -> str:
    """The document with what its commands print, where that is not what it shows already."""
    answers = iter(printed)

    def block(found: re.Match[str]) -> str:
        pieces = _COMMAND.split(found[3])
        text = pieces[0]
        for typed, old in zip(pieces[1::2], pieces[2::2], strict=True):
            answer = next(answers)
            text += f"$ {typed}\n" + _renewed_answer(old, answer) if found[1].startswith("`") else f"$ {typed}{old}"
        return f"{found[1]}\n{text}{found[0].splitlines()[-1]}"

    return _BLOCK.sub(block, document)


def _renewed_answer(old: str, new: str) -> str:
    shown = old.strip("\n")
    text = shown if alike(shown, new) else new
    return (f"{text}\n" if text else "") + ("\n" if old.endswith("\n\n") else "")


def _plain(text: str) -> str:
    for accident, name in _ACCIDENTAL:
        text = accident.sub(name, text)
    return "\n".join(map(str.rstrip, text.split("\n")))


def _environment(home: Path) -> dict[str, str]:
    """A new account on a new machine, for someone who has told git a name, and DVC not to look for updates."""
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n"
    )
    (home / ".dvc-account").mkdir()
    (home / ".dvc-account" / "config").write_text("[core]\n    check_update = false\n")
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PAGER": "cat",
        "DVC_NO_ANALYTICS": "1",
        "DVC_SITE_CACHE_DIR": str(home / ".cache" / "dvc"),
        "DVC_GLOBAL_CONFIG_DIR": str(home / ".dvc-account"),
        "DVC_SYSTEM_CONFIG_DIR": str(home / ".system"),
    }


def _renew(path: Path) -> None:
    document = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        printed = run([command.typed for command in commands(document)], Path(home).resolve())
    path.write_text(renewed(document, printed), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _renew(Path(name))
