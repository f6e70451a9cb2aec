"""The A/B test that the user named."""

from qops.errors import InputError
from qops.formats.manifest_abtests_rules import RESERVED
from qops.model.abtest import AbTestEntry
from qops.model.manifest import Manifest
from qops.model.ports import WorkTree
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.recorded import repository

COUNTS = "counts.csv"
PROTOCOL = "plan.json"
_NULL = "an entry whose two samples are one table is its null experiment; `qops abtest matrix` judges it"


def find(tree: WorkTree, name: str) -> tuple[Manifest, AbTestEntry]:
    """The manifest, and its A/B test called `name`.

    Raises:
        InputError: there is none, with the nearest spelling among names and commands.
    """
    manifest = repository.declared(tree)
    if name in manifest.similarities:
        cause = f"`{name}` compares samples, and has no counts to calibrate"
        raise InputError(cause, where=manifest.similarities[name].where, hint=_NULL)
    if name not in manifest.abtests:
        hint = did_you_mean(name, [*manifest.abtests, *RESERVED])
        if not manifest.abtests:
            hint = "declare one under `abtests:`; docs/how-to/abtest.md shows how"
        cause = f"no abtest is called `{name}` in {repository.MANIFEST}"
        raise InputError(cause, where=Where(repository.MANIFEST), hint=hint)
    return manifest, manifest.abtests[name]


def path(name: str, file: str = COUNTS) -> str:
    """Where a file of an A/B test is among the series.

    >>> path("new-ansatz")
    'abtests/new-ansatz/counts.csv'
    """
    return f"abtests/{name}/{file}"
