"""What `qops init` reports: what was made, what was there already, and what to type next."""

from collections.abc import Sequence

from qops.model.report import Line, Report, Section
from qops.project.steps import Step


def describe(title: str, steps: Sequence[Step], following: Sequence[str]) -> Report:
    """The report; a `+` marks what was made."""
    made = [step.subject for step in steps if step.made]
    kept = [step.subject for step in steps if not step.made]
    width = max(len(step.subject) for step in steps)
    lines = tuple(Line(f"{step.subject:<{width}}  {step.note}", "+" if step.made else " ") for step in steps)
    return Report(
        "init",
        title,
        sections=(Section("Done", lines), Section("Next", tuple(Line(command) for command in following))),
        summary=f"{len(made)} made, {len(kept)} kept" if made else "everything was there already; nothing was written",
        data={"made": made, "kept": kept, "next": list(following)},
    )
