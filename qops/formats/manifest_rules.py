"""What a name, a path or a tag of the manifest may be, one rule a function."""

import math
import posixpath
import re

from qops.formats.located_values import Objection
from qops.formats.manifest_globs import Pattern
from qops.model.manifest import COUPLINGS
from qops.model.spelling import did_you_mean

NAME_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"
TAG = r"[A-Za-z0-9][A-Za-z0-9._+/-]*"
KIND = r"[A-Za-z][A-Za-z0-9._-]*"
IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_]*"
TARGET = rf"{IDENTIFIER}(?:\.{IDENTIFIER})*:{IDENTIFIER}"
MOMENT = r"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$"
STORE_PART = r"[A-Za-z](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"

LONGEST_NAME = 100
MOST_QUBITS = 10_000
_LONGEST_PATH = 1000
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_ARTIFACTS = {"circuit.qasm", "circuit.qpy", "parameters.csv"}
_YAML_WORDS = {"null", "true", "false"}
_OTHERS = {".git", ".dvc", ".qops"}


def circuit_name(name: str) -> Objection | None:
    """A name is a directory on every system: `/` between parts; one `*` may stand for many names."""
    spelled = name.replace("*", "x", 1)
    if not name:
        return Objection("is not a name", "give the circuit a name")
    if len(name) > LONGEST_NAME:
        return Objection(f"is longer than {LONGEST_NAME} characters")
    for part in spelled.split("/"):
        if not re.fullmatch(NAME_PART, part):
            return Objection(
                "is not a name for a circuit",
                f"letters, digits and `._-` make a name, with `/` between parts, for example `{_like(name)}`",
            )
        if _WINDOWS.fullmatch(part):
            return Objection(f"holds `{part}`, which Windows reserves for a device", "choose another name")
        if part.lower() in _ARTIFACTS:
            return Objection(f"holds `{part}`, which is the name of a file that qops writes", "choose another name")
    return None


def _like(name: str) -> str:
    """A valid name as near to `name` as can be."""
    first, star, rest = name.partition("*")
    parts = (
        re.sub(r"[^A-Za-z0-9._*-]+", "_", part).strip(".")
        for part in f"{first}{star}{rest.replace('*', '')}".split("/")
    )
    return "/".join(part.lstrip("-") for part in parts if part.lstrip("-")) or "circuit"


def repository_path(path: str) -> Objection | None:
    """A path from the repository's top directory that stays inside, and out of git's, DVC's and qops's own."""
    top = "write it from the repository's top directory"
    parts = path.split("/")
    owned = _OTHERS & {part.lower() for part in parts}
    objections = (
        (not path.isprintable() or not path.strip(), "is not a path", None),
        (len(path) > _LONGEST_PATH, f"is longer than {_LONGEST_PATH} characters", None),
        ("\\" in path, "has a backslash", f"write `{path.replace(chr(92), '/')}`"),
        (re.match("/|~|[A-Za-z]:", path), "is not a path within the repository", top),
        (".." in parts, "leads out of the directory where it is", f"{top}, without `..`"),
        ("" in parts or "." in parts, "has an empty part", f"write `{posixpath.normpath(path)}`"),
        (owned, f"lies inside {min(owned, default='')}, which is not for your files", "choose another place"),
    )
    return next((Objection(cause, hint) for wrong, cause, hint in objections if wrong), None)


def source_path(path: str) -> Objection | None:
    """A circuit's file: OpenQASM or QPY."""
    if objection := repository_path(path) or _wildcards(path):
        return objection
    if path.lower().endswith(".py"):
        return Objection("is a Python file", "write `python: module:function` in place of `source`")
    if not path.lower().endswith((".qasm", ".qpy")):
        return Objection("is neither a .qasm nor a .qpy file", "export the circuit as OpenQASM")
    return None


def parameters_path(path: str) -> Objection | None:
    """A parameter file: CSV."""
    if objection := repository_path(path) or _wildcards(path):
        return objection
    if not path.lower().endswith(".csv"):
        return Objection("is not a .csv file", "write the parameters as `parameter,value` lines in a .csv file")
    return None


def _wildcards(path: str) -> Objection | None:
    pattern = Pattern.of(path)
    if not pattern:
        return None
    fixed = pattern.before + pattern.after
    if "*" in fixed:
        return Objection("has more than one wildcard", "keep one `*`, or one `**`")
    if re.search(r"[?\[]", fixed):
        return Objection("has a wildcard other than `*`", "keep one `*`, or one `**`")
    return None


def store(path: str) -> Objection | None:
    """The directory that DVC tracks: plain enough to stand in a `.dvc` file without quotes."""
    for part in path.split("/"):
        plain = re.fullmatch(STORE_PART, part) and len(part) <= LONGEST_NAME
        if not plain or part.lower() in _YAML_WORDS or _WINDOWS.fullmatch(part):
            return Objection(
                "is not a directory that qops can give to DVC",
                "begin with a letter, then letters, digits and `._-`, for example `artifacts`",
            )
    return repository_path(path)


def python_target(target: str) -> Objection | None:
    """A function that returns a circuit."""
    if re.fullmatch(TARGET, target):
        return None
    return Objection("does not name a function", "write `module:function`, for example `circuits.build:feature_map`")


def argument_name(name: str) -> Objection | None:
    """A keyword argument."""
    return None if re.fullmatch(IDENTIFIER, name) else Objection("is not the name of a Python argument")


def tag(text: str) -> Objection | None:
    """A tag: one word."""
    if re.fullmatch(TAG, text) and len(text) <= LONGEST_NAME:
        return None
    return Objection("is not a tag", "letters, digits and `._+/-` make a tag")


def index(number: int) -> Objection | None:
    """The place of a circuit in a QPY file."""
    return None if number >= 0 else Objection("is not the place of a circuit", "circuits are counted from 0")


def backend_name(name: str) -> Objection | None:
    """A name is a file of the store: as a circuit's, and of one part."""
    if "/" in name or "*" in name:
        return Objection("is not a name for a backend", "letters, digits and `._-` make a name")
    objection = circuit_name(name)
    return Objection(objection.cause.replace("circuit", "backend"), objection.hint) if objection else None


def backend_kind(kind: str) -> Objection | None:
    """The kind of a backend: built in, or the name of an entry point."""
    return None if re.fullmatch(KIND, kind) else Objection("is not a kind of backend", "for example `fake`")


def device(name: str) -> Objection | None:
    """A device by its provider's name."""
    good = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name)
    return None if good else Objection("is not the name of a device", "for example `torino`")


def qubits(number: int) -> Objection | None:
    """How many qubits a backend has."""
    return None if 1 <= number <= MOST_QUBITS else Objection(f"is no number of qubits from 1 to {MOST_QUBITS}")


def seed(number: int) -> Objection | None:
    """What random numbers are drawn from."""
    return None if 0 <= number < 2**32 else Objection("is no seed", "a seed is a whole number of 32 bits")


def coupling(name: str) -> Objection | None:
    """How qubits are connected."""
    if name in COUPLINGS:
        return None
    hint = did_you_mean(name, COUPLINGS) or f"they may be {', '.join(COUPLINGS)}"
    return Objection("is no way to connect qubits", hint)


def gate_name(name: str) -> Objection | None:
    """A gate of a basis."""
    return None if re.fullmatch(IDENTIFIER, name) else Objection("is not the name of a gate")


def backend_file(path: str) -> Objection | None:
    """A target's file, JSON, or one of counts, a line of JSON for each job."""
    if objection := repository_path(path):
        return objection
    if path.lower().endswith((".json", ".jsonl")):
        return None
    return Objection("is not a .json file", "`qops backend export NAME --to FILE.json` writes one")


def start(text: str) -> Objection | None:
    """A moment in UTC."""
    return None if re.search(MOMENT, text) else Objection("is no time in UTC", 'write "2026-01-31T12:00:00Z"')


def interpreter(path: str) -> Objection | None:
    """A Python interpreter, anywhere on the disk."""
    return None if path.isprintable() and path.strip() else Objection("is not the path of a program")


def finite(number: float) -> Objection | None:
    """A number that every format can carry."""
    return None if math.isfinite(number) else Objection("is not a finite number")
