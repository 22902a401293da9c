"""Videos: the player's script names, in base64, a JSON document that names the media file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tibetnews.outlet import references
from tibetnews.outlet.layouts.base import MediaLayout, RawArticle, ancestor_with, blocks_after
from tibetnews.outlet.media_scripts import read_media_files, read_player_document
from tibetnews.outlet.page import Page
from tibetnews.outlet.selectors import css
from tibetnews.outlet.visible_text import visible_lines


class VideoLayout(MediaLayout):
    """A page of the media host under ``/video/``; its story is the summary beside the player."""

    KIND = "video"
    SUMMARY = css("div.video_summ")
    SCRIPTS = css("#tide_player script, #tide_player + script, script")

    def needs(self, page: Page) -> Sequence[str]:
        """Return the address of the player's document."""
        documents = (read_player_document(script.text or "") for script in self.SCRIPTS(page.root))
        links = (page.link(document) for document in documents if document)
        return [link for link in links if link and references.fetchable(link, page.url)][:1]

    def read(self, page: Page, parts: Mapping[str, str]) -> RawArticle:
        """Take the strings from the page and the media files from the player's document."""
        summary = next(iter(self.SUMMARY(page.root)), None)
        documents = [parts[address] for address in self.needs(page) if address in parts]
        files = [file for document in documents for file in read_media_files(document)]
        return self.frame(page)._replace(
            lines=() if summary is None else tuple(line for line in visible_lines(summary) if line.text),
            tail=() if summary is None else tuple(blocks_after(summary, ancestor_with(summary, "left"))),
            videos=tuple(url for file in files if (url := page.resource(file))),
        )
