"""Names and texts that would be markup, escapes or letters of another direction, if anybody let them."""

import json

from end_to_end.lab import Lab

NAMED = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float θ;\nqubit[2] ünï;\nh ünï[0];\nrz(θ) ünï[1];\n'
ESCAPE = "\x1b[31m"
BIDI = "\u202e"


def plain(text: str) -> bool:
    """Whether nothing in a text moves the cursor, colours the screen or turns the direction."""
    return ESCAPE[0] not in text and BIDI not in text and "\x07" not in text


def test_the_history_of_strangers_is_shown_and_not_obeyed(lab: Lab) -> None:
    lab.write("[red]x[bold].qasm", NAMED)
    lab.write("qops.yaml", 'version: 1\ncircuits:\n  x:\n    source: "[red]x[bold].qasm"\n')
    stranger = {"GIT_AUTHOR_NAME": f"[bold]Eve{ESCAPE}{BIDI}"}
    assert lab.qops("snapshot", "-m", f"[red]Subject[/red]{ESCAPE}{BIDI}\n\nbody", **stranger).code == 0
    for words in (("log",), ("log", "--format", "markdown"), ("log", "--format", "junit"), ("log", "--json")):
        outcome = lab.qops(*words)
        assert outcome.code == 0
        assert plain(outcome.out)
        assert "[red]Subject[/red]" in outcome.out
    assert r"[bold]Eve\x1b[31m\u202e" in lab.qops("log").out
    (newest, _) = json.loads(lab.qops("log", "--json").out)["data"]["snapshots"]
    assert newest["author"] == f"[bold]Eve{ESCAPE}{BIDI}"
    assert "source      [red]x[bold].qasm" in lab.qops("show", "x").out


def test_files_with_such_names_and_texts_are_compared_or_refused_in_plain_letters(nowhere: Lab) -> None:
    nowhere.write("[red]x[bold].qasm", NAMED)
    nowhere.write("plain.qasm", NAMED.replace("ünï", "q"))
    nowhere.write("theta.csv", f'parameter,value\n"[red]θ{BIDI}",0.5\n')
    nowhere.write("moved.csv", f'parameter,value\n"[red]θ{BIDI}",0.6\n')
    assert "qubits  ünï[2] → q[2]" in nowhere.qops("diff", "[red]x[bold].qasm", "plain.qasm").out
    assert r"[red]θ\u202e" in nowhere.qops("diff", "theta.csv", "moved.csv").out
    wrong = {
        f"bad{ESCAPE}.qasm": ("qubit q;\noops q;\n", r"error: bad\x1b[31m.qasm:2:1: no gate is called `oops`"),
        "new\nline.qasm": ("qubit q;\noops q;\n", r"error: new\nline.qasm:2:1: no gate is called `oops`"),
        "escape.qasm": (f"{ESCAPE}qubit q;\n", "error: escape.qasm:1:1: unexpected character U+001B"),
        "bidi.qasm": (f"qubit q;\nfo{BIDI}o q;\n", "error: bidi.qasm:2:3: unexpected character U+202E"),
    }
    for name, (text, cause) in wrong.items():
        nowhere.write(name, text)
        outcome = nowhere.qops("diff", name, "plain.qasm")
        assert (outcome.code, outcome.err.splitlines()[0]) == (2, cause)
        assert plain(outcome.err)


def test_what_is_typed_comes_back_in_plain_letters(lab: Lab) -> None:
    strange = f"[red]{ESCAPE}{BIDI}"
    lines = [
        (strange,),
        ("show", strange),
        ("log", strange),
        ("diff", strange),
        ("diff", f"{strange}.qasm", "bell.qasm"),
        ("diff", "--name", strange),
        ("diff", "--tolerance", strange),
        ("snapshot", strange),
        ("snapshot", "--tag", strange),
        ("restore", f"bell@{strange}"),
        ("status", f"--{strange}"),
        ("status", "--format", strange),
        ("completions", strange),
    ]
    for words in lines:
        outcome = lab.qops(*words)
        assert (outcome.code, outcome.out) == (2, ""), words
        assert outcome.err.startswith("error: ")
        assert plain(outcome.err), words


def test_bytes_that_are_no_text_are_told_as_escapes(lab: Lab) -> None:
    outcome = lab.typed(r"qops show $'\xff' --json")
    assert outcome.code == 2
    assert r"\udcff" in outcome.err
    assert json.loads(outcome.out)["error"]["exit_code"] == 2
