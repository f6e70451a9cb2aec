"""`qops hooks install`, `uninstall` and `status`."""

from collections.abc import Iterator

from qops.hooks import plan
from qops.hooks.launch import Launch
from qops.hooks.plan import Edit, Plan
from qops.hooks.ports import GitSetup
from qops.model.ports import WorkTree
from qops.model.report import Line, Report, Section
from qops.model.verdict import Outcome, Verdict


def install(tree: WorkTree, setup: GitSetup, launch: Launch, *, dry_run: bool = False) -> Report:
    """Make git use the drivers and run the checks; what is set up already stays as it is.

    Raises:
        InputError: the manifest is not valid; nothing has been written.
    """
    planned = plan.install(tree, setup, launch)
    if not dry_run:
        plan.carry_out(planned, setup)
    done = "would be written" if dry_run else "written"
    summary = _summary(planned, f"{done}; commit .gitattributes, and let every clone run `qops hooks install`")
    return _report(f"qops into git, in {tree.root}", setup, planned, tuple(_refused(planned)), summary)


def uninstall(tree: WorkTree, setup: GitSetup, *, dry_run: bool = False) -> Report:
    """Take out just what `install` put in."""
    planned = plan.uninstall(setup)
    if not dry_run:
        plan.carry_out(planned, setup)
    summary = _summary(planned, "would be taken out" if dry_run else "taken out")
    return _report(f"qops out of git, in {tree.root}", setup, planned, (), summary)


def status(tree: WorkTree, setup: GitSetup, launch: Launch) -> Report:
    """Whether `install` would change anything."""
    planned = plan.install(tree, setup, launch)
    missing = ", ".join(_place(setup, edit) for edit in planned.edits)
    verdict = (
        Verdict("set up", Outcome.FAIL, f"not as this qops would have it: {missing}", hint="`qops hooks install`")
        if planned.edits
        else Verdict("set up", Outcome.PASS, "drivers, attributes and hooks are as this qops would have them")
    )
    return _report(f"qops in git, in {tree.root}", setup, planned, (verdict, *_refused(planned)), "")


def _refused(planned: Plan) -> Iterator[Verdict]:
    for refusal in planned.refusals:
        yield Verdict(f"{refusal.hook} hook", Outcome.INCONCLUSIVE, refusal.because, hint=refusal.remedy)


def _report(title: str, setup: GitSetup, planned: Plan, verdicts: tuple[Verdict, ...], summary: str) -> Report:
    sections = [
        Section(_place(setup, edit), tuple(Line(line, mark) for mark, line in edit.marked())) for edit in planned.edits
    ]
    data: dict[str, object] = {
        "changes": [{"kind": edit.kind, "name": edit.name, "lines": edit.lines} for edit in planned.edits],
        "by_hand": {refusal.hook: refusal.remedy for refusal in planned.refusals},
    }
    return Report("hooks", title, sections=tuple(sections), verdicts=verdicts, summary=summary, data=data)


def _place(setup: GitSetup, edit: Edit) -> str:
    match edit.kind:
        case "section":
            return f".git/config, {edit.name}"
        case "hook":
            return f"{setup.hooks}/{edit.name}"
        case _:
            return edit.name


def _summary(planned: Plan, done: str) -> str:
    count = len(planned.edits)
    return f"{count} place{'' if count == 1 else 's'} {done}" if count else "nothing to do"
