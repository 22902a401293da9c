"""Listing pages: which markup a section's listing has, and what stands on it besides its own articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from replica.dice import Dice
from replica.layouts.chrome import FOOTER, HEADER, SCRIPTS, TB_FOOTER, TB_HEADER
from replica.layouts.page import plain
from replica.links import STRANGERS, spell
from replica.sections import Family, Section
from replica.story import Story


@dataclass(frozen=True)
class Listing:
    """One page of a section's listing: its own articles, newest first, and *guests* from other sections."""

    section: Section
    number: int
    pages: int
    stories: Sequence[Story]
    guests: Sequence[Story]
    seed: int
    children: Sequence[Section] = ()
    """Sections that it links to."""

    @property
    def dice(self) -> Dice:
        """The dice of this page."""
        return Dice(self.seed, self.section.path, *(story.entry.number for story in self.stories))


@dataclass(frozen=True)
class Row:
    """One link of a listing."""

    href: str
    title: str
    date: str | None = None
    lead: str | None = None


_COVER = '<li><a href="{href}"><img src="/res/img/cover.jpg" alt=""></a>'
_ROWS: dict[Family, str] = {
    "cn": '<li><h4><a href="{href}" target="_blank">{title}</a></h4>{date}{lead}</li>\n',
    "tb": '<dl><dt><a href="{href}" target="_blank">{title}</a></dt><dd>{date}{lead}</dd></dl>\n',
    "legacy": '<li><a href="{href}">{title}</a> {date}</li>\n',
    "photo": _COVER + '<h4><a href="{href}">{title}</a></h4>{date}</li>\n',
    "video": _COVER + '<h4><a href="{href}">{title}</a></h4>{date}</li>\n',
}
_LISTS: dict[Family, str] = {
    "cn": '<div class="listnews">\n<ul>\n{}</ul>\n</div>',
    "tb": '<div class="liebiao">\n{}</div>',
    "legacy": '<ul class="list">\n{}</ul>',
    "photo": '<div class="piclist">\n<ul>\n{}</ul>\n</div>',
    "video": '<div class="piclist video">\n<ul>\n{}</ul>\n</div>',
}


def render(listing: Listing) -> str:
    """Return the page as HTML."""
    section = listing.section
    header, footer = (TB_HEADER, TB_FOOTER) if section.family == "tb" else (HEADER, FOOTER)
    crumbs = "&nbsp;&gt;&nbsp;".join(f'<a href="../">{name}</a>' for name in section.trail)
    rows = _fetched_by_script(listing.number) if section.scripted else list_of(listing)
    links = (f'<a href="{child.listing()}">{child.name}</a>' for child in listing.children)
    children = f'\n<div class="subnav">{" ".join(links)}</div>' if listing.children else ""
    if section.collects:  # empty ones of one name would be one page, byte for byte
        rows = f"<!-- {section.path} -->{rows}"
    return f"""<!DOCTYPE html>
<html lang="{"bo" if section.family == "tb" else "zh-CN"}">
<head>
<meta charset="utf-8">
<title>{section.name}_{section.trail[0]}</title>
{SCRIPTS}
</head>
<body>
{header}
<div class="wrap">
<div class="position">{crumbs}</div>{children}
<div class="content">
<div class="left">
{rows}
<div class="page">{_pager(listing)}</div>
</div>
</div>
</div>
{footer}
</body>
</html>
"""


def list_of(listing: Listing) -> str:
    """Return the list itself as HTML."""
    family = listing.section.family
    return _LISTS[family].format("".join(_show(row, family) for row in rows_of(listing)))


def _fetched_by_script(number: int) -> str:
    """Return an empty place and the script that fetches its list; the page does not depend on the list."""
    return f"""<div id="listing"></div>
<script>
var request = new XMLHttpRequest();
request.open("GET", "rows_{number}.json");
request.onload = function () {{
  document.getElementById("listing").innerHTML = JSON.parse(request.responseText).rows;
}};
request.send();
</script>"""


def rows_of(listing: Listing) -> list[Row]:
    """Return the links in the order of the page."""
    dice = listing.dice
    rows = [_row(listing, story) for story in listing.stories]
    if rows and dice.one_in(2, "the same article twice"):
        rows.append(_row(listing, listing.stories[-1], "twice"))
    for guest in listing.guests:
        rows.insert(dice.number(f"guest {guest.entry.number}") % (len(rows) + 1), _row(listing, guest))
    if rows and dice.one_in(2, "stranger"):
        rows.insert(dice.number("stranger's place") % (len(rows) + 1), Row(dice.choose("href", STRANGERS), "专题"))
    return rows


def _row(listing: Listing, story: Story, occasion: str = "") -> Row:
    entry, section = story.entry, listing.section
    dice = Dice(listing.seed, section.path, entry.number, occasion)
    place = section if section in entry.sections else entry.sections[0]
    href = spell(entry.path(place), place.host, section, dice)
    date = f"{entry.published:%Y-%m-%d}" if dice.one_in(2, "date") else None
    return Row(href, story.title, date, story.lead if dice.one_in(2, "lead") else None)


def _show(row: Row, family: Family) -> str:
    return _ROWS[family].format(
        href=escape(row.href),
        title=plain(row.title),
        date=f"<span>{row.date}</span>" if row.date else "",
        lead=f"<p>{plain(row.lead)}</p>" if row.lead else "",
    )


def _pager(listing: Listing) -> str:
    """Return the script that knows how many pages there are and, in some sections, links to them."""
    section = listing.section
    stem, _, ending = section.listing(1).rsplit("/", 1)[1].partition("_1.")
    script = f'<script>createPageHTML({listing.pages}, {listing.number}, "{stem}", "{ending}");</script>'
    if Dice(listing.seed, section.path).one_in(2, "pager by script alone"):
        return script
    pages = [page for page in range(min(listing.pages, 10)) if page != listing.number]
    return "\n".join([*(f'<a href="{section.listing(page)}">{page + 1}</a>' for page in pages), script])
