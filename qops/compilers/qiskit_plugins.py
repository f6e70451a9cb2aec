"""Only the plugins that were asked for.

Qiskit imports every installed stage plugin when it compiles for the first time in a process, more than a second where a
provider is installed; no stage but the chosen ones is ever run.
"""

from collections.abc import Collection
from importlib.metadata import entry_points

from stevedore import ExtensionManager

from qops.compilers.surroundings import PLUGINS

STAGES = ("init", "layout", "routing", "translation", "optimization", "scheduling")


def keep(asked: Collection[str]) -> None:
    """Leave Qiskit's own stages and those of these names; the others are not found any more in this process."""
    installed = entry_points()
    for stage in STAGES:
        group = f"{PLUGINS}{stage}"
        ExtensionManager.ENTRY_POINT_CACHE[group] = [
            entry for entry in installed.select(group=group) if entry.name in asked or entry.value.startswith("qiskit.")
        ]
