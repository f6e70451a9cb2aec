"""What is installed of what diagnostics may use; it is looked for and not imported."""

from importlib.util import find_spec

from qops.errors import EnvironmentFault


def need_pygsti() -> None:
    """Raise an `EnvironmentFault` where pyGSTi is not there."""
    if find_spec("pygsti") is None:
        raise EnvironmentFault("pyGSTi is not installed", hint="`pip install 'qops[gst]'` installs it")
