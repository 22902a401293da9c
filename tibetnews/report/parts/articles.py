"""Articles: how many a day, and each section with its marks and last news."""

from __future__ import annotations

from datetime import datetime, timedelta

from tibetnews.ledger.status import SectionState
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import bars, spark
from tibetnews.report.figures import daily, weekly
from tibetnews.report.formatting import ago, counted, number
from tibetnews.report.html import Content, Markup, joined, section, table, tag

DAYS = 91
WEEKS = 26


def articles(summary: YearlySummary) -> Markup:
    """Return the section on articles a day."""
    first, values = daily(summary, DAYS)
    end = first + timedelta(days=DAYS - 1)
    sentence = f"By day of publication, the outlet's clock: {counted(sum(values), 'article')} from {first} to {end}"
    sentence += f", {sum(values) / DAYS:.1f} a day."
    labels = {i: f"{day:%b} {day.day}" for i in range(3, DAYS, 14) for day in [first + timedelta(days=i)]}
    chart = bars("Articles a day", sentence, [("a", values)], labels, "articles")
    return section("articles", "Articles a day", sentence, chart)


def sections(summary: YearlySummary, names: dict[str, str]) -> Markup:
    """Return the section on sections; ``names`` are those of all that are walked, by edition/section."""
    recent = weekly(summary, WEEKS)
    met = [*(key for key in names if key in summary.sections), *sorted(set(summary.sections) - set(names))]
    unmet = [key for key in names if key not in summary.sections]
    heads = [("Section", ""), ("Articles", "n"), ("Failed", "n"), ("Last news", "n"), (f"{WEEKS} weeks", "spark")]
    heads.append(("Walked to its end", "n"))
    rows = (_row(key, names.get(key), summary, recent.get(key)) for key in met)
    sentence = (
        f"{number(len(met))} sections with articles. A walk that reached its end is a mark, where the next one stops."
    )
    unread = joined("Without an article so far: ", (joined(tag("code", key), " ") for key in unmet)) if unmet else None
    return section(
        "sections",
        "Sections",
        sentence,
        table("Sections, their last news and their marks", heads, rows, "sections") if met else None,
        tag("p", unread, class_="none") if unread else None,
    )


def _row(key: str, name: str | None, summary: YearlySummary, recent: list[int] | None) -> list[Content]:
    at = summary.sections.get(key, SectionState(0, 0, None, None))
    title = joined(tag("span", name or "not walked", class_="name"), " ", tag("code", key))
    drawn = spark(f"Articles a week, the last {WEEKS} weeks: {sum(recent)}", recent) if recent else "–"
    walked = ago(datetime.fromisoformat(at.walked), summary.taken) if at.walked else "never"
    failed: Content = tag("span", number(at.failed), class_="ill") if at.failed else "0"
    return [title, number(at.known), failed, (at.newest or "–")[:10], drawn, walked]
