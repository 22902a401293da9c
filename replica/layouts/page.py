"""What every layout is given, and what it is built from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from replica.dice import Dice
from replica.sections import Section
from replica.story import Extra, Picture, RemovedKind, Story

BlockKind = (
    Literal["editor line", "editor", "copyright", "share", "related", "comment", "navigation", "spam"] | RemovedKind
)
"""What a block is. The "editor line" is the record's editor; the others are its removed kinds."""


@dataclass(frozen=True)
class Block:
    """A piece of the content column besides the story: its markup, and its lines as a reader sees them."""

    kind: BlockKind
    html: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page of an article, in the section in which it was asked for."""

    story: Story
    section: Section
    number: int = 0
    related: tuple[tuple[str, str], ...] = ()
    """Titles and addresses of other articles."""

    @property
    def dice(self) -> Dice:
        """The dice of the story."""
        return self.story.dice

    @property
    def pages(self) -> int:
        """How many pages the article has."""
        return 3 if "paged" in self.story.entry.layout else 1

    @property
    def last(self) -> bool:
        """Whether this is the article's last page."""
        return self.number == self.pages - 1

    def file(self, number: int) -> str:
        """Return the file name of one of the article's pages, for links beside it."""
        return self.story.entry.path(self.section, number).rsplit("/", 1)[1]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs on this page."""
        return self.story.paragraphs[self._first : self._end]

    def pictures(self, paragraph: int) -> list[Picture]:
        """Return the pictures that follow a paragraph of this page, counted from 0."""
        return [picture for picture in self.story.pictures if picture.after == self._first + paragraph]

    @property
    def extras(self) -> tuple[Extra, ...]:
        """What the article embeds besides pictures; nothing where a browser would have to fetch it."""
        return () if self.section.scripted else self.story.extras

    @property
    def _first(self) -> int:
        return self.number * len(self.story.paragraphs) // self.pages

    @property
    def _end(self) -> int:
        return (self.number + 1) * len(self.story.paragraphs) // self.pages


def plain(words: str) -> str:
    """Words as HTML text."""
    return escape(words, quote=False)


def markup(paragraph: str, dice: Dice, at: int) -> str:
    """Return a paragraph with, now and then, a link, bold type or another blank; nothing changes its text."""
    html = plain(paragraph)
    if "讯 " in html[:8] or "电 " in html[:24]:
        html = html.replace(" ", dice.choose(f"blank {at}", ("&nbsp;", "　", " ")), 1)
    how = dice.choose(f"inline {at}", ("plain", "plain", "plain", "book", "bold", "span"))
    if how == "book":
        return html.replace("《", '<a href="http://www.tibet.cn/cn/book/">《').replace("》", "》</a>")
    if how == "bold":
        return html.replace("“", "<strong>“").replace("”", "”</strong>")
    if how == "span":
        half = html.find("，") + 1
        return f'{html[:half]}<span style="font-family: 宋体">{html[half:]}</span>'
    return html


def by_script(element: str, html: str) -> str:
    """Return a script that writes the content of an element that stands before it."""
    content = json.dumps(html, ensure_ascii=False).replace("</", "<\\/")
    return f'<script>document.getElementById("{element}").innerHTML = {content};</script>'


def meta(properties: Iterable[tuple[str, str | None]]) -> str:
    """Meta tags, without those that have nothing to say."""
    return "\n".join(
        f'<meta name="{name}" content="{escape(content)}">' for name, content in properties if content is not None
    )
