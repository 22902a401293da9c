"""Articles: how many a day, and each section with its state and last news, the ill ones first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from tibetnews.health.limits import Limits
from tibetnews.ledger.status import SectionState
from tibetnews.ledger.yearly import YearlySummary
from tibetnews.report.charts import Series, bars, spark
from tibetnews.report.figures import daily, silences, weekly
from tibetnews.report.formatting import minute, number
from tibetnews.report.html import Content, Markup, code, dated, joined, link, section, table, tag
from tibetnews.wording import counted

DAYS = 91
WEEKS = 26


def articles(summary: YearlySummary) -> Markup:
    """Return the section on articles a day."""
    first, values = daily(summary, DAYS)
    days = [first + timedelta(days=i) for i in range(len(values))]
    sentence = f"By day of publication, the outlet's clock (UTC+8): {counted(sum(values), 'article')} from {first} to"
    sentence += f" {days[-1]}, {sum(values) / len(days):.1f} a day."
    step = 14 if len(days) > 40 else 7
    labels = {i: f"{days[i]:%b} {days[i].day}" for i in range(len(days) % step // 2, len(days), step)}
    series = [Series("a", values, "articles")]
    chart = bars("Articles a day", sentence, series, [day.isoformat() for day in days], labels, "articles")
    return section("articles", "Articles a day", dated(sentence), chart)


def sections(summary: YearlySummary, names: Mapping[str, str], listings: Mapping[str, str], limits: Limits) -> Markup:
    """Return the section on sections.

    Args:
        summary: The figures of the ledger.
        names: Names of the sections that are walked, by edition/section.
        listings: Addresses of their listings, likewise.
        limits: From where on a silence is too long.
    """
    recent = weekly(summary, WEEKS)
    weeks = len(next(iter(recent.values()), ()))
    met = [*(key for key in names if key in summary.sections), *sorted(set(summary.sections) - set(names))]
    unmet = [key for key in names if key not in summary.sections]
    silent = silences(summary, limits)
    ill = {key: fault for key in met if (fault := summary.sections[key].fault or _silence(silent.get(key)))}
    heads = [("Section", ""), ("State", "state"), ("Articles", "n"), ("Failed", "n"), ("Last news", "n")]
    heads += [(counted(weeks, "week"), "spark"), ("Read to its end, UTC", "n")]
    rows = []
    for key in sorted(met, key=lambda key: key not in ill):
        state = summary.sections[key]
        name = tag("span", names[key], class_="name", lang=_language(key)) if key in names else "not walked"
        title = joined(name, " ", link(code(key), listings.get(key)))
        rows.append([title, _state(ill.get(key), state), *_figures(state, recent.get(key), weeks)])
    sentence = f"{counted(len(met), 'section')} with articles, {number(len(ill))} of them ill. A section is read to its"
    sentence += " end, or to articles known before; the next run stops there."
    unread = tag(
        "details",
        tag("summary", f"Without an article so far: {counted(len(unmet), 'section')}"),
        tag("p", (joined(link(code(key), listings.get(key)), " ") for key in unmet), class_="none"),
    )
    return section(
        "sections",
        "Sections",
        sentence,
        table("Sections, the ill ones first", heads, rows, "sections") if met else None,
        unread if unmet else None,
    )


def _state(fault: str | None, state: SectionState) -> Markup:
    if fault:
        return tag("span", f"! {fault}", class_="ill")
    if state.failed:
        return tag("span", f"{counted(state.failed, 'article')} failed", class_="some")
    return tag("span", "✓ well", class_="well")


def _figures(state: SectionState, recent: list[int] | None, weeks: int) -> list[Content]:
    by_week = ", ".join(map(str, recent or ()))
    drawn = spark(f"Articles a week, the last {counted(weeks, 'week')}: {by_week}", recent) if recent else "–"
    read = minute(datetime.fromisoformat(state.walked)) if state.walked else "never"
    failed: Content = tag("span", number(state.failed), class_="ill") if state.failed else "0"
    return [number(state.known), failed, (state.newest or "–")[:10], drawn, read]


def _silence(pause: str | None) -> str | None:
    return f"no news {pause.partition(';')[0]}" if pause else None


def _language(key: str) -> str:
    """Return the language of a section's name, which is that of its edition."""
    return {"tb": "bo", "eng": "en", "fr": "fr", "de": "de"}.get(key.partition("/")[0], "zh-Hans")
