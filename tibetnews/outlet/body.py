"""Tells the paragraphs of a story from what stands among them: pictures and captions, films, files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tibetnews.items import Attachment, Image, Kind, Removed, Video
from tibetnews.outlet.embedded import Embedded, kind_of
from tibetnews.outlet.page import Page
from tibetnews.outlet.visible_text import VisibleLine
from tibetnews.text import has_sentence
from tibetnews.text.line_forms import is_prose
from tibetnews.text.page.captions import (
    has_next_sentence,
    is_caption,
    may_be_caption,
    may_hold_caption,
    split_caption,
    split_credit,
)

_DOWNLOAD_LABEL = re.compile(
    r"""
    (?: [\W\d_] | [一二三四五六七八九十] | 附(?:\s?件)? | 相关 | 点击 | 此处 | 这里 | 下载 | 查看 | 打开 | 阅读
      | 全文 | 原文 | 文件 | 文档 | 版 | 大小
      | (?:已下载|下载次数|次)(?=\W|\d|$) | (?<=\d)\s?[KMG]B? | PDF | Word | Attachments? | Downloads? | ཟུར་མཆན
    )*
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands around the links of a line that only offers files: marks, numbers, a label."""

_MAX_OFFERED = 64
"""A line that links to more files is kept in the text."""

_MAX_PICTURE_LINES = 2
"""Lines below a picture that may be its words on a page that has no other text."""

_ONE_SENTENCE = "[^。！？]{1,80}+。?(?:[（(][^（）()]{1,40}[）)]。?)?"
_POINTS_UP = re.compile(f"[▲△↑⬆]{_ONE_SENTENCE}$|{_ONE_SENTENCE}(?<=[▲△↑⬆])$")
_POINTS_DOWN = re.compile(f"[▼▽↓⬇👇]{_ONE_SENTENCE}$|{_ONE_SENTENCE}(?<=[▼▽↓⬇👇])$")
"""Sentences that say that their picture stands directly above or below."""


class _Words(NamedTuple):
    """Words of a picture."""

    caption: str
    """The words as they stand on the page."""
    text: str | None
    credit: str | None
    is_line: bool = True
    """Whether they have a line of their own."""


@dataclass(slots=True)
class Body:
    """A story, and what stands among its paragraphs in the order of the page."""

    is_picture_story: bool = False
    """Whether pictures and the words below them are all there is; then the words are the story."""
    is_single_picture: bool = False
    """Whether there is one picture alone; several sentences below it are no caption but the story itself."""
    paragraphs: list[str] = field(default_factory=list)
    images: dict[str, Image] = field(default_factory=dict)
    """By address, as the next two; a picture can stand on two pages of a long article."""
    videos: dict[str, Video] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    removed: list[Removed] = field(default_factory=list)
    """Captions without a picture, lines that only offer files, addresses of what has no field."""
    _captions: list[str] = field(default_factory=list)
    """All captions, and all lines that only offer files."""
    _above: Image | None = None
    """The picture directly above."""
    _last: Image | None = None
    """The last picture, until a paragraph of the story follows."""
    _ahead: str = ""
    """The caption directly above, if its picture follows."""
    _leads: bool = False
    """Whether the caption of the last picture stands above it."""
    _offered: list[str] = field(default_factory=list)
    """Names of the files that the next line links to."""

    def add(self, line: VisibleLine, address: str | None, *, is_above_picture: bool = False) -> None:
        """Add the next line, which may stand directly above a picture, or what stands embedded at an address."""
        if line.embedded:
            if address is not None:
                self._add_embedded(line.embedded, address)
        elif line.text:
            if self._offered and self._is_download(line.text):
                self._captions.append(line.text)
            elif self.is_picture_story or self._above or is_above_picture or may_be_caption(line.text):
                self._add_text(line, is_above_picture=is_above_picture)
            else:  # as nearly all
                self._add_paragraph(line.text)
            self._offered.clear()
            self._above = None

    def finish(self) -> Body:
        """Return the body; of a page with captions alone these are the story."""
        if not self.paragraphs:
            self.paragraphs, lines = self._captions, frozenset(self._captions)
            self.removed = [piece for piece in self.removed if piece.text not in lines]
        return self

    def _add_embedded(self, embedded: Embedded, url: str) -> None:
        whole = url.partition("#")[0]  # a part of a picture or a film is no other one; a player may name its film there
        if embedded.kind == "picture" or (embedded.kind == "video" and kind_of(whole) == "video"):
            url = whole
        match embedded.kind:
            case "picture":
                self._above = self._last = image = self.images.setdefault(url, Image(url))
                self._take_caption_ahead(image)
            case "video":
                self.videos.setdefault(url, Video(url))
            case "attachment":
                self.attachments.setdefault(url, Attachment(url, embedded.name or None))
                if embedded.name:
                    self._offered.append(embedded.name)
            case kind:
                self.removed.append(Removed(kind, url))
        if embedded.kind not in ("picture", "attachment"):
            self._above = None

    def _take_caption_ahead(self, image: Image) -> None:
        """Give a picture the caption that stands directly above it; one that stands on two pages may have its own."""
        self._leads = bool(self._ahead)
        text, credit = split_credit(self._ahead)
        if image.caption is None:
            image.caption, image.credit = text, image.credit or credit
        elif self._ahead and not self.is_picture_story:
            self.removed.append(Removed("caption", self._ahead))
        self._ahead = ""

    def _is_download(self, text: str) -> bool:
        """Return whether a line only offers files; what of it is no file's name goes to ``removed``."""
        if len(self._offered) > _MAX_OFFERED or any(map(has_sentence, self._offered)):
            return False
        label = text
        for name in self._offered:
            label = label.replace(name, "", 1)
        if not _DOWNLOAD_LABEL.fullmatch(label):
            return False
        if label.strip():
            self.removed.append(Removed("attachment", text))
        return True

    def _add_text(self, line: VisibleLine, *, is_above_picture: bool) -> None:
        """Add a line of the story, words of a picture, or both."""
        points_down = is_above_picture and _POINTS_DOWN.match(line.text) is not None
        points_up = self._above is not None and (line.centred or _POINTS_UP.match(line.text) is not None)
        find_words = self._words_of_picture_story if self.is_picture_story else self._words_of_picture
        words = find_words(line.text, is_beside_picture=points_up or points_down)
        if words is None:
            return
        # Between two pictures, or with none above it, a caption may belong to the one below.
        if is_above_picture and words.text and words.is_line and (points_down or self._last is None or self._leads):
            self._ahead = line.text
        else:
            self._give(words)

    def _words_of_picture_story(self, line: str, *, is_beside_picture: bool) -> _Words | None:
        """Return the words of a picture that are the line, which is in the story in any case."""
        self.paragraphs.append(line)
        text, credit = split_credit(line)
        if not (is_beside_picture or text is None or is_caption(line)):
            return None
        return _Words(line, None if text and self.is_single_picture and has_next_sentence(line) else text, credit)

    def _words_of_picture(self, line: str, *, is_beside_picture: bool) -> _Words | None:
        """Return the words of a picture in a line, and add the rest of it to the story."""
        story, caption, (text, credit) = split_caption(line, is_below_picture=is_beside_picture)
        if story:
            self._add_paragraph(story)
        if not caption:
            return None
        self._captions.append(caption)
        return _Words(caption, text, credit, is_line=not story)

    def _add_paragraph(self, text: str) -> None:
        self.paragraphs.append(text)
        self._last = None

    def _give(self, words: _Words) -> None:
        """Give words to the picture above them; a credit may stand below the caption."""
        image = self._above or (self._last if words.text is None else None)
        if self.is_picture_story:
            if image:
                image.caption, image.credit = image.caption or words.text, image.credit or words.credit
        elif image and words.is_line and image.credit is None and (words.text is None or image.caption is None):
            image.caption, image.credit = image.caption or words.text, words.credit
        elif image is None or (image.caption, image.credit) != (words.text, words.credit):
            self.removed.append(Removed("caption", words.caption))


def read_body(page: Page, kind: Kind, lines: Iterable[VisibleLine]) -> Body:
    """Read the lines of a story. Of photo stories and videos all lines are paragraphs."""
    lines = list(lines)
    if kind != "article":
        return Body(paragraphs=[line.text for line in lines if line.text])
    texts = [line.text for line in lines if line.text]
    if not (any(line.embedded for line in lines) or may_hold_caption("\n".join(texts))):  # one look at all lines
        return Body(paragraphs=texts)
    addresses = [line.embedded and page.resource(line.embedded.address) for line in lines]
    pictures = [
        bool(address and line.embedded and line.embedded.kind == "picture")
        for line, address in zip(lines, addresses, strict=True)
    ]
    body = Body(is_picture_story=_is_picture_story(lines), is_single_picture=sum(pictures) == 1)
    for line, address, is_above_picture in zip(lines, addresses, [*pictures[1:], False], strict=False):
        body.add(line, address, is_above_picture=is_above_picture)
    return body.finish()


def _is_picture_story(lines: Iterable[VisibleLine]) -> bool:
    """Return whether all lines of text are words of pictures: captions, or centred or brief, and close below one."""
    distance = None
    for line in lines:
        if line.embedded and line.embedded.kind == "picture":
            distance = 0
        elif line.text:
            if distance is not None:
                distance += 1
            is_below = distance is not None and distance <= _MAX_PICTURE_LINES
            if not (is_caption(line.text) or (is_below and (line.centred or not is_prose(line.text)))):
                return False
    return distance is not None
