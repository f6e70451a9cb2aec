"""The completion script for zsh."""

from collections.abc import Iterator

from qops.cli.completions import values
from qops.cli.completions.values import Kind, function_name
from qops.cli.tree import Command, Parameter, every_command

_HEAD = f"""\
#compdef qops
# zsh completion for qops, written by `qops completions zsh`

_qops_circuits() {{
    local top
    top=$({values.TOP}) || return
    local -a circuits=(${{(f)"$({values.CIRCUITS} "$top/qops.yaml" "$top/qops.lock" 2>/dev/null)"}})
    compadd -a circuits
}}

_qops_revisions() {{
    local -a revisions=(${{(f)"$({values.REVISIONS})"}})
    compadd -a revisions
    _files
}}
"""
_TAIL = """\
if [[ $funcstack[1] == _qops ]]; then
    _qops "$@"
else
    compdef _qops qops
fi
"""
_ACTIONS = {
    Kind.CIRCUITS: "_qops_circuits",
    Kind.REVISIONS: "_qops_revisions",
    Kind.FILES: "_files",
    Kind.DIRECTORIES: "_files -/",
    Kind.ANYTHING: "",
}


def script(root: Command) -> str:
    """The whole script for a command tree: one function a command."""
    functions = ["\n".join(_function(command)) for command in every_command(root)]
    return "\n".join([_HEAD, *(f"{function}\n" for function in functions), _TAIL])


def _function(command: Command) -> Iterator[str]:
    yield f"{function_name(command)}() {{"
    if command.commands:
        yield "    local context state line"
        yield "    typeset -A opt_args"
    specs = [*map(_option, command.options), *_operands(command)]
    yield "    _arguments -s" + "".join(f" \\\n        {spec}" for spec in specs)
    if command.commands:
        yield from _dispatch(command)
    yield "}"


def _operands(command: Command) -> Iterator[str]:
    if command.commands:
        yield "'1: :->command'"
        yield "'*:: :->rest'"
    for place, argument in enumerate(command.arguments, start=1):
        yield f"'{'*' if argument.repeats else place}:{_escaped(argument.metavar)}:{_action(argument)}'"


def _dispatch(command: Command) -> Iterator[str]:
    yield "    case $state in"
    yield "        command)"
    yield "            local -a commands=("
    yield from (f"                '{child.words[-1]}:{_quoted(child.summary)}'" for child in command.commands)
    yield "            )"
    yield "            _describe command commands ;;"
    yield "        rest)"
    yield "            case $words[1] in"
    yield from (f"                {child.words[-1]}) {function_name(child)} ;;" for child in command.commands)
    yield "            esac ;;"
    yield "    esac"


def _option(option: Parameter) -> str:
    names = ",".join(option.spellings)
    value = "" if option.flag else f":{_escaped(option.metavar)}:{_action(option)}"
    description = f"'[{_escaped(option.help)}]{value}'"
    if len(option.spellings) == 1:
        return f"{names}{description}"
    return f"'({' '.join(option.spellings)})'{{{names}}}{description}"


def _action(parameter: Parameter) -> str:
    kind = values.kind(parameter)
    return f"({' '.join(values.words(parameter))})" if kind is Kind.WORDS else _ACTIONS[kind]


def _escaped(text: str) -> str:
    for letter in "\\[]:":
        text = text.replace(letter, f"\\{letter}")
    return _quoted(text)


def _quoted(text: str) -> str:
    return text.replace("'", "'\\''")
