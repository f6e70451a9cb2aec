"""What GitHub would show is what the report says: checked with a parser of Markdown, where one is installed."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.model.report import Line, Report, Section, Table
from qops.render.markdown import escape, render
from qops.render.surface import Surface
from qops.render.visible import visible

texts = st.text(alphabet=st.sampled_from("ab12 \\`*_{}[]()#+-.!|~<>&:@'\"=\x1b\u202e"), min_size=1, max_size=20)


def shown(markdown: str) -> str:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return str(parser.render(markdown))


def text_of(rendered: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", rendered)).replace("\u200b", "")


@given(texts)
def test_text_in_a_cell_is_shown_as_it_is(text: str) -> None:
    rendered = shown(f"| a |\n| :--- |\n| {escape(text)} |")
    cell = re.search(r"<td[^>]*>(.*)</td>", rendered, re.DOTALL)
    assert cell is not None
    assert "<" not in cell[1]
    assert text_of(cell[1]).strip() == visible(text).strip()


@given(texts)
def test_text_in_bold_is_shown_as_it_is(text: str) -> None:
    assert text_of(shown(f"**{escape(text.strip() or 'x')}**")).strip() == visible(text.strip() or "x")


def test_nobody_is_mentioned() -> None:
    assert "@me" not in escape("ask @me")
    assert "#12" not in escape("see #12")
    assert ":x:" not in escape(":x:")


@pytest.mark.parametrize("text", ["```", "````", "a```b", "`" * 9])
def test_no_line_ends_its_block(text: str) -> None:
    report = Report("diff", "", sections=(Section("a", (Line(text, "+"), Line("<b>@me", "-"))),))
    rendered = shown(render(report, Surface()))
    code = re.search(r"<code[^>]*>(.*)</code>", rendered, re.DOTALL)
    assert code is not None
    assert html.unescape(code[1]) == f"+ {text}\n- <b>@me\n"


def test_the_title_of_a_section_is_text() -> None:
    report = Report("diff", "", sections=(Section("<b>*a*</b>"),))
    assert "<summary>&lt;b&gt;*a*&lt;/b&gt;</summary>" in render(report, Surface())


def test_numbers_are_flush_right() -> None:
    report = Report("show", "", tables=(Table("", ("a", "b"), (("x", 1),), ("b",)),))
    assert render(report, Surface()) == "| a | b |\n| :--- | ---: |\n| x | 1 |\n"
