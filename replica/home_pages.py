"""Home pages of the editions: menus of sections, and boxes of headlines with links to more."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replica.layouts.chrome import SCRIPTS
from replica.layouts.page import plain
from replica.sections import Section

HOME_PAGES = {
    "/": "cn",
    "/cn/": "cn",
    "/tb/": "tb",
    "/eng/": "eng",
    "/fr/": "fr",
    "/de/": "de",
    "/photo/index.shtml": "media",
    "/video/index.shtml": "media",
}
"""Editions by the paths of their home pages."""

_MORE = "更多&gt;&gt;"


def home_page(edition: str, sections: Sequence[Section], headlines: Sequence[tuple[str, str]]) -> str:
    """Return the page as HTML.

    Args:
        edition: Its edition.
        sections: The edition's sections; those with ``linked_from="home"`` are linked to.
        headlines: Addresses and titles of articles.
    """
    linked = [section for section in sections if section.linked_from == "home"]
    menu = "\n".join(f'<li><a href="{section.listing()}">{section.name}</a></li>' for section in linked)
    boxes = "\n".join(
        f'<div class="box"><h3>{section.name}</h3><a class="more" href="{section.listing()}">{_MORE}</a></div>'
        for section in linked
    )
    rows = "\n".join(f'<li><a href="{escape(path)}">{plain(title)}</a></li>' for path, title in headlines)
    topics = '<a href="/cn/ztzl/">专题</a>' if edition == "cn" else ""
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>中国西藏网</title>
{SCRIPTS}
</head>
<body>
<div class="nav"><ul>
{menu}
</ul>{topics}</div>
<div class="headlines"><ul>
{rows}
</ul></div>
{boxes}
<div class="footer"><a href="/about/">关于我们</a> <a href="http://friend.example.com/cn/politics/">友站</a></div>
</body>
</html>
"""
