"""What cannot be carried over exactly."""


class NotCarriedError(Exception):
    """Our circuits have no exact form for this; the operation that holds it is sealed."""


class HoldsMoreError(NotCarriedError):
    """An instruction made of operations that can stand in a circuit, but not all of them in a gate."""
