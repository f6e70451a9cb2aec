"""`qops init --pilot`: a small real project in a directory of its own, as a git and DVC repository."""

import shlex
from collections import Counter
from collections.abc import Collection, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from qops.errors import InputError
from qops.model.ground import Ground
from qops.model.report import Report
from qops.project import steps
from qops.project.describe import describe
from qops.project.steps import IGNORED, Step

MESSAGE = "A classifier of rough weeks, kept with qops"
_IDENTITY = ('git config user.name "YOUR NAME"', "git config user.email YOU@EXAMPLE.COM")
_OURS = frozenset({".git", ".gitattributes", ".gitignore", ".dvc", ".dvcignore", ".qops"})


def run(ground: Ground) -> Report:
    """Write the pilot into a new or empty directory, make it a repository, and commit it.

    A directory that holds a part of the pilot, untouched, is completed: so an interrupted run can be run again.

    Raises:
        InputError: the directory holds something else; nothing has been written.
        EnvironmentFault: git, DVC or the disk refused.
    """
    template = dict(_below(files("qops.project") / "pilot" / "template"))
    _refuse_others(ground, template)
    done = [*steps.repositories(ground), *_write(ground, template)]
    done += [steps.schema(ground), steps.ignore(ground, (IGNORED, "__pycache__/")), steps.attributes(ground)]
    committed = ground.commit_all(MESSAGE)
    return describe(f"A pilot project in {ground.name}", done, _following(ground.name, committed=committed))


def _below(directory: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    """Every file of the template by its path, in order; what tools leave beside them is passed by."""
    found = []
    for entry in sorted(directory.iterdir(), key=lambda entry: entry.name):
        if entry.is_file():
            found.append((prefix + entry.name, entry.read_bytes()))
        elif not entry.name.startswith((".", "_")):
            found += _below(entry, f"{prefix}{entry.name}/")
    return found


def _refuse_others(ground: Ground, template: Mapping[str, bytes]) -> None:
    """Raise an `InputError` if there is anything that is not the pilot's."""
    known = _OURS | {_top(path) for path in template}
    others = [name for name in ground.entries() if name not in known]
    others += [path for path in _present(ground, template) if ground.files.read(path) != template[path]]
    if others:
        named = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        raise InputError(
            f"{ground.name} is not empty: it holds {named}",
            hint="name a directory that does not exist yet, or leave out `--pilot` to set up the one that does",
        )


def _write(ground: Ground, template: Mapping[str, bytes]) -> list[Step]:
    """Write the files that are missing; one step for each name at the top."""
    missing = template.keys() - _present(ground, template)
    for path in sorted(missing):
        ground.files.write(path, template[path])
    made = {_top(path) for path in missing}
    counts = Counter(_top(path) for path in template)
    return [Step(name, name in made, f"{count} files" if count > 1 else "") for name, count in counts.items()]


def _present(ground: Ground, template: Mapping[str, bytes]) -> Collection[str]:
    return [path for path in template if ground.files.exists(path)]


def _top(path: str) -> str:
    return path.split("/", 1)[0]


def _following(name: str, *, committed: bool) -> tuple[str, ...]:
    identity = () if committed else (*_IDENTITY, f'git add --all && git commit -m "{MESSAGE}"')
    return (f"cd {shlex.quote(name)}", *identity, 'qops snapshot -m "First training"', "qops diff")
