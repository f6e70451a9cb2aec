"""The watches that the user means."""

from collections.abc import Sequence

from qops.errors import InputError
from qops.model.drift import DriftEntry
from qops.model.manifest import Manifest
from qops.model.ports import WorkTree
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.recorded import repository


def declared(tree: WorkTree, names: Sequence[str]) -> tuple[Manifest, list[DriftEntry]]:
    """The manifest, and the watches of these names, or all of them.

    Raises:
        InputError: there is none, or none of that name.
    """
    manifest = repository.declared(tree)
    place = Where(repository.MANIFEST)
    if not manifest.watches:
        hint = 'declare one: `drift: {bell: {circuit: bell, success: ["00", "11"]}}`'
        raise InputError("the manifest has no `drift`", where=place, hint=hint)
    for name in names:
        if name not in manifest.watches:
            raise InputError(f"no watch is called `{name}`", where=place, hint=did_you_mean(name, manifest.watches))
    return manifest, [manifest.watches[name] for name in dict.fromkeys(names or manifest.watches)]
