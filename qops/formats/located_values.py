"""A located tree to typed values: msgspec structs say what is expected, and every mismatch is a problem with its place.

A field, an item or a key may carry a rule of its own, `Annotated[str, Meta(extra={"rule": rule})]`: a function from the
value to an `Objection`, or None.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from msgspec import UNSET, Struct, inspect

from qops.formats.located_tree import Broken, Mapping, Node, Scalar, Sequence
from qops.formats.problems import Problems
from qops.model.spelling import did_you_mean
from qops.model.where import Where

_LONGEST_WORD = 200

T = TypeVar("T", bound=Struct)


class Objection(NamedTuple):
    """What is wrong with a value: the rest of a sentence that begins with it, and the next step."""

    cause: str
    hint: str | None = None


class _Choice(NamedTuple):
    kind: inspect.Type
    rule: Callable[[object], Objection | None] | None


def convert(node: Node, wanted: type[T], name: str, problems: Problems) -> T:
    """The struct of type `wanted` that the tree holds; `name` is what the whole is called in messages.

    Whatever is wrong goes to `problems`, and a default or `UNSET` stands in its place, or nothing in a list or a
    mapping: so that more can be said about the rest. Raise the problems before trusting the value.

    Raises:
        InputError: the tree is not a mapping at all.
    """
    value = _Converter(problems).value(node, inspect.type_info(wanted), name)
    if not isinstance(value, wanted):
        problems.stop()
    return value


class _Converter:
    """Walks the tree and the type together."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def value(self, node: Node, wanted: inspect.Type, name: str) -> object:
        choices = list(_choices(wanted))
        choice = next((choice for choice in choices if _fits(node, choice.kind)), None)
        if choice:
            return self._read(node, choice, name)
        if not isinstance(node, Broken):
            cause = f"{name} must be {_words(choices)}, not {_found(node)}"
            self._problems.add(cause, node.where, _remedy(node, choices))
        return UNSET

    def _read(self, node: Node, choice: _Choice, name: str) -> object:
        match node, choice.kind:
            case Sequence(), inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
                return self._items(node, item, name)
            case Sequence(), inspect.TupleType() as kind:
                return self._parts(node, kind, name)
            case Mapping(), inspect.DictType() as kind:
                return self._entries(node, kind)
            case Mapping(), inspect.StructType() as kind:
                return self._struct(node, kind, name)
            case Scalar(value=value), _ if self._obeys(value, choice, node.where):
                return value
        return UNSET

    def _obeys(self, value: object, choice: _Choice, where: Where) -> bool:
        objection = choice.rule(value) if choice.rule else None
        if objection:
            self._problems.add(f"`{str(value)[:_LONGEST_WORD]}` {objection.cause}", where, objection.hint)
        return objection is None

    def _items(self, node: Sequence, wanted: inspect.Type, name: str) -> list[object]:
        values = [self.value(item, wanted, f"item {i} of {name}") for i, item in enumerate(node.items, 1)]
        return [value for value in values if value is not UNSET]

    def _parts(self, node: Sequence, kind: inspect.TupleType, name: str) -> object:
        if len(node.items) != len(kind.item_types):
            cause = f"{name} must have {len(kind.item_types)} parts, not {len(node.items)}"
            self._problems.add(cause, node.where)
            return UNSET
        parts = zip(node.items, kind.item_types, strict=True)
        return [self.value(part, wanted, f"part {i} of {name}") for i, (part, wanted) in enumerate(parts, 1)]

    def _entries(self, node: Mapping, kind: inspect.DictType) -> dict[str, object]:
        (key_choice,) = _choices(kind.key_type)
        values: dict[str, object] = {}
        for key, child in node.values.items():
            good = self._obeys(key, key_choice, node.keys[key])
            value = self.value(child, kind.value_type, f"`{key}`")
            if good and value is not UNSET:
                values[key] = value
        return values

    def _struct(self, node: Mapping, kind: inspect.StructType, name: str) -> object:
        fields = {field.encode_name: field for field in kind.fields}
        for key in node.values:
            if key not in fields:
                word = key[:_LONGEST_WORD]
                hint = did_you_mean(word, fields) or f"the keys here are {', '.join(fields)}"
                self._problems.add(f"unknown key `{word}` in {name}", node.keys[key], hint)
        values: dict[str, object] = {}
        for key, field in fields.items():
            value = self.value(node.values[key], field.type, f"`{key}`") if key in node.values else UNSET
            if field.required and key not in node.values:
                self._problems.add(f"`{key}` is missing in {name}", node.where, _example(key, field.type))
            if field.required or value is not UNSET:
                values[field.name] = value
        return kind.cls(**values)


def _choices(wanted: inspect.Type) -> Iterator[_Choice]:
    """The alternatives of a type, each with its rule."""
    match wanted:
        case inspect.UnionType(types=types):
            for kind in types:
                yield from _choices(kind)
        case inspect.Metadata(type=kind, extra=extra):
            for choice in _choices(kind):
                yield _Choice(choice.kind, (extra or {}).get("rule", choice.rule))
        case _:
            yield _Choice(wanted, None)


_SCALARS: dict[type[inspect.Type], tuple[str, tuple[type, ...]]] = {
    inspect.StrType: ("text", (str,)),
    inspect.BoolType: ("true or false", (bool,)),
    inspect.IntType: ("a whole number", (int,)),
    inspect.FloatType: ("a number", (int, float)),
    inspect.NoneType: ("nothing", (type(None),)),
}


_LISTS = (inspect.ListType, inspect.VarTupleType, inspect.TupleType)


def _fits(node: Node, kind: inspect.Type) -> bool:
    if isinstance(node, Scalar):
        return type(kind) in _SCALARS and type(node.value) in _SCALARS[type(kind)][1]
    if isinstance(node, Sequence):
        return isinstance(kind, _LISTS)
    return isinstance(node, Mapping) and isinstance(kind, inspect.DictType | inspect.StructType)


def _words(choices: list[_Choice]) -> str:
    """What is expected, in words."""
    words = []
    for kind, _ in choices:
        if isinstance(kind, _LISTS):
            words.append("a list")
        elif type(kind) in _SCALARS:
            words.append(_SCALARS[type(kind)][0])
        else:
            words.append("a mapping (`key: value`)")
    *others, last = (word for word in words if word != "nothing")
    return f"{', '.join(others)} or {last}" if others else last


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        if node.value is None:
            return "nothing"
        words = {str: "the text", bool: "the truth value"}.get(type(node.value), "the number")
        return f"{words} `{node.text[:40]}`"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _remedy(node: Node, choices: list[_Choice]) -> str | None:
    kinds = {type(choice.kind) for choice in choices}
    if not isinstance(node, Scalar) or node.value is None:
        return None
    if inspect.ListType in kinds:
        return f"write [{node.text[:40]}]"
    if inspect.StrType in kinds:
        return f'write "{node.text[:40]}"'
    return "write it without quotes" if {inspect.IntType, inspect.FloatType} & kinds else None


def _example(key: str, wanted: inspect.Type) -> str | None:
    examples = (wanted.extra_json_schema or {}).get("examples") if isinstance(wanted, inspect.Metadata) else None
    return f"write `{key}: {examples[0]}`" if examples else None
