"""What is told to somebody who mistypes."""

import json

import pytest
from support.command_line import Qops

MISTAKES = {
    ("dif",): ("error: `qops` has no command dif\nhint: did you mean `diff`? `qops --help` lists them all\n"),
    ("\x1b[2J",): ("error: `qops` has no command \\x1b[2J\nhint: `qops --help` lists them all\n"),
    ("diff", "--tolerence", "1"): (
        "error: `qops diff` has no option --tolerence\n"
        "hint: did you mean `--tolerance`? `qops diff --help` lists them all\n"
    ),
    ("--verson",): (
        "error: `qops` has no option --verson\nhint: did you mean `--version`? `qops --help` lists them all\n"
    ),
    ("diff", "-x"): ("error: `qops diff` has no option -x\nhint: `qops diff --help` lists them all\n"),
    ("diff", "--tolerance", "nan"): (
        "error: invalid value for '--tolerance': 'nan' is not a number of radians from zero up\n"
        "hint: `qops diff --help` shows how it is used\n"
    ),
    ("diff", "--fail-on", "never"): (
        "error: invalid value for '--fail-on': 'never' is not one of 'frame', 'parameters', 'structure'\n"
        "hint: `qops diff --help` shows how it is used\n"
    ),
    ("log", "-n", "0"): (
        "error: invalid value for '--limit' / '-n': 0 is not in the range x>=1\n"
        "hint: `qops log --help` shows how it is used\n"
    ),
    ("restore",): ("error: missing argument 'NAME@REV'\nhint: `qops restore --help` shows how it is used\n"),
    ("status", "now"): (
        "error: got unexpected extra argument(s) (now)\nhint: `qops status --help` shows how it is used\n"
    ),
    ("-C", "nowhere", "status"): (
        "error: invalid value for '--directory' / '-C': Directory 'nowhere' does not exist\n"
        "hint: `qops --help` shows how it is used\n"
    ),
    ("doctor", "--format", "htlm"): (
        "error: there is no output format 'htlm'\n"
        "hint: the formats are terminal, json, markdown, junit, github, openmetrics, html\n"
    ),
}


@pytest.mark.parametrize("arguments", MISTAKES, ids=" ".join)
def test_a_mistake_is_told_with_the_next_thing_to_type(arguments: tuple[str, ...], qops: Qops) -> None:
    assert qops(*arguments) == (2, "", MISTAKES[arguments])


def test_a_mistake_in_json_is_a_document(qops: Qops) -> None:
    outcome = qops("diff", "--tolerence", "1", "--json")
    assert outcome.code == 2
    assert json.loads(outcome.out)["error"]["cause"] == "`qops diff` has no option --tolerence"


@pytest.mark.parametrize("text", ["inf", "-1", "1_0", "\u0661", "", "1e400"])
def test_only_a_plain_finite_number_is_a_tolerance(text: str, qops: Qops) -> None:
    assert qops("diff", "--tolerance", text).code == 2
