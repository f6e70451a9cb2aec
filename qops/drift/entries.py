"""The watches that the user means."""

import fnmatch
from collections.abc import Sequence

from qops.errors import InputError
from qops.model.drift import DriftEntry
from qops.model.manifest import Manifest
from qops.model.ports import WorkTree
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.recorded import repository


def declared(tree: WorkTree, names: Sequence[str]) -> tuple[Manifest, list[DriftEntry]]:
    """The manifest, and the watches of these names, a `*` in one standing for anything; or all of them.

    Raises:
        InputError: there is none, or none of that name.
    """
    manifest = repository.declared(tree)
    place = Where(repository.MANIFEST)
    if not manifest.watches:
        hint = 'declare one: `drift: {bell: {circuit: bell, success: ["00", "11"]}}`'
        raise InputError("the manifest has no `drift`", where=place, hint=hint)
    wanted = [one for name in names for one in _meant(name, manifest, place)]
    return manifest, [manifest.watches[name] for name in dict.fromkeys(wanted or manifest.watches)]


def _meant(name: str, manifest: Manifest, place: Where) -> list[str]:
    """The watch of this name, or all that a pattern matches."""
    if name in manifest.watches:
        return [name]
    found = fnmatch.filter(manifest.watches, name) if "*" in name else []
    if not found:
        raise InputError(f"no watch is called `{name}`", where=place, hint=did_you_mean(name, manifest.watches))
    return found
