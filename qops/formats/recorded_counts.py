"""Counts on record: one job a line, as JSON, in the order of time."""

from collections.abc import Iterable

import msgspec

from qops.errors import InputError
from qops.model.where import Where


class RecordedJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A job that ran: the circuit's digests in hexadecimal, times by outcome, and what is known of the job."""

    skeleton: str
    parameters: str
    counts: dict[str, int]
    job: str = ""
    began_at: str = ""
    calibration: str = ""

    @property
    def shots(self) -> int:
        """How often the circuit ran."""
        return sum(self.counts.values())


def write(jobs: Iterable[RecordedJob]) -> bytes:
    """The lines of jobs."""
    return b"".join(msgspec.json.encode(job) + b"\n" for job in jobs)


def read(data: bytes, file: str) -> tuple[RecordedJob, ...]:
    """The jobs in a file called `file`.

    Raises:
        InputError: a line is no job, or its counts are none.
    """
    lines = data.split(b"\n")
    return tuple(_job(line, Where(file, number, 1)) for number, line in enumerate(lines, 1) if line.strip())


def _job(line: bytes, where: Where) -> RecordedJob:
    try:
        job = msgspec.json.decode(line, type=RecordedJob)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        hint = "one JSON object a line: skeleton, parameters, counts, and job, began_at, calibration"
        raise InputError(f"this is no job on record: {problem}", where=where, hint=hint) from None
    widths = {len(outcome) for outcome in job.counts}
    if len(widths) > 1 or any(set(outcome) - {"0", "1"} for outcome in job.counts):
        raise InputError("the outcomes are not all so many bits of 0 and 1", where=where)
    if any(times < 0 for times in job.counts.values()) or not job.shots:
        raise InputError("the counts are no counts: all at least 0, and one above", where=where)
    return job
