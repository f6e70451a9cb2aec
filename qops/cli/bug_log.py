"""The file that a user pastes into a bug report."""

import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from qops import __version__, world
from qops.cli.surroundings import installed_version

PACKAGES = ("typer", "msgspec", "PyYAML", "qiskit", "qiskit-aer", "qiskit-qasm3-import", "dvc", "GitPython", "numpy")


def keep(error: BaseException, arguments: Sequence[str]) -> Path | None:
    """Write the log beside the repository's other logs, else with the temporary files; None if nowhere takes it."""
    name = f"bug-{world.now().replace(':', '')}-{world.process_id()}.md"
    for directory in (_repository_logs(), Path(tempfile.gettempdir())):
        if directory is None:
            continue
        try:
            directory.mkdir(exist_ok=True)
            path = directory / name
            path.write_text(_text(error, arguments), encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return path
    return None


def _repository_logs() -> Path | None:
    """`.qops/logs` of the nearest directory upwards that has a `.qops`."""
    here = world.current_directory()
    return next((place / ".qops" / "logs" for place in (here, *here.parents) if (place / ".qops").is_dir()), None)


def _text(error: BaseException, arguments: Sequence[str]) -> str:
    rows = {"qops": __version__, "python": world.python_version(), "platform": world.platform_name()}
    rows |= {package: installed_version(package) or "not installed" for package in PACKAGES}
    trace = "".join(traceback.format_exception(error))
    versions = "\n".join(f"- {name}: {value}" for name, value in rows.items())
    return f"""# A bug in qops, {world.now()}

`{["qops", *arguments]!r}`

```
{trace}```

{versions}
"""
