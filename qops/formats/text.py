"""Bytes to text, with the place of whatever is not text."""

import re

from qops.errors import InputError
from qops.model.where import excerpt, place

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes, file: str) -> str:
    """The text of a UTF-8 file, less a byte order mark; `file` is its name, for errors.

    Raises:
        InputError: at the first byte that is not UTF-8, or the first control character.
    """
    if data.startswith(_UTF16):
        raise InputError("the file is UTF-16", where=place(file, "", 0), hint="save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        start = len(data) - len(problem.object) + problem.start
        shown = data.decode("utf-8", "replace").removeprefix("\ufeff")
        offset = len(data[:start].decode("utf-8-sig"))
        raise InputError(
            f"byte 0x{data[start]:02x} is not UTF-8",
            where=place(file, shown, offset),
            excerpt=excerpt(shown, offset),
            hint="save the file as UTF-8",
        ) from None
    if found := CONTROL.search(text):
        raise InputError(
            f"the control character U+{ord(found[0]):04X} has no place in this file",
            where=place(file, text, found.start()),
            excerpt=excerpt(text, found.start()),
            hint="remove it",
        )
    return text
