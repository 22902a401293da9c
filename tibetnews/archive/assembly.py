"""Which archived pages make an article: a page, and the documents beside it that it is not whole without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tibetnews.archive import Capture
from tibetnews.errors import UnreadableError
from tibetnews.outlet import article, urls
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page


@dataclass
class Story:
    """An article's page and the texts of the documents that it needs, as far as they were met."""

    first: Capture
    page: Page
    wanted: list[str]
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def next(self) -> str | None:
        """The document that is wanted next; None where nothing is missing."""
        return self.wanted[len(self.parts)] if len(self.parts) < len(self.wanted) else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that gives no article, and why."""

    first: Capture
    reason: str
    detail: str


class Gathering:
    """Puts captures together as the crawl did that made them.

    site: the base URL that stands for all hosts of the outlet, or None. ours: whether the archive is this program's,
    and thus tells what each page was asked for; the captures of one run are given then, and a document belongs to the
    last page before it that wants it. In other archives an article is what has an article's address, and a document
    may stand before its page too.
    """

    def __init__(self, site: str | None, ours: bool) -> None:
        self.site = site
        self.ours = ours
        self.given: set[str] = set()
        """Ids of the run's records: of two addresses of one article a crawl gives the first."""
        self._waiting: dict[str, list[Story]] = {}
        self._before: dict[str, Capture] = {}

    def take(self, capture: Capture) -> Iterator[Story | Refusal]:
        """What one more capture makes whole."""
        place = _place(capture.url)
        if stories := self._waiting.pop(place, None):
            yield from self._continue(stories, place, capture)
        elif not self._is_article(capture):
            if not self.ours and _is_page(capture) and self._may_be_part(capture):
                self._before[place] = capture
        elif capture.trouble:
            yield Refusal(capture, *capture.trouble)
        elif _is_page(capture):
            yield from self._begin(capture)

    def rest(self) -> Iterator[Story | Refusal]:
        """What is left at the end: articles whose documents stood before them, and those that are not whole."""
        while self._waiting:
            place, stories = self._waiting.popitem()
            for story in stories:
                if place in self._before:
                    yield from self._continue([story], place, self._before[place])
                else:
                    detail = f"{story.next} belongs to the article and is not in the archive"
                    yield Refusal(story.first, "incomplete", detail)

    def _begin(self, capture: Capture) -> Iterator[Story | Refusal]:
        page = Page(text_of(capture), capture.url, self.site)
        try:
            story = Story(capture, page, article.needs(page))
        except UnreadableError as error:
            yield Refusal(capture, error.reason, error.detail)
            return
        yield from self._go_on(story)

    def _continue(self, stories: list[Story], place: str, capture: Capture) -> Iterator[Story | Refusal]:
        """Give the stories the document that they wait for, unless this is no good answer."""
        location = capture.headers.get("location") if 300 <= capture.status < 400 else None
        target = urls.absolute(location, capture.url) if location else None
        if target and _place(target) != place:
            self._waiting.setdefault(_place(target), []).extend(stories)
        elif not _is_page(capture) or capture.trouble:
            self._waiting[place] = stories  # a crawl tries again
        else:
            for story in stories:
                assert story.next
                story.parts[story.next] = text_of(capture)
                yield from self._go_on(story)

    def _go_on(self, story: Story) -> Iterator[Story]:
        if story.next is None:
            yield story
        else:
            self._waiting.setdefault(_place(urls.at_site(story.next, self.site)), []).append(story)

    def _is_article(self, capture: Capture) -> bool:
        if self.ours:
            return capture.role == "article"
        address = urls.parse(capture.url, self.site)
        return address is not None and address.page_type != "listing" and not address.page

    def _may_be_part(self, capture: Capture) -> bool:
        kind = capture.headers.get("content-type", "")
        address = urls.parse(capture.url, self.site)
        return "javascript" in kind or "json" in kind or (address is not None and address.page > 0)


def text_of(capture: Capture) -> str:
    """The page as text."""
    return decode(capture.body, capture.headers.get("content-type"))


def _is_page(capture: Capture) -> bool:
    return 200 <= capture.status < 300


def _place(url: str) -> str:
    """Host and path: what tells one document of the outlet from another."""
    parts = urlsplit(url)
    return parts.netloc + parts.path
