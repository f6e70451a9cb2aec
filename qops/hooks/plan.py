"""What setting up, or taking out, would change in a repository. Only looking."""

from collections.abc import Iterable, Iterator

import msgspec

from qops.hooks import attributes, blocks, scripts
from qops.hooks.launch import Launch
from qops.hooks.obstacles import SHARED, obstacle
from qops.hooks.ports import GitSetup
from qops.hooks.sections import NAMES, sections
from qops.model.ports import WorkTree


class Edit(msgspec.Struct, frozen=True):
    """One change of a place (see `GitSetup`) from `old` to `new`, None for absent; `lines` are those that are ours."""

    kind: str
    name: str
    old: bytes | None
    new: bytes | None
    lines: str

    def marked(self) -> Iterator[tuple[str, str]]:
        """Our lines, each with `+` where it is new, `-` where it goes, and a blank where it stays."""
        old, new = ((side or b"").decode("utf-8", "replace").splitlines() for side in (self.old, self.new))
        for line in self.lines.splitlines():
            yield "+" if line not in old else "-" if line not in new else " ", line


class Refusal(msgspec.Struct, frozen=True):
    """A hook that is not ours to change, and what to do by hand."""

    hook: str
    because: str
    remedy: str


class Plan(msgspec.Struct, frozen=True):
    """All changes, and all refusals."""

    edits: tuple[Edit, ...]
    refusals: tuple[Refusal, ...] = ()


def install(tree: WorkTree, setup: GitSetup, launch: Launch) -> Plan:
    """What is missing, or speaks of a qops elsewhere."""
    edits = [_block(setup, "file", attributes.FILE, b"", attributes.lines(tree))]
    for name, settings in sections(launch).items():
        text = "".join(f"{key} {value}\n" for key, value in settings.items())
        edits.append(Edit("section", name, setup.read("section", name), text.encode(), text))
    refusals = []
    for hook in scripts.HOOKS:
        if refusal := _refusal(setup, hook):
            refusals.append(refusal)
            continue
        present = blocks.without_block(setup.read("hook", hook) or scripts.NEW)
        here = None if _in_work_tree(setup) else launch
        lines = scripts.lines(hook, here, chained=present != scripts.NEW)
        edit = _block(setup, "hook", hook, scripts.NEW, lines)
        edits.append(edit if setup.runs(hook) else msgspec.structs.replace(edit, old=None))
    return Plan(_real(edits), tuple(refusals))


def uninstall(setup: GitSetup) -> Plan:
    """What is ours."""
    edits = [_without_block(setup, "file", attributes.FILE, b"")]
    for name in NAMES:
        present = setup.read("section", name)
        edits.append(Edit("section", name, present, None, (present or b"").decode()))
    edits += [_without_block(setup, "hook", hook, scripts.NEW) for hook in scripts.HOOKS]
    return Plan(_real(edits))


def carry_out(plan: Plan, setup: GitSetup) -> None:
    """Make the changes."""
    for edit in plan.edits:
        setup.write(edit.kind, edit.name, edit.new)


def _real(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(edit for edit in edits if edit.old != edit.new)


def _block(setup: GitSetup, kind: str, name: str, empty: bytes, lines: str) -> Edit:
    old = setup.read(kind, name)
    return Edit(kind, name, old, blocks.with_block(empty if old is None else old, lines), lines)


def _without_block(setup: GitSetup, kind: str, name: str, empty: bytes) -> Edit:
    """The edit that takes the block out, and the file away if there was nothing else in it."""
    old = setup.read(kind, name)
    if old is None or (rest := blocks.without_block(old)) == old:
        return Edit(kind, name, old, old, "")
    return Edit(kind, name, old, None if rest == empty else rest, blocks.block(old))


def _refusal(setup: GitSetup, hook: str) -> Refusal | None:
    present = setup.read("hook", hook)
    found = SHARED if setup.hooks_are_shared else obstacle(present, setup.hooks)
    if found:
        remedy = found.remedy.replace("HOOK", hook).replace("COMMAND", f"qops-{scripts.HOOKS[hook]}")
        return Refusal(hook, found.because, remedy)
    if present is not None and blocks.without_block(present) != scripts.NEW and not setup.runs(hook):
        return Refusal(hook, "it is not executable, so git does not run it", f"`chmod +x {setup.hooks}/{hook}`")
    return None


def _in_work_tree(setup: GitSetup) -> bool:
    """Whether the hooks are files of the user's work tree, which others check out on other machines."""
    return not setup.hooks.startswith((".git/", "/"))
