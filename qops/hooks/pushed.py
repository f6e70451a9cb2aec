"""The check before a push: whether those who pull it will get the artifacts too."""

from collections.abc import Iterator

import msgspec

from qops.errors import InputError
from qops.formats import lock
from qops.formats.dvc_files import Pointer, read_pointer
from qops.hooks.ports import Outbox
from qops.model.report import Report
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded.repository import LOCK

_NO_REMOTE = "DVC has no remote, so nobody else can get the artifacts"


class Update(msgspec.Struct, frozen=True):
    """A branch or tag that is pushed: the commits here and there, in full; nothing but zeros where there is none."""

    local: str
    remote: str


def updates(text: str) -> tuple[Update, ...]:
    """What git tells the hook: a line `<local ref> <local hash> <remote ref> <remote hash>` for each.

    >>> updates("refs/heads/main 12ab refs/heads/main 00")
    (Update(local='12ab', remote='00'),)
    """
    fields = (line.split() for line in text.splitlines())
    return tuple(Update(line[1], line[3]) for line in fields if len(line) == 4)


def check(pushed: tuple[Update, ...], outbox: Outbox) -> Report:
    """Look for the artifacts of every snapshot that is pushed on DVC's default remote, where that can be looked at."""
    verdicts: dict[str, Verdict] = {}
    for update in pushed:
        if update.local.strip("0") and (store := _store(outbox, update.local)):
            verdicts |= {verdict.because: verdict for verdict in _verdicts(outbox, update, store)}
    return Report("pre-push", "Artifacts of what is pushed", verdicts=tuple(verdicts.values()))


def _store(outbox: Outbox, commit: str) -> str | None:
    data = outbox.read(commit, LOCK)
    return None if data is None else lock.read(data, f"{commit[:12]}:{LOCK}").store


def _verdicts(outbox: Outbox, update: Update, store: str) -> Iterator[Verdict]:
    file = f"{store}.dvc"
    versions = {
        pointer: commit
        for commit in outbox.commits(update.local, update.remote, file)
        if (pointer := _pointer(outbox, commit, file))
    }
    if not versions:
        return
    remote = outbox.remote(store)
    if remote is None:
        yield Verdict("artifacts", Outcome.INCONCLUSIVE, _NO_REMOTE, hint="`dvc remote add --default NAME URL`")
        return
    for pointer, commit in versions.items():
        lacking = outbox.lacking(store, pointer)
        if lacking is None:
            because = f"not examined: DVC's remote `{remote}` cannot be looked at from here"
            yield Verdict("artifacts", Outcome.INCONCLUSIVE, because, hint=f"`dvc push {file}`, unless that is done")
        elif lacking:
            because = f"{counted(lacking, 'object')} of {commit[:12]} not on DVC's remote `{remote}`"
            hint = f"`dvc push {file}`, or `dvc push --all-commits {file}` for older versions too"
            yield Verdict("artifacts", Outcome.FAIL, because, hint=hint)


def _pointer(outbox: Outbox, commit: str, file: str) -> Pointer | None:
    try:
        return read_pointer(outbox.read(commit, file) or b"", f"{commit[:12]}:{file}")
    except InputError:  # it is gone in this commit, or has settings of its own, which are DVC's to judge
        return None
