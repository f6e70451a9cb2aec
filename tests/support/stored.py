"""Two versions of a store, and what is on the disk of it."""

import shutil
import stat
from pathlib import Path

FIRST = {
    "circuits/bell/circuit.qasm": b"OPENQASM 3.0;\nqubit[2] q;\n",
    "circuits/bell/parameters.csv": b"parameter,value\ntheta,0.1\n",
    "circuits/\xe9t\xe9 1/circuit.qasm": b"\0\xff",
    "circuits-2/copy.qasm": b"OPENQASM 3.0;\nqubit[2] q;\n",
    "Z": b"",
    "a": b"",
}
SECOND = {**{path: FIRST[path] for path in list(FIRST)[1:]}, "circuits/new/circuit.qasm": b"x", "a": b"longer"}


def everything(directory: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every entry below a directory: mode, and content for files."""
    return {
        path.relative_to(directory).as_posix(): (
            stat.S_IMODE(path.lstat().st_mode),
            path.read_bytes() if path.is_file() else None,
        )
        for path in directory.rglob("*")
    }


def kept_by_dvc(root: Path, above: str = "") -> dict[str, object]:
    """All that DVC itself would write for the store."""
    return {
        "work tree": everything(root / above / "artifacts"),
        "cache": everything(root / ".dvc" / "cache"),
        "pointer": (root / above / "artifacts.dvc").read_bytes(),
        "ignored": (root / above / ".gitignore").read_bytes(),
    }


def write_files(directory: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    for path, data in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(data)


def cached(root: Path, digest: str) -> Path:
    return root / ".dvc" / "cache" / "files" / "md5" / digest[:2] / digest[2:]


def damage(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    path.chmod(mode)
