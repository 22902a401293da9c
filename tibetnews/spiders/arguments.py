"""The arguments of the spiders, ``-a name=value``: read and checked before any request is made."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from tibetnews import clock
from tibetnews.console import PROGRAM
from tibetnews.errors import InvalidArgumentError
from tibetnews.outlet.sections import Section, section_table
from tibetnews.outlet.urls import OUTLET_TIME
from tibetnews.spiders.shard import ALL, Shard, read_shard

T = TypeVar("T")
_OF_SCRAPYD = ("_job", "_version")  # what it passes to every spider besides the user's arguments


def parse_arguments(read: Callable[..., T], arguments: Mapping[str, str]) -> T:
    """Return what ``read`` makes of the arguments.

    Args:
        read: Function whose parameters are the known arguments.
        arguments: What was given with ``-a``, by name.

    Raises:
        InvalidArgumentError: An argument is unknown, missing or wrong.
    """
    known = list(inspect.signature(read).parameters)
    arguments = {name: value for name, value in arguments.items() if name not in _OF_SCRAPYD}
    for name in arguments:
        if name not in known:
            raise InvalidArgumentError(f"-a {name}=…: there is no such argument; it can be {', '.join(known)}")
    return read(**arguments)


LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlScope:
    """Which listings to crawl, how far, and which days of articles to read; days are YYYY-MM-DD."""

    sections: tuple[Section, ...]
    since: str = ""
    until: str = LAST_DAY
    pages: int | None = None
    """Number of listing pages of each section; None for all."""
    full: bool = False
    """Whether listings are read to their end, even below articles known before."""
    discover: tuple[str, ...] = ()
    """Editions whose home pages are to lead to sections that the table lacks."""
    shard: Shard = ALL
    """The share of this machine; ``sections`` has no others."""

    @property
    def has_all_days(self) -> bool:
        """Whether no day is left out, so that every link of a listing is followed."""
        return not self.since and self.until == LAST_DAY

    def covers(self, day: str | None) -> bool:
        """Return whether a day is in scope; a day that is not known yet is."""
        return day is None or self.since <= day <= self.until

    def ends_with(self, page: int, days: Sequence[str | None]) -> bool:
        """Return whether no page of a listing after this one, whose links are of these days, can be in scope."""
        if self.pages is not None and page + 1 >= self.pages:
            return True
        return bool(days) and all(day is not None and day < self.since for day in days)


def read_crawl_scope(
    editions: str | None = None,
    sections: str | None = None,
    since: str | None = None,
    until: str | None = None,
    pages: str | None = None,
    full: str | None = None,
    discover: str | None = None,
    shard: str | None = None,
) -> CrawlScope:
    """Return the scope of ``tibetnews crawl sections``; without arguments all pages of all sections.

    Args:
        editions: Names of editions, with commas.
        sections: Names of sections, with commas, as ``tibetnews sections`` lists them; cn/edu means one edition's.
        since: First day: YYYY-MM-DD, today, yesterday, or -7d for seven days before today, by the outlet's clock.
        until: Last day, likewise.
        pages: Number of listing pages of each section, 1 or more.
        full: "1" to read listings to their end.
        discover: "1" to crawl sections that the table lacks too, if the outlet's pages lead to them.
        shard: This machine's share of the sections, such as 1/2 on the first of two machines.

    Raises:
        InvalidArgumentError: An argument cannot be used.
    """
    within, share = read_editions(editions), read_shard(shard)
    if discover not in (None, "0", "1"):
        raise InvalidArgumentError(f"-a discover={discover}: write 1, or leave it out")
    chosen = _sections(within, _names(sections, "sections"), may_be_none=discover == "1")
    ours = tuple(section for section in chosen if share.has(section.section_key))
    if chosen and not ours:
        raise InvalidArgumentError(f"-a shard={shard}: none of the {len(chosen)} sections is in it; name fewer shares")
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise InvalidArgumentError(f"-a since={since} -a until={until}: since is after until, so no day is left")
    if pages is not None and (not pages.isascii() or not pages.isdigit() or int(pages) < 1):
        raise InvalidArgumentError(f"-a pages={pages}: it is the number of listing pages of each section, 1 or more")
    if full not in (None, "0", "1"):
        raise InvalidArgumentError(f"-a full={full}: write 1, or leave it out")
    return CrawlScope(
        sections=ours,
        shard=share,
        since=first or "",
        until=last or LAST_DAY,
        pages=int(pages) if pages else None,
        full=full == "1",
        discover=within if discover == "1" else (),
    )


def read_probe_sections(editions: str | None = None, sections: str | None = None) -> tuple[Section, ...]:
    """Return the sections that ``tibetnews probe`` may look at; by default all. Raises InvalidArgumentError."""
    return _sections(read_editions(editions), _names(sections, "sections"), may_be_none=False)


def read_editions(editions: str | None = None) -> tuple[str, ...]:
    """Return the editions of ``tibetnews sections --discover``, by default all. Raises InvalidArgumentError."""
    names = _names(editions, "editions")
    for name in names:
        if name not in section_table().editions:
            raise InvalidArgumentError(
                f"-a editions: no edition {name!r}; there are {', '.join(section_table().editions)}"
            )
    return tuple(names) or section_table().editions


def _sections(editions: Sequence[str], names: list[str], *, may_be_none: bool) -> tuple[Section, ...]:
    within = [s for s in section_table().sections if s.area.edition in editions]
    wanted = [_canonical(name) for name in names]
    for name in wanted:
        if not any(name in (section.edition_path, section.section_key) for section in within):
            raise InvalidArgumentError(f"-a sections: no section {name!r} here; `{PROGRAM} sections` lists them")
    chosen = tuple(s for s in within if not wanted or not {s.edition_path, s.section_key}.isdisjoint(wanted))
    if not chosen and not may_be_none:
        raise InvalidArgumentError(
            f"-a editions={','.join(editions)}: no section of it is known; add one to sections.toml, or add"
            " -a discover=1"
        )
    return chosen


def _canonical(name: str) -> str:
    head, slash, tail = name.strip("/").partition("/")
    for area in section_table().areas:
        head = area.aliases.get(head, head)
    return head + slash + tail


def _names(value: str | None, argument: str) -> list[str]:
    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    if value is not None and not names:
        raise InvalidArgumentError(f"-a {argument}=: it is empty; leave it out for all")
    return names


def _day(argument: str, value: str | None) -> str | None:
    if value is None:
        return None
    today = clock.utc().astimezone(OUTLET_TIME).date()
    try:
        if ago := _DAYS_AGO.fullmatch(value):
            return (today - timedelta(days=int(ago["days"]))).isoformat()
        return (
            today - timedelta(days=_DAY_NAMES[value]) if value in _DAY_NAMES else date.fromisoformat(value)
        ).isoformat()
    except (ValueError, OverflowError) as error:
        raise InvalidArgumentError(
            f"-a {argument}={value}: it is a day such as 2023-10-01, yesterday, or -7d for a week ago"
        ) from error


_DAYS_AGO = re.compile(r"-(?P<days>\d{1,6})d", re.ASCII)
_DAY_NAMES = {"today": 0, "yesterday": 1}
