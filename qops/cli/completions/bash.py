"""The completion script for bash, 3.2 or later, without the bash-completion package."""

from collections.abc import Iterator

from qops.cli.completions import values
from qops.cli.completions.values import Kind
from qops.cli.tree import Command, Parameter, every_command

_HEAD = f"""\
# bash completion for qops, written by `qops completions bash`

_qops_circuits() {{
    local top
    top=$({values.TOP}) || return
    {values.CIRCUITS} "$top/qops.yaml" "$top/qops.lock" 2>/dev/null
}}

_qops_revisions() {{
    {values.REVISIONS} | grep -E '^[A-Za-z0-9_./-]+$'
}}

# Offers those lines of standard input that begin with the word. Not `compgen -W`: it would expand `$(…)` in them.
_qops_offer() {{
    local line
    while IFS= read -r line; do
        [[ $line == "$word"* ]] && COMPREPLY+=("$line")
    done
}}

_qops_files() {{
    compopt -o filenames 2>/dev/null
    _qops_offer < <(compgen "$1" -- "$word")
}}

_qops() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command= index
    if [[ $word == = ]]; then
        word=
    elif [[ $previous == = ]]; then
        previous=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    COMPREPLY=()
    for ((index = 1; index < COMP_CWORD; index++)); do
        case "$command ${{COMP_WORDS[index]}}" in
"""
_TAIL = """\
    esac
}

complete -F _qops qops
"""
_OFFERS = {
    Kind.CIRCUITS: "_qops_offer < <(_qops_circuits)",
    Kind.REVISIONS: "_qops_offer < <(_qops_revisions); _qops_files -f",
    Kind.FILES: "_qops_files -f",
    Kind.DIRECTORIES: "_qops_files -d",
    Kind.ANYTHING: ":",
}


def script(root: Command) -> str:
    """The whole script for a command tree."""
    commands = list(every_command(root))
    lines = [_HEAD.rstrip("\n")]
    lines += [
        f"            {_typed(command.words)}) command='{' '.join(command.words)}' ;;" for command in commands[1:]
    ]
    lines += ["        esac", "    done", '    case "$command $previous" in']
    lines += [line for command in commands for line in _option_values(command)]
    lines += ["    esac", '    case "$command $word" in']
    lines += [f"        {_typed((*command.words, '-'))}*) {_words(_spellings(command))} ;;" for command in commands]
    lines += [f"        {_typed((*command.words, ''))}*) {_operands(command)} ;;" for command in commands]
    return "\n".join(lines) + "\n" + _TAIL


def _typed(words: tuple[str, ...]) -> str:
    """The pattern for a command followed by one more word."""
    *command, word = words
    return f"'{' '.join(command)} {word}'"


def _option_values(command: Command) -> Iterator[str]:
    for option in command.options:
        if not option.flag:
            patterns = "|".join(_typed((*command.words, spelling)) for spelling in option.spellings)
            yield f"        {patterns}) {_offer(option)}; return ;;"


def _spellings(command: Command) -> list[str]:
    return [spelling for option in command.options for spelling in option.spellings]


def _operands(command: Command) -> str:
    if command.commands:
        return _words([child.words[-1] for child in command.commands])
    return "; ".join(dict.fromkeys(_offer(argument) for argument in command.arguments)) or ":"


def _offer(parameter: Parameter) -> str:
    kind = values.kind(parameter)
    return _words(values.words(parameter)) if kind is Kind.WORDS else _OFFERS[kind]


def _words(words: list[str] | tuple[str, ...]) -> str:
    return f"_qops_offer < <(printf '%s\\n' {' '.join(words)})"
