"""Rebuild operations, those inside control flow included."""

from collections.abc import Callable

import msgspec

from qops.model.circuit import Branch, Case, Detail, For, Operation, Switch, While

Block = tuple[Operation, ...]


def rewrite(operations: Block, change: Callable[[Operation], Operation]) -> Block:
    """The operations with `change` applied to each, from the innermost block outwards."""
    return tuple([change(_inside(operation, change)) for operation in operations])


def _inside(operation: Operation, change: Callable[[Operation], Operation]) -> Operation:
    if not operation.blocks():
        return operation
    return msgspec.structs.replace(operation, detail=with_blocks(operation.detail, lambda b: rewrite(b, change)))


def with_blocks(detail: Detail | None, change: Callable[[Block], Block]) -> Detail | None:
    """Control flow with each of its blocks changed; anything else as it is."""
    match detail:
        case Branch(condition=condition, then=then, otherwise=otherwise):
            return Branch(condition, change(then), change(otherwise))
        case While(condition=condition, body=body):
            return While(condition, change(body))
        case For(values=values, variable=variable, body=body):
            return For(values, variable, change(body))
        case Switch(bits=bits, cases=cases):
            return Switch(bits, tuple(Case(case.values, change(case.body)) for case in cases))
        case _:
            return detail
