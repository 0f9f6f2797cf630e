"""HTML as paragraphs of plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.intake.limits import refuse_markup

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "td", "th", "tr", "ul", "br"),
    )
)
_SILENT = frozenset(
    (
        *("script", "style", "template", "noscript", "svg", "math", "head", "title", "object"),
        *("iframe", "button", "select", "textarea"),
    )
)
# Saved pages carry their pictures inside; libxml2 stops at an attribute of 10 MB.
_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]{0,100}+,[A-Za-z0-9+/=%]*+")


def parse_html(markup: str) -> HtmlElement | None:
    """The document's tree; None where there is nothing in it. Fetches nothing.

    Raises Hostile where the markup is too much for a parser.
    """
    from lxml import etree, html

    markup = _DATA_ADDRESS.sub("data:,", markup)
    refuse_markup(markup)
    if not markup.strip():
        return None
    # The words are decoded already; the parser is told, so that a meta tag cannot make it decode them again.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def read_paragraphs(tree: HtmlElement) -> tuple[str, ...]:
    """The words of each block of the tree, in order, white space collapsed as a browser does."""
    paragraphs: list[str] = []
    words: list[str] = []

    def end() -> None:
        paragraph = " ".join("".join(words).split())
        if paragraph:
            paragraphs.append(paragraph)
        words.clear()

    from lxml import etree

    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            if tag in _BLOCKS:
                end()
            if not silent:
                words.append(element.text or "")
            continue
        if event == "end":
            silent -= tag in _SILENT
            if tag in _BLOCKS:
                end()
        if not silent and element is not tree:
            words.append(element.tail or "")
    end()
    return tuple(paragraphs)


def read_fragment(markup: str) -> tuple[str, ...]:
    """The paragraphs of a piece of HTML, as feeds carry it; plain words come back as they are.

    >>> read_fragment("<p>Berg will <b>wait</b>.</p><p>Ek will not.</p>")
    ('Berg will wait.', 'Ek will not.')
    """
    tree = parse_html(f"<div>{markup}</div>")
    return () if tree is None else read_paragraphs(tree)
