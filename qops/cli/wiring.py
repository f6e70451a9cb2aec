"""The only place that builds the real ports."""


def ports() -> None: ...
