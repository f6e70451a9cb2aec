"""A target of ours in a file: a device without its provider's package, simulated where circuits are run."""

from qops.backends import Site
from qops.backends.simulated import Simulated
from qops.formats import target_json
from qops.model.manifest import BackendEntry


def open_backend(entry: BackendEntry, site: Site) -> Simulated:
    """The target in the file that the manifest names."""
    return Simulated(target_json.read(site.read(entry.file), entry.file))
