"""What was typed wrongly, in our words, with the nearest thing that could have been meant."""

from collections.abc import Iterable

import typer

from qops.errors import InputError
from qops.model.spelling import did_you_mean
from qops.render.visible import visible


def explain(error: typer.TyperException) -> InputError:
    """A parser's complaint as an `InputError` whose hint is the next thing to type."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "qops"
    option = getattr(error, "option_name", None)
    if option and context and error.message.startswith("No such option"):
        known = [name for parameter in context.command.params for name in parameter.opts if name.startswith("-")]
        return InputError(f"`{command}` has no option {visible(option)}", hint=_suggestion(option, known, command))
    return InputError(_sentence(error.format_message()), hint=f"`{command} --help` shows how it is used")


def unknown_command(name: str, known: Iterable[str], parent: str) -> InputError:
    """There is no command `name` under `parent`."""
    return InputError(f"`{parent}` has no command {visible(name)}", hint=_suggestion(name, known, parent))


def _suggestion(word: str, known: Iterable[str], command: str) -> str:
    listing = f"`{command} --help` lists them all"
    close = did_you_mean(word, known)
    return f"{close} {listing}" if close else listing


def _sentence(message: str) -> str:
    """The parser's message as we write causes: on one line, without a capital or a full stop."""
    text = visible(" ".join(message.split())).rstrip(".")
    return text[:1].lower() + text[1:]
