"""Assembles articles from archived pages and the documents they depend on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tibetnews.archive.captures import Capture
from tibetnews.errors import Rejection, UnreadableError
from tibetnews.outlet import references, urls
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.page import Page
from tibetnews.outlet.pending_article import PendingArticle
from tibetnews.outlet.replays import read_replay

PendingCapture = PendingArticle[Capture]


@dataclass(frozen=True, slots=True)
class RejectedCapture:
    """A page that gives no article, and why."""

    source: Capture
    rejection: Rejection


class ArticleAssembler:
    """Assembles the articles of one run from its captures, in the same way as the crawl did.

    Attributes:
        site: The base URL that stands for all hosts of the outlet, or None.
        is_own_archive: Whether this program wrote the archive. Then each capture tells what it was asked for, and a
            document belongs to the last page before it that needs it. In other archives whatever has an article's
            address is an article, and a document may come before its page.
    """

    def __init__(self, site: str | None, *, is_own_archive: bool) -> None:
        self.site = site
        self.is_own_archive = is_own_archive
        self._waiting: dict[str, list[PendingCapture]] = {}
        self._early_parts: dict[str, Capture] = {}

    def feed(self, capture: Capture) -> Iterator[PendingCapture | RejectedCapture]:
        """Yield the articles that one more capture completes or rules out."""
        place = _place(capture.url)
        if articles := self._waiting.pop(place, None):
            yield from self._add_part(articles, place, capture)
        elif not self._is_article(capture):
            if not self.is_own_archive and _is_success(capture) and self._may_be_part(capture):
                self._early_parts[place] = capture
        elif capture.trouble:
            yield RejectedCapture(capture, capture.trouble)
        elif _is_success(capture):
            yield from self._begin(capture)

    def finish(self) -> Iterator[PendingCapture | RejectedCapture]:
        """Yield what is left at the end: articles whose documents came before them, and incomplete ones."""
        while self._waiting:
            place, articles = self._waiting.popitem()
            for article in articles:
                if place in self._early_parts:
                    yield from self._add_part([article], place, self._early_parts[place])
                else:
                    detail = f"{article.next_part} belongs to the article and is not in the archive"
                    yield RejectedCapture(article.source, Rejection("incomplete", detail))

    def _begin(self, capture: Capture) -> Iterator[PendingCapture | RejectedCapture]:
        page = Page(_text_of(capture), capture.url, self.site)
        try:
            article = PendingArticle.begin(capture, page)
        except UnreadableError as error:
            yield RejectedCapture(capture, error.rejection)
            return
        yield from self._emit_or_wait(article)

    def _add_part(
        self, articles: list[PendingCapture], place: str, capture: Capture
    ) -> Iterator[PendingCapture | RejectedCapture]:
        """Give the articles the document that they wait for, unless the capture is a redirect or an error."""
        location = capture.headers.get("location") if 300 <= capture.status < 400 else None
        target = references.absolute(location, capture.url) if location else None
        if target and _place(target) != place:
            self._waiting.setdefault(_place(target), []).extend(articles)
        elif not _is_success(capture) or capture.trouble:
            self._waiting[place] = articles  # a crawl tries again
        else:
            for article in articles:
                article.add_part(_text_of(capture))
                yield from self._emit_or_wait(article)

    def _emit_or_wait(self, article: PendingCapture) -> Iterator[PendingCapture]:
        if article.next_part is None:
            yield article
        else:
            self._waiting.setdefault(_place(urls.at_site(article.next_part, self.site)), []).append(article)

    def _is_article(self, capture: Capture) -> bool:
        if self.is_own_archive:
            return capture.role == "article"
        address = urls.parse(capture.url, self.site)
        return address is not None and address.is_article

    def _may_be_part(self, capture: Capture) -> bool:
        content_type = capture.headers.get("content-type", "")
        address = urls.parse(capture.url, self.site)
        is_further_page = address is not None and address.page > 0
        return "javascript" in content_type or "json" in content_type or is_further_page


def _text_of(capture: Capture) -> str:
    return decode(capture.body, capture.headers.get("content-type"))


def _is_success(capture: Capture) -> bool:
    return 200 <= capture.status < 300


def _place(url: str) -> str:
    """Return host and path: what tells one document of the outlet from another."""
    if replay := read_replay(url):
        url = replay.url
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[::1/
        return url
    return parts.netloc + parts.path
