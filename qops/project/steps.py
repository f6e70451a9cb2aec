"""What makes a directory a project, one step a function; each leaves alone what is there already, and says so."""

from collections.abc import Sequence

import msgspec

from qops.formats import manifest_schema
from qops.model.ports import Ground

IGNORED = "/.qops/"


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
    """Add the rules that `.gitignore` lacks below those that it has."""
    old = ground.files.read(".gitignore") if ground.files.exists(".gitignore") else b""
    present = {line.strip().strip(b"/") for line in old.splitlines()}
    missing = [rule for rule in rules if rule.strip("/").encode() not in present]
    if missing:
        separator = b"" if not old or old.endswith(b"\n") else b"\n"
        ground.files.write(".gitignore", old + separator + "".join(f"{rule}\n" for rule in missing).encode())
    return Step(".gitignore", bool(missing), " ".join(missing or rules))


def schema(ground: Ground) -> Step:
    """The manifest's JSON Schema, where the manifest's first line tells editors to look; renewed when qops is."""
    data = manifest_schema.schema_json().encode()
    path = manifest_schema.SCHEMA_PATH
    current = ground.files.exists(path) and ground.files.read(path) == data
    if not current:
        ground.files.write(path, data)
    return Step(path, not current, "completion and checks for editors")
