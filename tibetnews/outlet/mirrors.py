"""What a mirror added to a page of the outlet: link farms, keyword headers, brands, hidden blocks.

The outlet's own pages have none of it, so only pages from other addresses are looked through.
"""

from __future__ import annotations

from collections.abc import Iterable

from tibetnews.outlet.layouts.base import Draft
from tibetnews.outlet.page import Line, Page, css, is_hidden, text_of
from tibetnews.text import Removed, strip_spam

_STYLED = css("[style], [hidden]")


def take_spam(draft: Draft) -> list[Removed]:
    """Take a mirror's additions out of a repaired draft, and give them in the draft's order."""
    found: list[Removed] = []
    for name in ("title", "subtitle", "source", "author"):
        stripped = strip_spam(getattr(draft, name))
        setattr(draft, name, stripped.text.strip())
        found += stripped.removed
    trail = [strip_spam(part) for part in draft.breadcrumbs]
    draft.breadcrumbs = [text for part in trail if (text := part.text.strip())]
    found += [piece for part in trail for piece in part.removed]
    stripped = strip_spam("\n".join(line.text for line in draft.lines if not line.picture))
    if stripped.removed:
        draft.lines = list(_left(draft.lines, stripped.text))
        found += stripped.removed
    return found


def outside(page: Page, read: Iterable[str]) -> list[Removed]:
    """Link farms that are not among the strings that were ``read`` from the page, and blocks that CSS hides."""
    if page.is_text:
        return []
    known = {line for text in read for line in text.split("\n")}
    farms = [piece for piece in strip_spam(page.text).removed if not known.issuperset(piece.text.split("\n"))]
    hidden = (text_of(element) for element in _STYLED(page.root) if is_hidden(element))
    return [*farms, *(Removed("hidden", text) for text in dict.fromkeys(hidden) if text)]


def in_page_order(pieces: Iterable[Removed], lines: Iterable[str]) -> list[Removed]:
    """The pieces in the order in which their first lines stand among ``lines``; others keep their place at the end."""
    page = "\n".join(lines)

    def place(piece: Removed) -> int:
        at = page.find(piece.text.split("\n", 1)[0])
        return at if at >= 0 else len(page)

    return sorted(pieces, key=place)


def _left(lines: list[Line], text: str) -> Iterable[Line]:
    """The lines, with pictures, of which something is left in ``text``."""
    left = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        if line.picture:
            yield line
        elif left and (left[0] == line.text or _is_rest(left[0].strip(), line.text)):
            yield line._replace(text=left.pop(0).strip())


def _is_rest(rest: str, line: str) -> bool:
    """True where ``rest`` is ``line`` with one piece cut out."""
    same = next((i for i, (a, b) in enumerate(zip(rest, line, strict=False)) if a != b), len(rest))
    return len(rest) < len(line) and line.endswith(rest[same:])
