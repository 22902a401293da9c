"""Videos: the player's script names, in base64, a JSON document that names the media file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.layouts.markup import around, below, breadcrumbs, first
from tibetnews.outlet.media_scripts import film_document, read_films
from tibetnews.outlet.page import Page, css, lines, text_of


class Video:
    """A page of the media host under ``/video/``; its story is the summary beside the player."""

    TITLE = css("div.title_box > h2, h1, h2")
    BREADCRUMBS = css("div.wrap > div:first-of-type")
    SUMMARY = css("div.video_summ")
    SCRIPTS = css("#tide_player script, #tide_player + script, script")

    def matches(self, page: Page) -> bool:
        return page.address is not None and page.address.page_type == "video"

    def needs(self, page: Page) -> Sequence[str]:
        documents = (film_document(script.text or "") for script in self.SCRIPTS(page.root))
        return [link for document in documents if document and (link := page.link(document))][:1]

    def read(self, page: Page, parts: Mapping[str, str]) -> Draft:
        summary = first(self.SUMMARY(page.root))
        draft = Draft(
            kind="video",
            breadcrumbs=breadcrumbs(self.BREADCRUMBS(page.root)),
            title=text_of(first(self.TITLE(page.root))),
            lines=[] if summary is None else [line for line in lines(summary) if line.text],
            tail=[] if summary is None else below(summary, around(summary, "left")),
        )
        for address in self.needs(page):
            if address in parts:
                draft.videos = [page.link(film) or film for film in read_films(parts[address])]
        return draft

    def arrange(self, draft: Draft) -> Draft:
        return draft
