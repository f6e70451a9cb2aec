"""What a kind of pipeline consists of, and what there is to choose."""

import json

import msgspec


class Setting(msgspec.Struct, frozen=True):
    """What was chosen: into how many parts the matrix is cut, how qops is installed, and the Python it runs on."""

    parts: int = 4
    install: str = "pip install qops"
    python: str = "3.11"

    @property
    def quoted_install(self) -> str:
        """The command as a YAML string, whatever is in it."""
        return json.dumps(self.install, ensure_ascii=False)


class Pack(msgspec.Struct, frozen=True):
    """Files by path, as they have to be; what to do next; and files that are only written where there are none."""

    files: dict[str, str]
    following: tuple[str, ...]
    beginnings: dict[str, str] = {}
