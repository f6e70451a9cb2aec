import pytest

from qops.errors import InputError
from qops.formats.conflicts import refuse_conflicts
from qops.formats.text import decode


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("\ufeffé\r\n\t".encode(), "f") == "é\r\n\t"


@pytest.mark.parametrize(
    ("data", "where", "cause"),
    [
        (b"\xff\xfea\0", "f:1:1", "UTF-16"),
        ("a: é\nb: ".encode() + b"\xe9x", "f:2:4", "byte 0xe9"),
        (b"\xef\xbb\xbfab\xff", "f:1:3", "byte 0xff"),
        (b"a\n\xe2\x82", "f:2:1", "byte 0xe2"),
        (b"a: \0", "f:1:4", "U+0000"),
        (b"\n\x1b[31m", "f:2:1", "U+001B"),
        ("a\u009bb".encode(), "f:1:2", "U+009B"),
        ("a\ufeff".encode(), "f:1:2", "U+FEFF"),
    ],
)
def test_what_is_not_text_is_named_with_its_place(data: bytes, where: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause.replace("+", r"\+")) as caught:
        decode(data, "f")
    assert str(caught.value.where) == where
    assert caught.value.hint


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "||||||| 1234567", ">>>>>>> theirs", "<<<<<<<", ">>>>>>> x\r"])
def test_a_conflict_marker_is_refused_with_the_remedy(marker: str) -> None:
    with pytest.raises(InputError, match="merge conflict") as caught:
        refuse_conflicts(f"a\n{marker}\nb", "f", "do this")
    assert str(caught.value.where) == "f:2:1"
    assert caught.value.hint == "do this"


@pytest.mark.parametrize("text", ["", "=======", " <<<<<<< HEAD", "a <<<<<<< b", "<<<<<<<<", "# >>>>>>>"])
def test_what_only_looks_like_a_marker_is_left_alone(text: str) -> None:
    refuse_conflicts(text, "f", "")
