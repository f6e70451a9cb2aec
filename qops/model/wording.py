"""Words that agree with their numbers, and words of others made fit to print."""


def counted(number: int, noun: str) -> str:
    """A number and its noun, thousands grouped.

    >>> counted(1, "qubit"), counted(2000, "qubit")
    ('1 qubit', '2,000 qubits')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def visible(text: str, most: int = 300) -> str:
    r"""`text` on one line, cut to `most` characters; what a terminal would act upon is shown as an escape.

    >>> visible("one\n  two\x1b[2J")
    'one | two\\x1b[2J'
    """
    lines = [line.strip() for line in text.split("\n")]
    shown = "".join(map(_shown, " | ".join(line for line in lines if line)))
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def last_lines(printed: bytes, count: int = 3) -> str:
    r"""The last lines that a child printed, on one line.

    >>> last_lines(b"a\nb\nc\nd\n", count=2)
    'c | d'
    """
    lines = [line for line in printed.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
    return visible("\n".join(lines[-count:]))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
