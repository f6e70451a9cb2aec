"""Values for a circuit's named parameters."""

import msgspec


class ParameterSet(msgspec.Struct, frozen=True):
    """Angles in radians for named parameters, one row a binding.

    `names` has length P, `bindings` length B, and `values` is B rows of P finite numbers. A single binding, as a
    `parameter,value` file holds it, has the one name `""`; a training history has one row a step.
    """

    names: tuple[str, ...]
    bindings: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def single(self) -> bool:
        """Whether this is one unnamed binding."""
        return self.bindings == ("",)

    def last(self) -> dict[str, float]:
        """The last binding: the one that a circuit is run with unless another is named."""
        return dict(zip(self.names, self.values[-1], strict=True))
