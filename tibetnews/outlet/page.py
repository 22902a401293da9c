"""One fetched page: its text, its address and its one parse, which all its readers share."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from tibetnews.outlet import references, urls
from tibetnews.outlet.attributes import bound_attributes
from tibetnews.outlet.replays import read_replay
from tibetnews.outlet.selectors import ElementFinder, first_in_page
from tibetnews.outlet.visible_text import VisibleLine, fold_whitespace, text_of, visible_lines
from tibetnews.text.line_forms import has_sentence
from tibetnews.text.unicode_ranges import GBK_SPACE, UNSEEN

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)  # one for all pages: to make one takes as long as a page
_TITLE = first_in_page("title")
_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|table|script|meta|h[1-6])\b", re.I)
_HEAD_CHARACTERS = 20_000
"""How far into a page its opening tags are looked for."""
_FILE_NAME = re.compile(r"(?:\./)?\w[\w.-]*", re.ASCII)
"""The address of a file beside the page."""

_ESCAPED_TWICE = re.compile("&amp;(?=(?:nbsp|e[mn]sp|[lr][ds]quo|[mn]dash|hellip|middot|quot);)")
"""In front of the name of a mark that an editor's program has escaped once more."""

_VISIBILITY = re.compile(r"visibility\s*:\s*hidden", re.I)
_END = re.compile(r"</(?:html|body)\b", re.I)
"""The end of a document; mirrors add link farms of any length after it."""


class Page:
    """A page as it was fetched.

    Attributes:
        html: Its decoded text, without characters that nobody sees.
        url: The address that it came from.
        site: The base URL that stands for all hosts of the outlet, or None for the outlet itself.
        replay: What its address says, if it is a web archive's.
        address: Its place at the outlet; None for a page from elsewhere.
        data: The text in UTF-8, as the parser reads it; NUL is found much faster here than among wide characters.
    """

    def __init__(self, html: str, url: str, site: str | None = None) -> None:
        if not html.isascii():
            for character in filter(html.__contains__, UNSEEN):  # to look for one is much faster than for any of them
                html = html.replace(character, "")
            html = html.replace(GBK_SPACE, "\u3000")
        if _ESCAPED_TWICE.search(html) and not ("<code" in html or "<pre" in html):
            html = _ESCAPED_TWICE.sub("&", html)
        self.html = html
        self.url = url
        self.site = site
        self.replay = read_replay(url)
        self.address = urls.parse(url, site)
        self.data = bound_attributes(html).encode("utf-8", "replace")
        self._found: dict[ElementFinder, list[Element]] = {}

    def find(self, finder: ElementFinder) -> list[Element]:
        """Return what a finder finds in the page; to find it again costs nothing."""
        found = self._found.get(finder)
        if found is None:
            found = self._found[finder] = finder(self.root)
        return found

    @cached_property
    def root(self) -> Element:
        """The root element, parsed at the first use; an empty one where there is nothing to parse."""
        try:
            root = etree.fromstring(self.data.replace(b"\x00", b""), _PARSER)
        except etree.XMLSyntaxError:
            root = None
        return etree.Element("html") if root is None else root

    @cached_property
    def is_text(self) -> bool:
        """True for plain text: pages that a dump or a mirror's text view holds, without any markup of a page."""
        return _MARKUP.search(self.html, 0, _HEAD_CHARACTERS) is None

    @property
    def is_whole(self) -> bool:
        """False for a document that breaks off: one that opens and never ends."""
        has_end = self.html.rfind("</body>") >= 0 or _END.search(self.html) is not None
        return (has_end and not self.html.endswith(("<", "</"))) or "<html" not in self.html[:_HEAD_CHARACTERS].lower()

    @cached_property
    def meta(self) -> dict[str, str]:
        """Contents of the meta tags by their names in lower case; the first of a name counts."""
        contents: dict[str, str] = {}
        for tag in self._meta_and_scripts:
            if tag.tag != "meta":
                continue
            name = (tag.get("name") or tag.get("property") or "").lower()
            if name and (content := fold_whitespace(tag.get("content") or "")):
                contents.setdefault(name, content)
        return contents

    @property
    def scripts(self) -> str:
        """The scripts that stand in the page itself; a script within a comment of the page is none."""
        return "\n".join(tag.text for tag in self._meta_and_scripts if tag.text and tag.tag == "script")

    @cached_property
    def _meta_and_scripts(self) -> list[Element]:
        """The tags of both kinds, of one walk: a stray tag in the head makes a parser put the rest into the body."""
        return list(self.root.iter("meta", "script"))

    @property
    def head_title(self) -> str:
        """The text of the page's title tag."""
        return text_of(next(iter(_TITLE(self.root)), None))

    @cached_property
    def lines(self) -> list[VisibleLine]:
        """The visible blocks of the whole page and what it embeds."""
        if self.is_text:
            return [VisibleLine(text) for raw in self.html.splitlines() if (text := fold_whitespace(raw))]
        lines = visible_lines(self.root)
        if "visibility" in self.html and not any(has_sentence(line.text) for line in lines):
            for element in self.root.iterfind(".//*[@style]"):
                style = _VISIBILITY.sub("", element.get("style", ""))
                if style != element.get("style") and has_sentence("".join(map(str, element.itertext()))):
                    element.set("style", style)  # a script shows the story when it is loaded
            lines = visible_lines(self.root)
        return lines

    @property
    def text(self) -> str:
        """The visible text, one block a line."""
        return "\n".join(line.text for line in self.lines if line.text)

    def link(self, href: str) -> str | None:
        """Return the absolute address of a link of this page, at the place that the page was fetched from."""
        if self.replay is None:
            return references.absolute(href, self._base(self.url))
        url = references.absolute(href, self._base(self.replay.url))
        return url and self.replay.prefix + _own_address(url)

    @cached_property
    def canonical(self) -> str:
        """The page's address at the outlet, wherever it was fetched from; its own if it has none there."""
        if self.address:
            return urls.build(self.address)
        return self.replay.url if self.replay else self.url

    def resource(self, source: str) -> str | None:
        """Return the absolute address at the outlet of what the page embeds; None for what cannot be fetched."""
        if self.address and not self._base_href and _FILE_NAME.fullmatch(source):  # as nearly all pictures
            return f"{self.canonical.rpartition('/')[0]}/{source.removeprefix('./')}"
        url = references.fetchable(source, self._base(self.canonical))
        return url and _own_address(url)

    def _base(self, url: str) -> str:
        """Return what links are relative to: the page's ``<base href>``, or its address (RFC 3986, section 5.1)."""
        base = self._base_href
        return references.fetchable(base, url) or url if base else url

    @cached_property
    def _base_href(self) -> str:
        # lxml walks through no tree for a tag that the page does not have
        return next(filter(None, (tag.get("href") for tag in self.root.iter("base"))), "")


def _own_address(url: str) -> str:
    """Return the address of what a web archive replays: it writes its own addresses into the pages that it shows."""
    replay = read_replay(url)
    return replay.url if replay else url
