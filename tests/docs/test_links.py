"""Every link within the documents leads somewhere."""

import posixpath
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)


def anchors(document: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(path: str, documents: dict[str, str]) -> list[str]:
    """The links of the document at `path` that lead nowhere."""
    found = []
    for link in _LINK.findall(_FENCED.sub("", documents[path])):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
        if not (REPOSITORY / target).exists() or (anchor and anchor not in anchors(documents[target])):
            found.append(f"{path}: {link}")
    return found


def test_every_link_leads_somewhere(documents: dict[str, str]) -> None:
    assert [link for path in documents for link in broken(path, documents)] == []


def test_every_document_can_be_reached(documents: dict[str, str]) -> None:
    reached, waiting = set(), ["README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in documents:
            continue
        reached.add(path)
        links = (link.partition("#")[0] for link in _LINK.findall(documents[path]) if "://" not in link)
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in links if link]
    assert documents.keys() - reached == set()


def test_the_test_itself_sees_a_broken_link() -> None:
    documents = {"docs/README.md": "# A b\n[x](b.md) [y](#a-b) [z](#c) [w](../README.md)\n```\n[v](nowhere)\n```\n"}
    assert broken("docs/README.md", documents) == ["docs/README.md: b.md", "docs/README.md: #c"]
