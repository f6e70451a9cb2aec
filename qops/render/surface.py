"""What a report is drawn on."""

import msgspec


class Surface(msgspec.Struct, frozen=True):
    """A surface to draw on.

    Where it shows `ascii_only`, plots are drawn with letters and punctuation. `width` is in terminal cells; None means
    as wide as the text needs, as in a file or a pipe. Renderers for machines ignore all three.
    """

    width: int | None = None
    colour: bool = False
    ascii_only: bool = False
