"""Charts in SVG. They are stretched to the width that there is; what is written beside them is HTML and is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tibetnews.report.formatting import number
from tibetnews.report.html import Markup, joined, table_view, tag

HEIGHT = 100
FEW_WEEKS = 4
"""A calendar of so many weeks begins with a whole one, lest its first squares hang in the air."""
DAYS_BEFORE_A_LABEL = 12
"""From a later day of the first month on, its label would meet the next one."""


BAR_PIXELS = 44
SPARK_PIXELS = 8
MIN_PIXELS = 320
"""A chart of few bars is no wider than so much for each, and no narrower than this."""


class Series(NamedTuple):
    """Bars of one kind."""

    class_: str
    """Their CSS class."""
    values: Sequence[float]
    name: str
    """What is counted."""


def bars(
    title: str, description: str, series: Sequence[Series], names: Sequence[str], labels: Mapping[int, str], unit: str
) -> Markup:
    """Return a chart of bars, of several series on top of each other, with its values as a table.

    Args:
        title: What the chart shows.
        description: The same in a sentence.
        series: The lowest first.
        names: The name of each bar, such as its day.
        labels: What stands below the axis, by the number of the bar.
        unit: What is counted.
    """
    width = len(names)
    totals = [sum(values) for values in zip(*(of.values for of in series), strict=True)]
    top = ceiling(max(totals, default=0))
    base = [0.0] * width
    drawn: list[Markup] = []
    for class_, values, _ in series:
        drawn.append(tag("path", class_=class_, d=_bars(values, base, top)))
        base = [below + value for below, value in zip(base, values, strict=True)]
    for i, name in enumerate(names):
        told = ", ".join(f"{number(of.values[i])} {of.name}" for of in series)
        drawn.append(tag("rect", tag("title", f"{name}: {told}"), class_="hover", x=i, y=0, width=1, height=HEIGHT))
    lines = joined(tag("path", class_="grid", d=f"M0 {y}H{width}") for y in (0, HEIGHT / 2))
    svg = _svg(title, description, width, HEIGHT, lines, *drawn, tag("path", class_="axis", d=f"M0 {HEIGHT}H{width}"))
    ticks = joined(
        tag("span", number(top * part), style=f"bottom:{100 * part:.0f}%", class_="y") for part in (0, 0.5, 1)
    )
    below = joined(_label(name, i, width) for i, name in labels.items())
    rows = [[name, *(number(of.values[i]) for of in series)] for i, name in reversed(list(enumerate(names)))]
    chart = tag(
        "div",
        tag("div", unit, class_="unit"),
        tag("div", svg, ticks, class_="plot"),
        tag("div", below, class_="x", aria_hidden="true"),
        class_="chart",
        style=f"max-width:{max(MIN_PIXELS, BAR_PIXELS * width)}px",
    )
    return joined(chart, table_view([("When", ""), *((of.name, "n") for of in series)], rows, title))


class Cell(NamedTuple):
    """A day of a calendar: its CSS class and its words."""

    class_: str
    label: str


def calendar(title: str, description: str, first: date, last: date, cell: Callable[[str], Cell]) -> Markup:
    """Return a calendar: a column a week, Monday on top, a square for each day, which ``cell`` describes."""
    start = first - timedelta(days=first.weekday())
    weeks = (last - start).days // 7 + 1
    squares: list[Markup] = []
    labels: list[Markup] = []
    for i in range((last - start).days + 1):
        day = start + timedelta(days=i)
        if day < first and weeks > FEW_WEEKS:
            continue
        class_, label = cell(day.isoformat()) if day >= first else Cell("no", f"{day}: before the first run")
        x, y = i // 7 + 0.07, i % 7 + 0.07
        squares.append(
            tag(
                "rect", tag("title", label), class_=class_, x=f"{x:.2f}", y=f"{y:.2f}", width=0.86, height=0.86, rx=0.16
            )
        )
        if "ill" in class_:  # a mark besides the colour
            squares.append(tag("path", class_="mark", d=f"M{x + 0.26:.2f} {y + 0.43:.2f}h.34"))
        if day.day == 1 or (day == first and day.day <= DAYS_BEFORE_A_LABEL):
            labels.append(_label(f"{day:%b}", i // 7, weeks))
    svg = _svg(title, description, max(weeks, 2), 7, *squares, stretched=False)
    return tag(
        "div",
        svg,
        tag("div", labels, class_="x", aria_hidden="true"),
        class_="calendar",
        style=f"max-width:{max(weeks, 2) * 20}px",
    )


def _label(name: str, position: int, width: int) -> Markup:
    """Return a label below an axis; near its end it stands before its place, so that nothing of it is cut off."""
    if position > 0.85 * width:
        return tag("span", name, style=f"right:{max(0.0, 100 * (1 - (position + 1) / width)):.2f}%")
    return tag("span", name, style=f"left:{100 * position / width:.2f}%")


def spark(title: str, values: Sequence[float]) -> Markup:
    """Return a small row of bars beside a name."""
    top = max(values, default=0) or 1
    drawn = tag("path", class_="a", d=_bars(values, [0.0] * len(values), top))
    return tag("div", _svg(title, None, len(values), HEIGHT, drawn), style=f"max-width:{SPARK_PIXELS * len(values)}px")


def gauge(title: str, value: float, usual: float | None = None) -> Markup:
    """Return a share of one as a bar, with a stroke where it usually is."""
    return _svg(
        title,
        None,
        100,
        HEIGHT,
        tag("path", class_="track", d="M0 30H100V70H0z"),
        tag("path", class_="a", d=f"M0 30H{100 * value:.1f}V70H0z"),
        None if usual is None else tag("path", class_="usual", d=f"M{100 * usual:.1f} 8V92"),
    )


def ceiling(value: float) -> float:
    """Return the top of an axis: the least round number, of which the half is whole, that is not below the value."""
    step = 1.0
    while True:
        for factor in (2, 4, 6, 8, 10) if step == 1 else (1, 1.6, 2, 3, 4, 5, 6, 8, 10):
            if value <= factor * step:
                return factor * step
        step *= 10


def _bars(values: Sequence[float], base: Sequence[float], top: float) -> str:
    parts: list[str] = []
    for i, (value, below) in enumerate(zip(values, base, strict=True)):
        if value:
            height = HEIGHT * value / top
            parts.append(f"M{i + 0.1:.1f} {HEIGHT * (1 - below / top):.4g}v{-height:.4g}h.8v{height:.4g}z")
    return "".join(parts)


def _svg(
    title: str, description: str | None, width: float, height: float, *drawn: Markup | None, stretched: bool = True
) -> Markup:
    return tag(
        "svg",
        tag("title", title),
        description and tag("desc", description),
        *drawn,
        viewBox=f"0 0 {width} {height}",
        preserveAspectRatio="none" if stretched else None,
        role="img",
    )
