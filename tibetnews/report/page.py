"""The page as a whole: self-contained, without scripts, and forbidden to ask for anything."""

from __future__ import annotations

from importlib.resources import files

from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.headline import headline
from tibetnews.report.html import Markup, joined, tag
from tibetnews.report.parts.articles import articles, sections
from tibetnews.report.parts.content import content
from tibetnews.report.parts.failures import failures
from tibetnews.report.parts.requests import requests
from tibetnews.report.parts.runs import runs
from tibetnews.report.parts.top import top

_STYLE = files("tibetnews.report").joinpath("style.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(summary: YearlySummary, names: dict[str, str], place: str) -> str:
    """Return the report as one HTML document.

    names: those of the sections that are walked, by edition/section, in their order; place: where the ledger lies.
    """
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
        sections(summary, names),
        content(summary),
        failures(summary),
    )
    foot = tag("footer", "Written by ", tag("code", "tibetnews report"), " from the ledger; days of runs are UTC.")
    body = tag("body", tag("main", top(summary, place), *parts, foot))
    return joined(Markup("<!doctype html>\n"), tag("html", head, body, lang="en"), Markup("\n"))
