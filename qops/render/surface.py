"""What a report is drawn on."""

import msgspec


class Surface(msgspec.Struct, frozen=True):
    """A surface to draw on.

    `width` is in terminal cells; None means as wide as the text needs, as in a file or a pipe. Renderers for machines
    ignore both.
    """

    width: int | None = None
    colour: bool = False
