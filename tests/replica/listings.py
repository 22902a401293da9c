"""Listing pages: which articles stand on one, and how it links to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from posixpath import relpath

from tests.replica.catalogue import Entry
from tests.replica.dice import Dice
from tests.replica.layouts.chrome import FOOTER, HEADER, SCRIPTS
from tests.replica.sections import Section
from tests.replica.story import Story


@dataclass(frozen=True)
class Listing:
    """One page of a section's listing."""

    section: Section
    stories: Sequence[Story]
    number: int
    pages: int
    seed: int

    @property
    def dice(self) -> Dice:
        return Dice(self.seed, self.section.path, self.number)


def href(entry: Entry, section: Section, listing: Section, dice: Dice) -> str:
    """A link to an article in one of the spellings that editors and templates use."""
    path = entry.path(section)
    if path.startswith("/cn/instant/") and dice.one_in(2, "spelling"):
        path = path.replace("/instant/", "/Instant/")
    return _SPELLINGS[dice.choose("link", tuple(_SPELLINGS))](path, section, listing)


def _relative(path: str, section: Section, listing: Section) -> str:
    if section.host != listing.host:
        return f"http://{section.host}{path}"
    link = relpath(path, listing.folder)
    return link if link.startswith("../") else "./" + link


_SPELLINGS: dict[str, Callable[[str, Section, Section], str]] = {
    "relative": _relative,
    "relative again": _relative,
    "rooted": lambda path, section, listing: path if section.host == listing.host else f"//{section.host}{path}",
    "http": lambda path, section, listing: f"http://{section.host}{path}",
    "https": lambda path, section, listing: f"https://{section.host}{path}",
    "mobile": lambda path, section, listing: f"http://{section.host.replace('www.', 'm.')}{path}",
    "bare": lambda path, section, listing: f"https://{section.host.replace('www.', '')}{path}",
    "shared": lambda path, section, listing: f"http://{section.host}{path}?from=groupmessage&isappinstalled=0",
    "tracked": lambda path, section, listing: _relative(path, section, listing) + "?utm_source=weibo&spm=C94212.1",
    "fragment": lambda path, section, listing: _relative(path, section, listing) + "#comment",
}


def render(listing: Listing) -> str:
    """The page as HTML."""
    rows = [_row(listing, story) for story in listing.stories]
    if rows and listing.dice.one_in(2, "twice"):
        rows.append(_row(listing, listing.stories[0], "twice"))
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{listing.section.name}_中国西藏网</title>
{SCRIPTS}
</head>
<body>
{HEADER}
<div class="wrap">
<div class="position">{"&nbsp;&gt;&nbsp;".join(f'<a href="../">{name}</a>' for name in listing.section.trail)}</div>
<div class="content">
<div class="left">
<div class="listnews">
<ul>
{"".join(rows)}</ul>
</div>
<div class="page">{_pager(listing)}</div>
</div>
</div>
</div>
{FOOTER}
</body>
</html>
"""


def _row(listing: Listing, story: Story, occasion: str = "") -> str:
    dice = Dice(listing.seed, listing.section.path, story.entry.number, occasion)
    section = listing.section if listing.section in story.entry.sections else story.entry.sections[0]
    link = escape(href(story.entry, section, listing.section, dice))
    date = f"<span>{story.entry.published:%Y-%m-%d}</span>" if dice.one_in(2, "date") else ""
    lead = f"<p>{escape(story.lead, quote=False)}</p>" if dice.one_in(2, "lead") else ""
    return f'<li><h4><a href="{link}" target="_blank">{escape(story.title, quote=False)}</a></h4>{date}{lead}</li>\n'


def _pager(listing: Listing) -> str:
    script = f'<script>createPageHTML({listing.pages}, {listing.number}, "index", "html");</script>'
    if Dice(listing.seed, listing.section.path).one_in(2, "pager by script alone"):
        return script
    links = [
        f'<a href="{listing.section.listing(page)}">{page + 1}</a>' for page in range(min(listing.pages, 10)) if page != listing.number
    ]
    return " ".join(links) + script
