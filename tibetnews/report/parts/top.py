"""The verdict, and the figures of the day."""

from __future__ import annotations

from tibetnews import stats
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.figures import last, minimum_requests, requests_made
from tibetnews.report.formatting import number, share, utc
from tibetnews.report.headline import headline
from tibetnews.report.html import Markup, dated, tag

_MARKS = {"well": "✓", "ill": "!", "none": "–"}


def top(summary: YearlySummary, place: str) -> Markup:
    """Return the head of the page; ``place`` is where the ledger lies."""
    head = headline(summary)
    faults = tag("ul", (tag("li", dated(fault)) for fault in head.faults), class_="faults") if head.faults else None
    return tag(
        "header",
        tag("p", f"tibetnews · {place} · {utc(summary.taken)}", class_="kicker"),
        tag(
            "div",
            tag("span", _MARKS[head.state], class_="sign", aria_hidden="true"),
            tag("h1", dated(head.sentence)),
            class_=f"verdict {head.state}",
        ),
        faults,
        tag("dl", *_figures(summary), class_="figures"),
    )


def _figures(summary: YearlySummary) -> list[Markup]:
    week, month = last(summary, 7), last(summary, 30)
    today = last(summary, 1)
    made, least = requests_made(month.counts), minimum_requests(month.counts)
    known = sum(summary.states.values())
    return [
        _figure("articles known", number(known), f"{number(today.counts[stats.ARTICLES_FOUND])} found today"),
        _figure("healthy runs, 7 days", share(week.runs - week.unhealthy, week.runs), f"of {number(week.runs)}"),
        _figure("failures open", number(summary.failing), f"{number(summary.states.get('gone', 0))} gone for good"),
        _figure(
            "requests to ideal, 30 days", f"{made / least:.2f}" if least else "–", f"{number(made)} to {number(least)}"
        ),
    ]


def _figure(name: str, value: str, beside: str) -> Markup:
    return tag("div", tag("dt", name), tag("dd", tag("b", value), tag("span", beside)))
