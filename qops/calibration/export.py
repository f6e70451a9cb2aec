"""Keeping what was exported, never over something of another kind."""

from pathlib import Path

from qops.errors import InputError
from qops.formats import calibration_json, exact_json, target_json
from qops.model.ports import AnyFile
from qops.model.where import Where


def keep(files: AnyFile, to: Path, data: bytes) -> None:
    """Write `data` to the file `to`.

    Raises:
        InputError: the file is there, and is neither a target nor a calibration.
    """
    present = files.read(to)
    if present is not None and exact_json.kind_of(present) not in {target_json.KIND, calibration_json.KIND}:
        cause = "the file is there, and is neither a target nor a calibration"
        raise InputError(cause, where=Where(str(to)), hint="name another file")
    files.write(to, data)
