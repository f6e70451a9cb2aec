"""What a browser shows is what the report says, and nothing in it runs or loads."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from qops.model.report import Line, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.html import render
from qops.render.surface import Surface
from qops.render.visible import visible

EMPTY = {"meta", "br"}
ALLOWED = {
    *("html", "meta", "title", "style", "h1", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "caption"),
    *("details", "summary", "pre", "span", "br"),
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "open"}


class Page(HTMLParser):
    """Tags, attributes and text of a page; every tag is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.shown: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


texts = st.text(alphabet="ab<>&\"'/!- =:;\n", max_size=12) | st.sampled_from(
    ["<script>alert(1)</script>", "</pre>", "--><img src=x>", "</style>", '" onload="x', "&lt;"]
)


def page_of(text: str) -> Page:
    report = Report(
        "show",
        text,
        facts=((text, text),),
        sections=(Section(text, (Line(text, "+"), Line(text)), (Table(text, (text,), ((text,),)),)),),
        verdicts=(Verdict(text, Outcome.FAIL, text, hint=text),),
        summary=text,
    )
    return Page(render(report, Surface()))


@given(texts)
def test_text_is_shown_as_it_is_and_is_never_markup(text: str) -> None:
    page = page_of(text)
    assert page.open == []
    assert page.tags <= ALLOWED
    assert page.attributes <= ATTRIBUTES
    assert visible(text).rstrip() in "".join(page.shown)


def test_nothing_is_loaded(report: Report) -> None:
    text = render(report, Surface())
    assert "Content-Security-Policy\" content=\"default-src 'none'" in text
    page = Page(text)
    assert not {"href", "src", "style"} & page.attributes
    assert not {"script", "link", "img", "iframe"} & page.tags


def test_the_worst_comes_first(full: Report) -> None:
    text = render(full, Surface())
    assert text.index(">FAIL<") < text.index(">INCONCLUSIVE<") < text.index(">PASS<")
