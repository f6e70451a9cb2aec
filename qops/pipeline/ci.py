"""`qops ci init`: write what a CI system, pre-commit or Make needs, and never over something that is there."""

from collections.abc import Callable, Collection, Mapping

import msgspec

from qops.errors import InputError
from qops.model.ports import WorkTree
from qops.model.report import Line, Report, Section
from qops.pipeline import github, gitlab, make, pre_commit
from qops.pipeline.pack import Pack, Setting

KINDS: Mapping[str, Callable[[Setting], Pack]] = {
    "github": github.pack,
    "gitlab": gitlab.pack,
    "pre-commit": pre_commit.pack,
    "make": make.pack,
}
MOST_PARTS = 64
_INSTALLS = {"requirements.txt": "pip install -r requirements.txt", "pyproject.toml": "pip install ."}


class Written(msgspec.Struct, frozen=True):
    """A file of a pack: `mark` is `+` for one that is new, `~` for one that was replaced, blank for one that stayed."""

    path: str
    mark: str


def setting(tree: WorkTree, parts: int, install: str) -> Setting:
    """What was chosen; how to install is seen from the repository's files where it was not said.

    Raises:
        InputError: that number of parts, or that command, makes no sense.
    """
    if not 1 <= parts <= MOST_PARTS:
        raise InputError(f"{parts} parts are not from 1 to {MOST_PARTS}", hint="`--parts 4` is a good beginning")
    if not install.isprintable():
        raise InputError("a command to install with is one line", hint="put more than that into a script")
    found = (command for file, command in _INSTALLS.items() if tree.exists(file))
    return Setting(parts, install or next(found, Setting().install))


def text(kinds: Collection[str], chosen: Setting) -> str:
    """What would be written, each file after a line with its name."""
    packs = [KINDS[kind](chosen) for kind in _asked(kinds)]
    files = {path: content for pack in packs for path, content in {**pack.files, **pack.beginnings}.items()}
    if len(files) == 1:
        return next(iter(files.values()))
    return "\n".join(f"# {path}\n{content}" for path, content in files.items())


def run(tree: WorkTree, kinds: Collection[str], chosen: Setting, *, force: bool = False) -> Report:
    """Write the files of each kind; those that are as they should be stay as they are.

    Raises:
        InputError: no kind was named, or a file holds something else and `force` is not given; nothing was written.
    """
    packs = {kind: KINDS[kind](chosen) for kind in _asked(kinds)}
    files = {path: content for pack in packs.values() for path, content in pack.files.items()}
    beginnings = {path: content for pack in packs.values() for path, content in pack.beginnings.items()}
    others = [path for path, content in files.items() if _differs(tree, path, content)]
    if others and not force:
        hint = "`--print` shows what would be there, `--force` overwrites it"
        raise InputError(f"{', '.join(others)}: the file holds something else", hint=hint)
    files |= {path: content for path, content in beginnings.items() if not tree.exists(path)}
    written = [_write(tree, path, content) for path, content in files.items()]
    return _report(written, [step for pack in packs.values() for step in pack.following])


def _asked(kinds: Collection[str]) -> list[str]:
    if not kinds:
        named = " or ".join(f"`--{kind}`" for kind in KINDS)
        raise InputError("for what?", hint=f"name {named}")
    return [kind for kind in KINDS if kind in kinds]


def _differs(tree: WorkTree, path: str, content: str) -> bool:
    return tree.exists(path) and tree.read(path) != content.encode()


def _write(tree: WorkTree, path: str, content: str) -> Written:
    if not tree.exists(path):
        mark = "+"
    elif _differs(tree, path, content):
        mark = "~"
    else:
        return Written(path, " ")
    tree.write(path, content.encode())
    return Written(path, mark)


def _report(written: list[Written], following: list[str]) -> Report:
    words = {"+": "written", "~": "overwritten", " ": "there already"}
    files = Section("Files", tuple(Line(f"{each.path}  {words[each.mark]}", each.mark) for each in written))
    steps = Section("Next", tuple(map(Line, following)))
    new = sum(each.mark != " " for each in written)
    return Report(
        command="ci",
        title="CI",
        sections=(files, steps) if new else (files,),
        summary=f"{new} of {len(written)} written" if new else "nothing to do",
        data={"files": {each.path: words[each.mark] for each in written}},
    )
