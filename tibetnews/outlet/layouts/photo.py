"""Photo stories: the page names the story, ``/picture/pic_<number>.js`` holds title, time and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tibetnews.items import Image
from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.layouts.markup import block_of, breadcrumbs, first
from tibetnews.outlet.media_scripts import read_story
from tibetnews.outlet.page import Line, Page, css, text_of


class Photo:
    """A page of the media host under ``/photo/``; its story is told by the captions, each said once."""

    TITLE = css("div.title_box > h2, h1, h2")
    COLUMN = css("div.left")
    BREADCRUMBS = css("div.wrap > div:first-of-type")

    def matches(self, page: Page) -> bool:
        return page.address is not None and page.address.page_type == "photo"

    def needs(self, page: Page) -> Sequence[str]:
        number = page.address.number if page.address else ""
        return [page.link(f"/picture/pic_{number}.js") or page.url]

    def read(self, page: Page, parts: Mapping[str, str]) -> Draft:
        draft = Draft(
            kind="photo",
            breadcrumbs=breadcrumbs(self.BREADCRUMBS(page.root)),
            title=text_of(first(self.TITLE(page.root))),
        )
        if (column := first(self.COLUMN(page.root))) is not None:
            draft.tail = [block for child in column if (block := block_of(child)) and block != draft.title]
        for address in self.needs(page):
            if address in parts:
                story = read_story(parts[address])
                draft.title = story.title or draft.title
                draft.published = story.published
                draft.images = [Image(page.picture(photo), text or None) for photo, text in story.pictures]
                draft.lines = [Line(text) for text in dict.fromkeys(text for _, text in story.pictures) if text]
        return draft

    def arrange(self, draft: Draft) -> Draft:
        return draft
