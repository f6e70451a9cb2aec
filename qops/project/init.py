"""`qops init`: a repository becomes a project, and nothing in it is lost."""

from collections.abc import Sequence

from qops.formats import manifest
from qops.model.ground import Ground
from qops.model.report import Report
from qops.project import steps
from qops.project.describe import describe
from qops.project.discovery import SUFFIXES, manifest_text, name_circuits
from qops.project.steps import Step

MANIFEST = "qops.yaml"

_COMMITTED = {
    ".dvc": ".dvc .dvcignore",
    MANIFEST: MANIFEST,
    ".gitignore": ".gitignore",
    steps.ATTRIBUTES: steps.ATTRIBUTES,
}


def run(ground: Ground) -> Report:
    """Make a directory ready for qops; what is there already stays as it is.

    Raises:
        InputError: the manifest that is there is not valid; nothing has been written.
        EnvironmentFault: git, DVC or the disk refused.
    """
    listed = _listed(ground)
    repositories = steps.repositories(ground)
    circuits = _write_manifest(ground) if listed is None else listed
    done = (
        *repositories,
        Step(MANIFEST, listed is None, _count(circuits)),
        steps.schema(ground),
        steps.ignore(ground),
        steps.attributes(ground),
    )
    return describe(f"{ground.files.root} is ready for qops", done, _following(done, circuits))


def _listed(ground: Ground) -> int | None:
    """How many circuits the manifest that is there lists; None where there is none, or only comments."""
    data = _present(ground)
    if not any(line.strip() and not line.lstrip().startswith(b"#") for line in data.splitlines()):
        return None
    return len(manifest.read(data, MANIFEST, ground.files.glob).circuits)


def _write_manifest(ground: Ground) -> int:
    """List the circuits that are there, above what comments there are; how many they are."""
    circuits = name_circuits(ground.candidates(SUFFIXES))
    comments = _present(ground)
    ground.files.write(MANIFEST, manifest_text(circuits).encode() + (b"\n" + comments if comments.strip() else b""))
    return len(circuits)


def _present(ground: Ground) -> bytes:
    return ground.files.read(MANIFEST) if ground.files.exists(MANIFEST) else b""


def _count(circuits: int) -> str:
    if not circuits:
        return "no circuits yet: list yours in it"
    return "1 circuit" if circuits == 1 else f"{circuits} circuits"


def _following(done: Sequence[Step], circuits: int) -> tuple[str, str, str]:
    new = [_COMMITTED[step.subject] for step in done if step.made and step.subject in _COMMITTED]
    first = f'git add {" ".join(new)} && git commit -m "Version circuits with qops"' if new else "qops status"
    snapshot = 'qops snapshot -m "First snapshot"'
    return (first, snapshot, "qops diff") if circuits else ("$EDITOR qops.yaml", first, snapshot)
