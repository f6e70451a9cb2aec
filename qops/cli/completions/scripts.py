"""The scripts by shell: who writes each, and the name under which the shell looks for it."""

from qops.cli.completions import bash, fish, zsh

WRITERS = {"bash": bash.script, "zsh": zsh.script, "fish": fish.script}
FILE_NAMES = {"bash": "qops.bash", "zsh": "_qops", "fish": "qops.fish"}
