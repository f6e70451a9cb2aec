"""Counts in the results of Qiskit, read without Qiskit.

Two forms are known: `json.dumps(result.to_dict())` of a backend's `Result`, and a sampler's `PrimitiveResult` as
qiskit-ibm-runtime's `RuntimeEncoder` writes it, whose shots are a compressed NumPy array.
"""

import base64
import binascii
import io
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NoReturn

import numpy as np

from qops.errors import InputError
from qops.formats.epochs_json import Counted
from qops.model.where import Where

_MOST_BYTES = 256 * 2**20


def is_result(content: object) -> bool:
    """Whether a JSON document looks like one of these."""
    return isinstance(content, dict) and ("results" in content or "__type__" in content)


def read(content: Mapping[str, object], file: str, at: str | None, which: int | None) -> Counted:
    """The counts of one circuit, as an epoch.

    Args:
        content: the document.
        file: its name.
        at: when it was counted; what the document says if None.
        which: of several circuits, from 0; None where there is one.

    Raises:
        InputError: it is no such result, has several circuits, or no time.
    """
    every = _results(content, file)
    if which is None and len(every) != 1:
        _refuse(f"the file has the results of {len(every)} circuits", file, "`--result N` says which, from 0")
    if not 0 <= (which or 0) < len(every):
        _refuse(f"there is no result {which}: the file has {len(every)}", file, "they are counted from 0")
    one = every[which or 0]
    counts = _of_primitive(one, file) if "__type__" in content else _of_backend(one, file)
    moment = at or content.get("date")
    if not isinstance(moment, str):
        _refuse("the file does not say when it was counted", file, "`--at TIME` says so, as in 2026-01-31T12:00:00Z")
    job = content.get("job_id")
    return Counted(moment, counts, job=job if isinstance(job, str) else "")


def _results(content: Mapping[str, object], file: str) -> Sequence[object]:
    found = content.get("results")
    if "__type__" in content:
        if content["__type__"] != "PrimitiveResult":
            _refuse(
                f"the file is a {content['__type__']!s:.40}, no result of a sampler", file, "write its PrimitiveResult"
            )
        found = _in(content, file, "__value__", "pub_results")
    if not isinstance(found, list):
        _refuse("the results are no array", file, "write `json.dumps(result.to_dict())`")
    return found


def _of_backend(one: object, file: str) -> dict[str, int]:
    """Hexadecimal numbers of all the bits of a circuit."""
    counts, width = _in(one, file, "data", "counts"), _in(one, file, "header", "memory_slots")
    if not isinstance(counts, dict) or not isinstance(width, int) or not 0 < width <= 4096:
        _refuse("a result has no counts", file, "measure, and ask for counts")
    found: Counter[str] = Counter()
    for word, times in counts.items():
        try:
            bits = f"{int(word, 16):0{width}b}"
        except ValueError:
            bits = ""
        if len(bits) != width or not isinstance(times, int) or times < 0:
            _refuse(
                f"`{word[:40]}`: {times!s:.20} is no count of an outcome of {width} bits", file, "hexadecimal words"
            )
        found[bits] += times
    return dict(found)


def _of_primitive(one: object, file: str) -> dict[str, int]:
    """The shots of all registers, the first at the right."""
    data = _in(one, file, "__value__", "data", "__value__")
    names, fields = _in(data, file, "field_names"), _in(data, file, "fields")
    if not isinstance(names, list) or not isinstance(fields, dict) or not names:
        _refuse("a result has no registers", file, "measure into a register")
    columns = [_words(_in(fields, file, str(name), "__value__"), file) for name in names]
    if len({len(column) for column in columns}) != 1:
        _refuse("the registers have different numbers of shots", file, "write the result anew")
    return dict(Counter("".join(reversed(words)) for words in zip(*columns, strict=True)))


def _words(field: object, file: str) -> list[str]:
    width, text = _in(field, file, "num_bits"), _in(field, file, "array", "__value__")
    if not isinstance(width, int) or not isinstance(text, str) or width < 1:
        _refuse("a register is no bit array", file, "measure into a register")
    array = _array(text, file)
    if array.dtype != np.uint8 or array.ndim != 2 or array.shape[1] != (width + 7) // 8:
        _refuse(
            "a register is no array of shots, or its circuit was run with several parameters", file, "one at a time"
        )
    bits = np.unpackbits(array, axis=1)[:, -width:]
    return ["".join("1" if bit else "0" for bit in row) for row in bits.tolist()]


def _array(text: str, file: str) -> np.ndarray:
    try:
        inflated = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), _MOST_BYTES)
        found: np.ndarray = np.load(io.BytesIO(inflated), allow_pickle=False)
    except (binascii.Error, zlib.error, ValueError, EOFError, OSError) as problem:
        _refuse(f"the shots are damaged: {problem}", file, "write the result anew")
    return found


def _in(content: object, file: str, *keys: str) -> object:
    """What lies under these keys, one after the other."""
    for key in keys:
        if not isinstance(content, dict) or key not in content:
            _refuse(f"the result has no `{key}`", file, "write `json.dumps(result.to_dict())`, or by `RuntimeEncoder`")
        content = content[key]
    return content


def _refuse(cause: str, file: str, hint: str) -> NoReturn:
    raise InputError(cause, where=Where(file), hint=hint)
