"""The settings by which a repository's git knows the drivers."""

from qops.hooks.launch import Launch

NAMES = ("diff.qops-circuit", "diff.qops-parameters", "merge.qops-circuit", "merge.qops-lock", "merge.qops-artifacts")


def sections(launch: Launch) -> dict[str, dict[str, str]]:
    """The settings by section of `.git/config`."""
    convert = {"textconv": launch.textconv()}
    return {
        "diff.qops-circuit": convert,
        "diff.qops-parameters": convert,
        "merge.qops-circuit": {"name": "circuits, by qops", "driver": launch.merge("merge-circuit")},
        "merge.qops-lock": {"name": "qops.lock, circuit by circuit", "driver": launch.merge("merge-lock")},
        "merge.qops-artifacts": {"name": "DVC's directory, file by file", "driver": launch.merge("merge-artifacts")},
    }
