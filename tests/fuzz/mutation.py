"""Files that are nearly right: good ones, cut, doubled, spliced with others, and sown with what breaks readers."""

import random
from collections.abc import Sequence

LARGEST = 20_000
NASTY = [
    *b"( ) { } [ ] < > ; : , . .. - + * / ** ^ ! # % & | @ = == -> ? ~ ` ' \" $3 /* // \\ \\u0000 \\ud800".split(),
    *b"1e999 -1e999 1e-999 1_0 0x 012 1:30 99999999999999999999 18446744073709551616 4294967295 -1 nan inf".split(),
    *b"infinity NaN null true on no ~ <<: &a *a !!python/object:os.system {{ }} --- ... |".split(),
    *b"\xff \xc3 \xed\xa0\x80 \xd9\xa3 \xef\xbb\xbf \xe2\x80\xae \xc3\xa9 \x00 \x1b[2J \x7f \r".split(b" "),
    b"\n",
    b"\t",
    b" ",
    b"<<<<<<< ours\n",
    b"=======\n",
    b"../../etc/passwd",
    b"/dev/zero",
    b"9" * 400,
    b"(" * 300,
    b"[" * 300,
    b"-" * 300,
    b"{" * 40,
]


def mutated(seeds: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the seeds after one to four changes; `words` are pieces of the format, to be put in besides `NASTY`."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        _CHANGES[chance.randrange(len(_CHANGES))](data, seeds, words, chance)
    return bytes(data[:LARGEST])


def _insert(data: bytearray, _seeds: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    data[place:place] = chance.choice(words if chance.random() < 0.5 else NASTY)


def _replace(data: bytearray, _seeds: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    data[place : place + chance.randrange(1, 8)] = chance.choice(words if chance.random() < 0.5 else NASTY)


def _number(data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    """A digit becomes a number that means something else, or nothing."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        place = chance.choice(digits)
        data[place : place + 1] = chance.choice((b"0", b"1", b"-1", b"1e400", b"2.5", b"18446744073709551619", b"3"))


def _cut(data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    place = chance.randrange(len(data) + 1)
    del data[place : place + chance.choice((1, 2, 5, 20, 200, len(data)))]


def _flip(data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _double(data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    place, other = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    data[place:place] = data[other : other + chance.randrange(80)] * chance.choice((1, 1, 2, 50))


def _splice(data: bytearray, seeds: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    other = chance.choice(seeds)
    place, start = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    data[place:] = other[start:]


def _swap_lines(data: bytearray, _seeds: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


_CHANGES = (_insert, _insert, _replace, _number, _cut, _flip, _double, _splice, _swap_lines)
