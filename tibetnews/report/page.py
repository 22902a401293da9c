"""The page as a whole: self-contained, without scripts, and forbidden to ask for anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from tibetnews.health.limits import Limits
from tibetnews.ledger.status import RUN_LOG
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.formatting import utc
from tibetnews.report.headline import headline
from tibetnews.report.html import Markup, code, joined, link, tag
from tibetnews.report.parts.articles import articles, sections
from tibetnews.report.parts.content import content
from tibetnews.report.parts.failures import failures, log
from tibetnews.report.parts.requests import requests
from tibetnews.report.parts.runs import runs
from tibetnews.report.parts.top import top

_STYLE = files("tibetnews.report").joinpath("style.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What the report says besides the figures of the ledger."""

    place: str
    """Where the ledger lies."""
    names: Mapping[str, str]
    """Names of the sections that are walked, by edition/section, in their order."""
    listings: Mapping[str, str] = field(default_factory=dict)
    """Addresses of their listings, likewise."""
    rejects: str | None = None
    """Path of the newest file of rejects."""
    rejects_link: str | None = None
    """The same as the report's file sees it."""
    log: Sequence[str] = ()
    """The last lines of the last run's log."""
    limits: Limits = field(default_factory=Limits)
    """Those of the verdict."""


def page(summary: YearlySummary, project: Project) -> str:
    """Return the report as one HTML document."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("link", rel="icon", href="data:,"),
        tag("title", f"tibetnews: {headline(summary).sentence}"),
        tag("style", Markup(_STYLE.read_text(encoding="utf-8"))),
    )
    parts = (
        runs(summary),
        articles(summary),
        requests(summary),
        sections(summary, project.names, project.listings, project.limits),
        content(summary),
        failures(summary, project.rejects and link(tag("code", project.rejects), project.rejects_link)),
        log(project.log, f"{project.place}/{RUN_LOG}"),
    )
    foot = tag("footer", "Written by ", code("tibetnews report"), f" at {utc(summary.taken)}; days of runs are UTC.")
    body = tag("body", tag("main", top(summary, project.place), *parts, foot))
    return joined(Markup("<!doctype html>\n"), tag("html", head, body, lang="en"), Markup("\n"))
