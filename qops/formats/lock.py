"""`qops.lock`: what the last snapshot recorded, as lines that people can review and git can merge.

The order of the file serves merges. Each circuit is a block of lines under its name, sorted by name, one fact a line; a
name never changes within its block, so changes to neighbouring circuits have an unchanged line between them and merge
cleanly. What differs at every snapshot, the revision and whether the tree was dirty, is two lines near the top, away
from the circuits: two branches conflict there and nowhere else, and the next snapshot writes both lines anew. There is
no count and no checksum of the whole, which every change would touch. What is empty has no line.

The text is YAML to any reader. This one reads only what `write` writes, and everything else is an error with its line.
A digest carries the version of its ladder, as in `s1:`; one of another version cannot be compared, and is refused.
"""

import re
from collections.abc import Iterator, Mapping

from qops import __version__
from qops.formats.conflicts import refuse_conflicts
from qops.formats.lock_lines import Lines, spell
from qops.formats.text import decode
from qops.model.digest import CircuitDigest
from qops.model.snapshot import CalibrationRecord, CircuitRecord, Environment, Sizes, Snapshot

HEADER = "# Written by qops snapshot; do not edit."
VERSION = 1

_DIGEST = re.compile(r"([a-z])([0-9]{1,9}):([0-9a-f]{64})")
_MD5 = re.compile(r"md5:([0-9a-f]{32}(?:\.dir)?)")


def write(snapshot: Snapshot) -> bytes:
    """The lock file of a snapshot; the same snapshot always gives the same bytes."""
    lines = [HEADER, f"version: {VERSION}", *_environment_lines(snapshot.environment)]
    lines += [f"store: {spell(snapshot.store)}", *_calibration_lines(snapshot.calibrations)]
    lines += [*_compiled_lines(snapshot.compiled), "circuits:"]
    for name in sorted(snapshot.circuits):
        lines += _circuit_lines(snapshot.circuits[name])
    return "".join(f"{line}\n" for line in lines).encode()


def _environment_lines(environment: Environment) -> Iterator[str]:
    yield "environment:"
    yield f"  revision: {spell(environment.revision)}"
    yield f"  dirty: {'true' if environment.dirty else 'false'}"
    yield f"  platform: {spell(environment.platform)}"
    yield from _pair_lines("  ", "versions", {name: spell(text) for name, text in environment.versions.items()})
    yield from _pair_lines("  ", "seeds", environment.seeds)


def _calibration_lines(calibrations: Mapping[str, CalibrationRecord]) -> Iterator[str]:
    """One block a backend, as one a circuit; a repository without backends has none of these lines."""
    if calibrations:
        yield "calibrations:"
    for name in sorted(calibrations):
        record = calibrations[name]
        yield f"  {spell(name)}:"
        yield f"    identity: k1:{record.identity}"
        if record.captured_at:
            yield f"    captured_at: {spell(record.captured_at)}"
        yield f"    qubits: {record.qubits}"
        yield f"    file: md5:{record.file}"


def _compiled_lines(compiled: Mapping[str, str]) -> Iterator[str]:
    """A line for each compiled circuit; a repository without a matrix has none."""
    if compiled:
        yield "compiled:"
    for path in sorted(compiled):
        yield f"  {spell(path)}: md5:{compiled[path]}"


def _circuit_lines(record: CircuitRecord) -> Iterator[str]:
    digest, sizes = record.digest, record.sizes
    yield f"  {spell(record.name)}:"
    yield f"    source: {spell(record.source)}"
    yield f"    format: {spell(record.format)}"
    yield f"    skeleton: s1:{digest.skeleton}"
    yield f"    parameters: p1:{digest.parameters}"
    yield f"    frame: f1:{digest.frame}"
    yield f"    bytes: b1:{digest.bytes}"
    if record.parameters_bytes:
        yield f"    parameters_bytes: b1:{record.parameters_bytes}"
    yield f"    qubits: {sizes.qubits}"
    yield f"    bits: {sizes.bits}"
    yield f"    operations: {sizes.operations}"
    yield f"    depth: {sizes.depth}"
    yield f"    two_qubit: {sizes.two_qubit}"
    yield f"    t_count: {sizes.t_count}"
    yield from _pair_lines("    ", "gates", sizes.gates)
    yield f"    parameter_count: {record.parameter_count}"
    yield f"    bindings: {record.bindings}"
    if record.tags:
        yield "    tags:"
        yield from (f"      - {spell(tag)}" for tag in record.tags)
    yield from _pair_lines("    ", "files", {path: f"md5:{md5}" for path, md5 in record.files.items()})


def _pair_lines(indent: str, title: str, pairs: Mapping[str, object]) -> Iterator[str]:
    if pairs:
        yield f"{indent}{title}:"
        yield from (f"{indent}  {spell(key)}: {pairs[key]}" for key in sorted(pairs))


def read(data: bytes, file: str) -> Snapshot:
    """The snapshot that a lock file called `file` records.

    Raises:
        InputError: the file is not as `write` wrote it, or another version of qops did; the line is named.
    """
    text = decode(data, file)
    refuse_conflicts(text, file, f"run `git checkout --ours -- {file}`, then `qops snapshot`, which writes it anew")
    lines = Lines(text, file)
    if not lines.accept(HEADER):
        lines.fail("this is not a lock that `qops snapshot` wrote")
    version = lines.number("version: ")
    if version != VERSION:
        lines.fail(f"the lock is of version {version}; qops {__version__} reads version {VERSION}", "use a newer qops")
    environment = _environment(lines)
    store = lines.text("store: ")
    calibrations = _calibrations(lines)
    compiled = {path: _md5(lines, value) for path, value in lines.pairs("compiled:", "  ")}
    lines.fact("circuits:")
    circuits: dict[str, CircuitRecord] = {}
    while not lines.ended:
        name = _name(lines, "circuit")
        if name in circuits:
            lines.fail(f"the lock is damaged: the circuit `{name}` is here for the second time")
        circuits[name] = _circuit(lines, name)
    return Snapshot(circuits, environment, store, calibrations, compiled)


def _calibrations(lines: Lines) -> dict[str, CalibrationRecord]:
    found: dict[str, CalibrationRecord] = {}
    if not lines.accept("calibrations:"):
        return found
    while lines.follows("  "):
        name = _name(lines, "backend")
        if name in found:
            lines.fail(f"the lock is damaged: the backend `{name}` is here for the second time")
        identity = _digest(lines, "identity", "k")
        captured = lines.text("    captured_at: ") if lines.follows("    captured_at: ") else ""
        qubits = lines.number("    qubits: ")
        found[name] = CalibrationRecord(name, identity, captured, qubits, _md5(lines, lines.fact("    file: ")))
    return found


def _environment(lines: Lines) -> Environment:
    lines.fact("environment:")
    revision = lines.text("  revision: ")
    dirty = lines.fact("  dirty: ")
    if dirty not in {"true", "false"}:
        lines.fail("the lock is damaged: here belongs true or false")
    platform = lines.text("  platform: ")
    versions = {key: lines.unspell(value) for key, value in lines.pairs("  versions:", "    ")}
    seeds = {key: lines.to_number(value) for key, value in lines.pairs("  seeds:", "    ")}
    return Environment(versions, platform, revision, dirty == "true", seeds)


def _circuit(lines: Lines, name: str) -> CircuitRecord:
    source = lines.text("    source: ")
    written_as = lines.text("    format: ")
    digest = CircuitDigest(
        skeleton=_digest(lines, "skeleton", "s"),
        parameters=_digest(lines, "parameters", "p"),
        frame=_digest(lines, "frame", "f"),
        bytes=_digest(lines, "bytes", "b"),
    )
    parameters_bytes = _digest(lines, "parameters_bytes", "b") if lines.follows("    parameters_bytes: ") else ""
    sizes = _sizes(lines)
    parameter_count = lines.number("    parameter_count: ")
    bindings = lines.number("    bindings: ")
    tags = tuple(_tag(lines, line) for line in lines.below("    tags:", "      "))
    files = {path: _md5(lines, value) for path, value in lines.pairs("    files:", "      ")}
    return CircuitRecord(
        name, source, written_as, digest, sizes, parameter_count, bindings, parameters_bytes, tags, files
    )


def _sizes(lines: Lines) -> Sizes:
    return Sizes(
        qubits=lines.number("    qubits: "),
        bits=lines.number("    bits: "),
        operations=lines.number("    operations: "),
        depth=lines.number("    depth: "),
        two_qubit=lines.number("    two_qubit: "),
        t_count=lines.number("    t_count: "),
        gates={gate: lines.to_number(value) for gate, value in lines.pairs("    gates:", "      ")},
    )


def _name(lines: Lines, what: str) -> str:
    line = lines.fact("  ")
    if line.startswith(" ") or not line.endswith(":"):
        lines.fail(f"the lock is damaged: here belongs the name of a {what}")
    return lines.unspell(line[:-1])


def _digest(lines: Lines, kind: str, letter: str) -> str:
    found = _DIGEST.fullmatch(lines.fact(f"    {kind}: "))
    if not found or found[1] != letter:
        lines.fail(f"the lock is damaged: here belongs a digest, `{letter}1:` and 64 hexadecimal digits")
    if found[2] != "1":
        cause = f"the {kind} digest is of version {letter}{found[2]}; qops {__version__} compares {letter}1"
        lines.fail(cause, "use a newer qops")
    return found[3]


def _tag(lines: Lines, line: str) -> str:
    if not line.startswith("- "):
        lines.fail("the lock is damaged: here belongs a tag")
    return lines.unspell(line[2:])


def _md5(lines: Lines, written: str) -> str:
    found = _MD5.fullmatch(written)
    return found[1] if found else lines.fail("the lock is damaged: here belongs `md5:` and 32 hexadecimal digits")
