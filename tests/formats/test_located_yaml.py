import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qops.errors import InputError, ManyErrors
from qops.formats.located_tree import Mapping, Node, Scalar, Sequence
from qops.formats.located_yaml import DEEPEST, LARGEST, read


def plain(node: Node | None) -> object:
    match node:
        case Mapping(values=values):
            return {key: plain(value) for key, value in values.items()}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Scalar(value=value):
            return value
    return "broken"


def tree(text: str) -> Node | None:
    node, problems = read(text.encode(), "q.yaml")
    problems.raise_any()
    return node


def messages(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        tree(text)
    error = caught.value
    return [str(problem) for problem in (error.problems if isinstance(error, ManyErrors) else [error])]


def test_every_key_and_value_knows_its_place() -> None:
    node = tree("a: 1\nb:\n  - x\n  - {c: 'd'}\n")
    assert isinstance(node, Mapping)
    assert plain(node) == {"a": 1, "b": ["x", {"c": "d"}]}
    assert str(node.keys["b"]) == "q.yaml:2:1"
    items = node.values["b"]
    assert isinstance(items, Sequence)
    assert str(items.items[0].where) == "q.yaml:3:5"
    inner = items.items[1]
    assert isinstance(inner, Mapping)
    assert (str(inner.keys["c"]), str(inner.values["c"].where)) == ("q.yaml:4:6", "q.yaml:4:9")


def test_columns_count_characters_and_windows_line_ends_are_one() -> None:
    node = tree("\ufeffé: 1\r\n'\U0001f600': x\r\n")
    assert isinstance(node, Mapping)
    assert str(node.values["\U0001f600"].where) == "q.yaml:2:6"


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "\n\n"])
def test_a_file_with_nothing_in_it_has_no_tree(text: str) -> None:
    assert tree(text) is None


def test_quotes_make_text_of_anything() -> None:
    assert plain(tree("a: 'on'\nb: \"012\"\nc: |\n  1\n")) == {"a": "on", "b": "012", "c": "1\n"}


def test_all_problems_are_told_in_one_run_in_the_order_of_their_places() -> None:
    text = "a: on\nb: 012\na: 1:30\nc: &x 1\nd: *x\n<<: *x\nno: !!str x\n? [1]\n: 2\n--- 2\n"
    assert messages(text) == [
        "q.yaml:1:4: `on` is true or false to some readers of YAML and a word to others",
        "q.yaml:2:4: `012` is octal to some readers of YAML and decimal to others",
        "q.yaml:3:1: the key `a` is here for the second time; the first is on line 1",
        "q.yaml:3:4: `1:30` is a number in base 60 to some readers of YAML and text to others",
        "q.yaml:4:4: the anchor `&x` has no use: aliases are not followed",
        "q.yaml:5:4: the alias `*x` is not followed",
        "q.yaml:6:1: `<<` is a merge key to some readers of YAML and text to others",
        "q.yaml:6:5: the alias `*x` is not followed",
        "q.yaml:7:1: `no` is true or false to some readers of YAML and a word to others",
        "q.yaml:7:5: the tag `!!str` is not understood",
        "q.yaml:8:3: a key must be a word",
        "q.yaml:10:1: a second document begins here",
    ]


@pytest.mark.parametrize(
    ("text", "where", "hint"),
    [
        ("\ta: 1", "1:1", "spaces, not with tabs"),
        ("a: 1\n\tb: 2", "2:1", "spaces, not with tabs"),
        ("a:\n\t- 2", "2:1", "spaces, not with tabs"),
        ("a: b: c", "1:5", "`: ` in quotes"),
        ("a: @x", "1:4", "quotes"),
        ("a: 'x\n\n", "1:4", "close the quote"),
        ("a: [1,\n2", "1:4", "brackets"),
        ("- a\nb: c", "2:1", "indentation"),
        ("a:\n  b: 1\n c: 2", "3:2", "indentation"),
    ],
)
def test_broken_syntax_has_a_place_and_a_hint(text: str, where: str, hint: str) -> None:
    with pytest.raises(InputError, match="not YAML") as caught:
        tree(text)
    assert str(caught.value.where) == f"q.yaml:{where}"
    assert hint in str(caught.value.hint)
    assert caught.value.excerpt == text.split("\n")[int(where[0]) - 1]


def test_problems_before_broken_syntax_are_told_with_it() -> None:
    assert len(messages("a: on\nb: [")) == 2


def test_a_merge_conflict_is_called_by_its_name() -> None:
    assert messages("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n") == [
        "q.yaml:2:1: the file holds a merge conflict that is not resolved"
    ]


@pytest.mark.parametrize("text", ["[" * 5000, "[" * 5000 + "]" * 5000, "- " * 5000, "{a: " * 5000, "? " * 5000])
def test_deep_nesting_is_refused_where_it_becomes_too_deep(text: str) -> None:
    (message,) = messages(text)
    assert f"nested more than {DEEPEST} deep" in message


def test_the_deepest_nesting_is_read() -> None:
    assert tree("[" * DEEPEST + "]" * DEEPEST) is not None


def test_an_alias_bomb_is_a_few_problems() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10))
    found = messages(bomb)
    assert len(found) == 10 + 9 * 9


def test_an_anchor_that_holds_itself_is_refused() -> None:
    assert len(messages("a: &x [*x]")) == 2


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(InputError, match="larger than 4 MiB"):
        read(b"a" * (LARGEST + 1), "q.yaml")


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=60), st.text(alphabet="ab:-?[]{},&*!|>'\"%@#\t\n 01.<=~", max_size=60).map(str.encode))
)
@example(b"? \n: ")
@example(b"*x : 1")
@example(b"!<tag:yaml.org,2002:str> a: 1")
def test_no_input_is_anything_but_a_tree_or_an_input_error(data: bytes) -> None:
    try:
        _, problems = read(data, "q.yaml")
        problems.raise_any()
    except InputError as error:
        for problem in error.problems if isinstance(error, ManyErrors) else [error]:
            assert problem.where is not None
