"""What makes a directory a project, one step a function; each leaves alone what is there already, and says so."""

from collections.abc import Callable, Sequence

import msgspec

from qops.formats import manifest_schema
from qops.model.ground import Ground

IGNORED = "/.qops/"
ATTRIBUTES = ".gitattributes"
AS_THEY_ARE = ("*.qasm -text", "*.csv -text", "*.dvc -text", "/qops.lock -text")
"""git changes no line ends in these, whatever `core.autocrlf` says."""


class Step(msgspec.Struct, frozen=True):
    """Something that was made, or was there already."""

    subject: str
    made: bool
    note: str


def repositories(ground: Ground) -> tuple[Step, Step]:
    """git, and then DVC, which wants to stand in a git repository."""
    git, dvc = ground.has_git(), ground.has_dvc()
    if not git:
        ground.init_git()
    if not dvc:
        ground.init_dvc()
    return (
        Step(".git", not git, "a git repository" if git else "git init"),
        Step(".dvc", not dvc, "a DVC repository" if dvc else "dvc init"),
    )


def ignore(ground: Ground, rules: Sequence[str] = (IGNORED,)) -> Step:
    """Add the rules that `.gitignore` lacks."""
    return _rules(ground, ".gitignore", rules, lambda rule: rule.strip("/"))


def attributes(ground: Ground) -> Step:
    """Add the rules that `.gitattributes` lacks: what has a digest of its bytes has the same bytes in every clone."""
    return _rules(ground, ATTRIBUTES, AS_THEY_ARE, str)


def _rules(ground: Ground, file: str, rules: Sequence[str], plain: Callable[[str], str]) -> Step:
    """Add the rules that a file lacks below those that it has."""
    old = ground.files.read(file) if ground.files.exists(file) else b""
    present = {plain(line.strip()) for line in old.decode("utf-8", "surrogateescape").splitlines()}
    missing = [rule for rule in rules if plain(rule) not in present]
    if missing:
        separator = b"" if not old or old.endswith(b"\n") else b"\n"
        ground.files.write(file, old + separator + "".join(f"{rule}\n" for rule in missing).encode())
    return Step(file, bool(missing), ", ".join(missing or rules))


def schema(ground: Ground) -> Step:
    """The manifest's JSON Schema, where the manifest's first line tells editors to look; renewed when qops is."""
    data = manifest_schema.schema_json().encode()
    path = manifest_schema.SCHEMA_PATH
    current = ground.files.exists(path) and ground.files.read(path) == data
    if not current:
        ground.files.write(path, data)
    return Step(path, not current, "completion and checks for editors")
