"""The truth: the complete record of every article, known from what was planted and never from a parser.

What is not written on a page is fixed here by convention:

- An article in two sections has a record for each of its addresses, which differ in url, section, breadcrumbs,
  the addresses of images, and the ETag.
- ``revision`` counts the changes since the replica started; who never saw the first text will count fewer.
- White space inside a paragraph is one blank, whatever the page has there (a no-break space after a dateline).
- Authors are those of the info line or else the reporters of the dateline; meta tags only repeat them.
- ``removed`` holds what stands in the content column besides the story, in the order of the page and of its
  further pages; a line for each block element, the words of links side by side parted by blanks; neighbours of
  one kind are one piece. Breadcrumbs, title, info line, captions and the editor's line are not among it.
- Copies name no earlier copy: ``duplicate_of`` and ``similarity`` depend on the order in which a reader comes by.
- NOT_COMPARED are keys that the reader fills in: they are None here.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urljoin

from replica.catalogue import Catalogue, Entry
from replica.layouts import LAYOUTS
from replica.layouts.page import Block, Page
from replica.sections import Section
from replica.story import Story
from tibetnews.items import Article, Attachment, Dateline, Http, Image, Removed, Video

Record = dict[str, Any]
NOT_COMPARED = ("fetched_at", "content_hash", "fetched_from")


class Planted:
    """All articles of a replica with their revisions; what changes them is the outlet's business."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.revisions: dict[int, int] = {}
        self.changed: dict[int, datetime] = {}

    def story(self, number: int) -> Story:
        """Return what the article says now."""
        return Story(self.catalogue.entry(number), self.catalogue.seed, self.revisions.get(number, 0))

    def page(self, entry: Entry, section: Section, number: int = 0) -> Page:
        """Return a page of the article in one of its sections."""
        story = Story(entry, self.catalogue.seed, self.revisions.get(entry.number, 0))
        return Page(story, section, number, self._related(entry))

    def record(self, number: int, section: Section | None = None) -> Record:
        """Return the record that a reader makes of the article in one of its sections, the first unless told."""
        entry = self.catalogue.entry(number)
        section = section or entry.sections[0]
        pages = [self.page(entry, section)]
        pages += [self.page(entry, section, n) for n in range(1, pages[0].pages)]
        story, url, layout = pages[0].story, entry.url(section), LAYOUTS[entry.layout]
        article = Article(
            id=entry.id,
            url=url,
            fetched_from=None,
            kind=layout.kind,
            edition=section.edition,
            language="bo" if story.tibetan else {"eng": "en", "fr": "fr", "de": "de"}.get(section.edition, "zh-Hans"),
            section=section.path,
            breadcrumbs=list(section.trail) if layout.shows_breadcrumbs else [],
            title=story.title,
            subtitle=story.subtitle,
            published_at=_published(story),
            source=story.source,
            authors=list(story.byline or (story.wire.reporters if story.wire else ())),
            editor=story.editor,
            dateline=_dateline(story),
            text="\n\n".join(story.paragraphs),
            images=_images(story, url),
            videos=[Video(film, "\n\n".join(story.paragraphs)) for film in layout.films(pages[0])]
            or [Video(film) for film in dict.fromkeys(extra.video for extra in pages[0].extras) if film],
            attachments=[Attachment(*file) for file in _files(pages[0])],
            removed=removed([*layout.above, *(b for page in pages for b in layout.blocks(page)), *layout.below]),
            revision=1 + story.revision,
            http=Http(200, self.etag(entry, section), self.last_modified(entry)),
        )
        return asdict(article)

    def layouts(self) -> dict[str, str]:
        """Return the layout of every article of the first day, by id."""
        entries = map(self.catalogue.entry, range(1, self.catalogue.articles + 1))
        return {entry.id: entry.layout for entry in entries}

    def etag(self, entry: Entry, section: Section, page: int = 0) -> str:
        """Return the ETag of a page: another for each article, revision, section and page."""
        revision, place = self.revisions.get(entry.number, 0), entry.sections.index(section)
        return f'"{entry.document:x}-{revision}-{place}-{page}"'

    def last_modified(self, entry: Entry) -> str:
        """Return the Last-Modified header of an article."""
        return http_date(self.changed.get(entry.number, entry.published))

    def _related(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Return some earlier articles of the same family."""
        numbers = range(entry.number - 1, max(entry.number - 12, 0), -1)
        entries = [self.catalogue.entry(n) for n in numbers if self.catalogue.family(n) == entry.family][:3]
        return tuple((Story(e, self.catalogue.seed).title, e.url(e.sections[0])) for e in entries)


def removed(blocks: list[Block]) -> list[Removed]:
    """Return the removed pieces of a page; neighbours of one kind are one piece, the editor's line is a field."""
    pieces: list[Removed] = []
    for block in blocks:
        if block.kind == "editor line":
            continue
        if pieces and pieces[-1].kind == block.kind:
            pieces[-1] = Removed(block.kind, f"{pieces[-1].text}\n{block.text}")
        else:
            pieces.append(Removed(block.kind, block.text))
    return pieces


def http_date(time: datetime) -> str:
    """Return a time as HTTP writes it."""
    return format_datetime(time.astimezone(UTC), usegmt=True)


def _images(story: Story, url: str) -> list[Image]:
    if story.entry.family == "photo":
        return [Image(urljoin(url, slide.photo), slide.summary) for slide in story.slides]
    return [Image(urljoin(url, picture.src), picture.caption, picture.credit) for picture in story.pictures]


def _files(page: Page) -> list[tuple[str, str]]:
    """Each file once; a second link to it adds nothing."""
    files = (extra.file for extra in page.extras if extra.file)
    return list({address: (address, name) for address, name in files}.values())


def _published(story: Story) -> str:
    if story.precision == "day":
        return story.entry.published.strftime("%Y-%m-%d")
    seconds = story.entry.published.strftime("%S") if story.precision == "seconds" else "00"
    return story.entry.published.strftime(f"%Y-%m-%dT%H:%M:{seconds}+08:00")


def _dateline(story: Story) -> Dateline | None:
    if story.wire is None:
        return None
    return Dateline(story.wire.agency, story.wire.place, story.wire.date.isoformat() if story.wire.date else None)
