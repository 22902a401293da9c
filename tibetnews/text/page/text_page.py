"""Reads the fields of a page without markup from its visible lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tibetnews.text.boilerplate.matching import KnownPhrases
from tibetnews.text.line_forms import has_sentence
from tibetnews.text.page.breadcrumbs import read_placed_breadcrumbs
from tibetnews.text.page.byline import Byline, read_byline
from tibetnews.text.page.byline_form import is_byline
from tibetnews.text.page.byline_lines import byline_text, find_byline_lines
from tibetnews.text.page.headline import bare_headline, split_site
from tibetnews.text.page.parts import find_parts
from tibetnews.text.page.times import find_times

_MAX_DISTANCE = 8  # lines below the last sentence within which a byline stands


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page without markup, read from its lines."""

    breadcrumbs: tuple[str, ...]
    title: str
    """The headline; "" where there is none, as for the subtitle."""
    subtitle: str
    byline_text: str
    head: Sequence[str]
    """The lines above the first part, which belong to the site, and what the headline says of it."""
    unplaced: Sequence[int]
    """Where lines of the story stand above the byline."""
    body: slice
    """Where the lines of the story stand, so that a caller can cut its own lines, with pictures for instance."""
    tail: Sequence[str]
    """The lines below the story, without empty ones."""

    @property
    def byline(self) -> Byline:
        """What the byline says, read at each access."""
        return read_byline(self.byline_text) if self.byline_text else Byline()

    @property
    def has_parts(self) -> bool:
        """True where the lines are those of a page; False for a text that may be anything."""
        return bool(self.title or self.byline_text or self.breadcrumbs)


def parse_text_page(lines: Sequence[str], head_title: str = "", known: KnownPhrases | None = None) -> TextPage:
    """Read the fields of a page from its visible lines.

    Args:
        lines: the page from its top to its end, undamaged, a block of text a line.
        head_title: the text of the title tag, where there is one; it tells the title among the lines above the byline.
        known: the phrases that its lines fit, where the caller asks for them again; those that are found are added.

    >>> page = parse_text_page(["首页 > 时政", "春来早", "2023-10-13 来源：新华网", "西藏的春天来得晚。", "相关阅读"])
    >>> page.title, page.byline.source, page.body, page.tail
    ('春来早', '新华网', slice(3, 4, None), ['相关阅读'])
    """
    parts = find_parts(lines, head_title, known)

    def text(index: int | None) -> str:
        return "" if index is None else lines[index]

    title, site = split_site(bare_headline(text(parts.title)))
    return TextPage(
        breadcrumbs=read_placed_breadcrumbs(" ".join(lines[i] for i in parts.breadcrumb_lines)),
        title=title,
        subtitle=bare_headline(text(parts.subtitle)),
        byline_text=byline_text(lines, parts.byline_lines, parts.byline),
        head=[*(lines[i] for i in parts.head), *filter(None, [site.strip()])],
        unplaced=parts.unplaced,
        body=parts.body,
        tail=list(filter(None, lines[parts.tail])),
    )


def find_closing_byline(lines: Sequence[str], body: slice) -> range:
    """Return the lines of a byline below the story of a page that has none above it.

    They name the medium, or say that their time is that of publication.

    >>> find_closing_byline(["春来早", "西藏的春天来得晚。", "2023-10-13 来源：新华网"], slice(1, 2))
    range(2, 3)
    """
    last = next((i for i in reversed(range(len(lines))[body]) if has_sentence(lines[i])), len(lines))
    for i in range(last + 1, min(last + 1 + _MAX_DISTANCE, len(lines))):
        if is_byline(lines[i]):
            found = find_byline_lines(lines, i)
            byline = read_byline("\n".join(lines[found.start : found.stop]))
            is_publication = any(time.role == "published" for time in find_times(lines[i]))
            if byline.published_at and (byline.source or is_publication):
                return range(max(found.start, last + 1), found.stop)
    return range(0)
