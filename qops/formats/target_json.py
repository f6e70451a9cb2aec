"""A target as JSON: one row a place, exact, the same bytes for the same target; and what identifies it.

Numbers are the shortest decimals that read back to the same bits, in SI units; `null` is what is not known. A place is
`[qubits, error, duration]`, a qubit's quality `[T1, T2, frequency]`. An angle is a number where the instruction is
fixed to it, and the name of a symbol where it is free.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from qops.formats import exact_json
from qops.formats import number_rules as rules
from qops.formats.exact_json import Fault, Format, Head
from qops.formats.rows import quoted, row
from qops.model.angle import Symbol
from qops.model.digest import to_bytes, to_hex
from qops.model.target import Instruction, Place, QubitQuality, Target, Timing

KIND = "target"
MOST_QUBITS = 100_000

Qubit = Annotated[int, Meta(ge=0, extra={"rule": rules.qubit})]
Probability = Annotated[float, Meta(ge=0, le=1, extra={"rule": rules.probability})]
Duration = Annotated[float, Meta(ge=0, extra={"rule": rules.duration})]
Frequency = Annotated[float, Meta(extra={"rule": rules.finite})]
Count = Annotated[int, Meta(ge=0, extra={"rule": rules.count})]
Moment = Annotated[str, Meta(pattern=rules.MOMENT, extra={"rule": rules.moment})]
Step = Annotated[int, Meta(ge=1, extra={"rule": rules.step})]
PlaceRow = tuple[tuple[Qubit, ...], Probability | None, Duration | None]
QualityRow = tuple[Duration | None, Duration | None, Frequency | None]
Bounds = tuple[Frequency, Frequency] | None


class InstructionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One instruction; `places` is null where it is possible everywhere."""

    name: str
    gate: str
    qubit_count: Count
    places: tuple[PlaceRow, ...] | None
    angles: tuple[Frequency | str, ...] = ()
    bounds: tuple[Bounds, ...] = ()


class TimingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In units of `dt`."""

    granularity: Step = 1
    min_length: Step = 1
    pulse_alignment: Step = 1
    acquire_alignment: Step = 1


class TargetFile(Head, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    backend: str
    qubits: Annotated[int, Meta(ge=0, le=MOST_QUBITS, extra={"rule": rules.qubit_count(MOST_QUBITS)})]
    instructions: tuple[InstructionFile, ...]
    captured_at: Moment = ""
    dt_s: Duration | None = None
    timing: TimingFile = TimingFile()
    measured_together: tuple[tuple[Qubit, ...], ...] = ()
    qualities: tuple[QualityRow, ...] = ()


def write(target: Target) -> bytes:
    """The file of a target."""
    timing = ", ".join(f'"{name}": {value}' for name, value in msgspec.structs.asdict(target.timing).items())
    lines = [
        "{",
        f'"schema_version": {exact_json.VERSION},',
        f'"kind": "{KIND}",',
        f'"backend": {quoted(target.backend)},',
        f'"captured_at": {quoted(target.captured_at)},',
        f'"qubits": {target.qubits},',
        f'"dt_s": {row(target.dt_s)},',
        f'"timing": {{{timing}}},',
        f'"measured_together": {row(target.measured_together)},',
        '"instructions": [',
        ",\n".join(_instruction_text(instruction) for instruction in target.instructions),
        "],",
        '"qualities": [',
        ",\n".join(row((quality.t1_s, quality.t2_s, quality.frequency_hz)) for quality in target.qualities),
        "]",
        "}",
    ]
    return to_bytes("\n".join(lines) + "\n")


def _instruction_text(instruction: Instruction) -> str:
    angles = tuple(angle.name if isinstance(angle, Symbol) else angle for angle in instruction.angles)
    head = f'{{"name": {quoted(instruction.name)}, "gate": {quoted(instruction.gate)}, '
    head += f'"qubit_count": {instruction.qubit_count}, "angles": {row(angles)}, "bounds": {row(instruction.bounds)}, '
    if instruction.places is None:
        return head + '"places": null}'
    places = ",\n".join(row((place.qubits, place.error, place.duration_s)) for place in instruction.places)
    return f'{head}"places": [\n{places}\n]}}'


def read(data: bytes, file: str) -> Target:
    """The target in a file called `file`.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`, each with line and column.
    """
    return _target(exact_json.read(data, file, _FORMAT))


def _target(content: TargetFile) -> Target:
    timing = Timing(**msgspec.structs.asdict(content.timing))
    return Target(
        backend=content.backend,
        captured_at=content.captured_at,
        qubits=content.qubits,
        instructions=tuple(sorted(map(_instruction, content.instructions), key=lambda each: each.name)),
        qualities=tuple(QubitQuality(*quality) for quality in content.qualities),
        dt_s=content.dt_s,
        timing=timing,
        measured_together=content.measured_together,
    )


def _instruction(content: InstructionFile) -> Instruction:
    angles = tuple(Symbol(angle) if isinstance(angle, str) else angle for angle in content.angles)
    rows = None if content.places is None else sorted(content.places, key=lambda place: place[0])
    places = None if rows is None else tuple(Place(*place) for place in rows)
    return Instruction(content.name, content.gate, content.qubit_count, angles, content.bounds, places)


def _faults(content: TargetFile) -> Iterator[Fault]:
    names: set[str] = set()
    for at, instruction in enumerate(content.instructions):
        here = ("instructions", at)
        if instruction.name in names:
            yield Fault((*here, "name"), f"the instruction `{instruction.name}` is here for the second time")
        names.add(instruction.name)
        if instruction.bounds and len(instruction.bounds) != len(instruction.angles):
            yield Fault((*here, "bounds"), f"`{instruction.name}` has not as many bounds as angles")
        yield from _place_faults(instruction, content.qubits, here)
    if content.qualities and len(content.qualities) != content.qubits:
        cause = f"there are {len(content.qualities)} qualities for {content.qubits} qubits"
        yield Fault(("qualities",), cause, "write one row a qubit, or none at all")


def _place_faults(instruction: InstructionFile, qubits: int, here: tuple[str | int, ...]) -> Iterator[Fault]:
    seen: set[tuple[int, ...]] = set()
    for at, (place, *_) in enumerate(instruction.places or ()):
        path = (*here, "places", at)
        if place in seen:
            yield Fault(path, f"`{instruction.name}` is at {list(place)} for the second time", "keep one of them")
        seen.add(place)
        if len(set(place)) != len(place) or (instruction.qubit_count and len(place) != instruction.qubit_count):
            yield Fault(
                path, f"`{instruction.name}` takes {instruction.qubit_count} different qubits, not {list(place)}"
            )
        if place and max(place) >= qubits:
            yield Fault(path, f"there is no qubit {max(place)}: the {KIND} has {qubits}", "qubits are counted from 0")


_FORMAT = Format(KIND, TargetFile, _faults, lambda content: write(_target(content)))


def identity(target: Target) -> str:
    """The digest of all that compilation depends on: everything but the device's name and the time.

    Its ladder is value → text → bytes → hexadecimal digits; the text is the file, those two left empty, under a first
    line with the version of the ladder.
    """
    nameless = msgspec.structs.replace(target, backend="", captured_at="")
    return to_hex(b"qops target 1\n" + write(nameless))
