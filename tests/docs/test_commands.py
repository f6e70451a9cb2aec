"""The documents name every command, and no option that does not exist."""

import re
from itertools import chain

from qops.cli import app, tree
from qops.errors import ExitCode

COMMANDS = {" ".join(command.words): command for command in tree.every_command(tree.root(app.tree()))}
OPTIONS = {
    name: set(chain.from_iterable(option.spellings for option in command.options)) | {"--help"}
    for name, command in COMMANDS.items()
}
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_CALL = re.compile(r"(?<![\w./-])qops ((?:[^&|;`\n'\"]|'[^'\n]*'|\"[^\"\n]*\")*)")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def unknown(document: str) -> list[str]:
    """Options in code that `qops`, or the command that they stand behind, does not have."""
    found = []
    for code in _CODE.findall(document):
        if _OPTION.match(code.strip("`")):
            found += [option for option in _OPTION.findall(code) if option not in set().union(*OPTIONS.values())]
        for call in _CALL.findall(code):
            words = [word for word in call.split() if not word.startswith("-")]
            command = max((name for name in COMMANDS if name.split() == words[: name.count(" ") + 1]), default="")
            meant = "abtest whole" if command == "abtest" else command  # `qops abtest NAME` stands for it
            known = OPTIONS[""] | OPTIONS.get(meant, set())
            bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", call)
            found += [f"qops {command} {option}" for option in _OPTION.findall(bare) if option not in known]
    return found


def test_no_document_names_an_option_that_does_not_exist(documents: dict[str, str]) -> None:
    assert {path: wrong for path, text in documents.items() if (wrong := unknown(text))} == {}


def test_the_test_itself_sees_a_wrong_option() -> None:
    assert unknown("`qops diff --tolerence 3 && git log --stat` and `--fial-on`") == [
        "qops diff --tolerence",
        "--fial-on",
    ]
    assert unknown("`qops snapshot -m 'x --y' --tag v1.0.0` with `-x`, `dvc gc --workspace`") == ["-x"]


def test_every_command_is_used_in_a_guide_and_described_in_the_reference(documents: dict[str, str]) -> None:
    guides = "".join(text for path, text in documents.items() if not path.startswith("docs/reference/"))
    for name in COMMANDS.keys() - {""}:
        assert re.search(rf"qops {name}\b", guides), name
        assert f"\n## qops {name}\n" in documents["docs/reference/cli.md"], name


def test_every_option_is_described_in_the_reference(documents: dict[str, str]) -> None:
    sections = re.split(r"^## qops ?", documents["docs/reference/cli.md"], flags=re.MULTILINE)[1:]
    described = {section.partition("\n")[0]: section for section in sections}
    for name, options in OPTIONS.items():
        assert [option for option in options if f"`{option}`" not in described[name]] == [], name


def test_the_exit_codes_of_the_readme(documents: dict[str, str]) -> None:
    table = documents["README.md"].split("| code | meaning |\n")[1].split("\n\n")[0].splitlines()[1:]
    assert table == [f"| {code.value} | {code.meaning} |" for code in ExitCode]
