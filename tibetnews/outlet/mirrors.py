"""Finds what a mirror added to a page of the outlet: link farms, keyword headers, brands, hidden blocks.

The outlet's own pages have none of it, so only pages from other addresses are searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tibetnews.outlet.layouts.base import RawArticle
from tibetnews.outlet.page import Page
from tibetnews.outlet.selectors import css
from tibetnews.outlet.visible_text import VisibleLine, is_hidden, text_of
from tibetnews.text import Removed, strip_spam

_STYLED = css("[style], [hidden]")


class StrippedArticle(NamedTuple):
    """An article without a mirror's additions, and these in the article's order."""

    raw: RawArticle
    removed: list[Removed]


def strip_mirror_spam(raw: RawArticle) -> StrippedArticle:
    """Take a mirror's additions out of a repaired article."""
    removed: list[Removed] = []

    def strip(text: str) -> str:
        stripped = strip_spam(text)
        removed.extend(stripped.removed)
        return stripped.text

    title, subtitle, source, author = (strip(s).strip() for s in (raw.title, raw.subtitle, raw.source, raw.author))
    breadcrumbs = tuple(text for part in raw.breadcrumbs if (text := strip(part).strip()))
    text = "\n".join(line.text for line in raw.lines if not line.embedded)
    kept = strip(text)
    lines = raw.lines if kept == text else tuple(_kept_lines(raw.lines, kept))
    fields = raw._replace(title=title, subtitle=subtitle, source=source, author=author)
    return StrippedArticle(fields._replace(breadcrumbs=breadcrumbs, lines=lines), removed)


def spam_outside_article(page: Page, article: Iterable[str]) -> list[Removed]:
    """Return link farms that are not among the strings of the article, and the blocks that CSS hides."""
    if page.is_text:
        return []
    known = {line for text in article for line in text.split("\n")}
    farms = [piece for piece in strip_spam(page.text).removed if not known.issuperset(piece.text.split("\n"))]
    hidden = (text_of(element) for element in _STYLED(page.root) if is_hidden(element))
    return [*farms, *(Removed("hidden", text) for text in dict.fromkeys(hidden) if text)]


def in_page_order(pieces: Iterable[Removed], lines: Iterable[str]) -> list[Removed]:
    """Return the pieces in the order of their first lines among ``lines``; those of other lines come last."""
    page = "\n".join(lines)

    def position(piece: Removed) -> int:
        index = page.find(piece.text.split("\n", 1)[0])
        return index if index >= 0 else len(page)

    return sorted(pieces, key=position)


def _kept_lines(lines: Sequence[VisibleLine], text: str) -> Iterator[VisibleLine]:
    """Yield what is embedded, and the lines of which something is left in ``text``."""
    kept = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        if line.embedded:
            yield line
        elif kept and (kept[0] == line.text or _is_shortened(line.text, kept[0].strip())):
            yield line._replace(text=kept.pop(0).strip())


def _is_shortened(line: str, kept: str) -> bool:
    """Return whether ``kept`` is ``line`` with one piece cut out."""
    same = next((i for i, (a, b) in enumerate(zip(kept, line, strict=False)) if a != b), len(kept))
    return len(kept) < len(line) and line.endswith(kept[same:])
