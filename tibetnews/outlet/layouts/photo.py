"""Photo stories: the page names the story, ``/picture/pic_<number>.js`` holds title, time and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tibetnews.items import Image
from tibetnews.outlet.layouts.base import MediaLayout, RawArticle, block_text
from tibetnews.outlet.media_scripts import read_photo_story
from tibetnews.outlet.page import Page
from tibetnews.outlet.selectors import css
from tibetnews.outlet.visible_text import VisibleLine


class PhotoLayout(MediaLayout):
    """A page of the media host under ``/photo/``; the captions tell its story, each once."""

    KIND = "photo"
    COLUMN = css("div.left")

    def needs(self, page: Page) -> Sequence[str]:
        """Return the address of the story's script."""
        number = page.address.number if page.address else ""
        return [page.link(f"/picture/pic_{number}.js") or page.url]

    def read(self, page: Page, parts: Mapping[str, str]) -> RawArticle:
        """Take the strings from the page and the story from its script."""
        frame = self.frame(page)
        column = next(iter(self.COLUMN(page.root)), None)
        blocks = [] if column is None else [block_text(child) for child in column]
        raw = frame._replace(tail=tuple(block for block in blocks if block and block != frame.title))
        for script in (parts[address] for address in self.needs(page) if address in parts):
            story = read_photo_story(script)
            captions = dict.fromkeys(caption for _, caption in story.pictures if caption)
            raw = raw._replace(
                title=story.title or frame.title,
                published=story.published,
                images=tuple(
                    Image(url, caption or None) for photo, caption in story.pictures if (url := page.resource(photo))
                ),
                lines=tuple(map(VisibleLine, captions)),
            )
        return raw
