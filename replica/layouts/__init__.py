"""How pages look: a module for each kind of page, all of them pure functions of a Page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from replica.layouts import cn, legacy, media, tb
from replica.layouts.page import Block, Page
from tibetnews.items import Kind


def _no_films(_page: Page) -> list[str]:
    return []


@dataclass(frozen=True)
class Layout:
    """A kind of page: its markup, and what stands in it besides the story."""

    render: Callable[[Page], str]
    blocks: Callable[[Page], list[Block]]
    kind: Kind = "article"
    charset: str = "utf-8"
    """What the page says of itself; what calls itself gb2312 is encoded as GBK."""

    shows_breadcrumbs: bool = True
    films: Callable[[Page], list[str]] = _no_films
    above: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()
    """The site's frame, where no markup tells it from the content: then it counts as removed."""


_CN = Layout(cn.render, cn.blocks)
_TB = Layout(tb.render, tb.blocks, shows_breadcrumbs=False)

LAYOUTS: dict[str, Layout] = {
    "trs_editor": _CN,
    "custom_union": _CN,
    "bare_p": _CN,
    "line_breaks": _CN,
    "nested": _CN,
    "paged": _CN,
    "tb": _TB,
    "tb_paged": _TB,
    "legacy": Layout(legacy.render, legacy.blocks, above=legacy.ABOVE, below=legacy.BELOW),
    "legacy_gbk": Layout(legacy.render, legacy.blocks, charset="gb2312", above=legacy.ABOVE, below=legacy.BELOW),
    "photo": Layout(media.render_photo, media.blocks, "photo"),
    "video": Layout(media.render_video, media.blocks, "video", films=media.films),
}
