"""Charts in SVG. They are stretched to the width that there is; what is written beside them is HTML and is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tibetnews.report.formatting import number
from tibetnews.report.html import Markup, joined, tag

HEIGHT = 100


def bars(
    title: str,
    description: str,
    series: Sequence[tuple[str, Sequence[float]]],
    labels: Mapping[int, str],
    unit: str,
) -> Markup:
    """Return a chart of bars, of several series on top of each other.

    series: a CSS class and the values of each, the lowest first; labels: what stands below the axis, by the number
    of the bar; unit: what is counted.
    """
    width = len(series[0][1])
    totals = [sum(values) for values in zip(*(values for _, values in series), strict=True)]
    top = ceiling(max(totals, default=0))
    base = [0.0] * width
    drawn: list[Markup] = []
    for class_, values in series:
        drawn.append(tag("path", class_=class_, d=_bars(values, base, top)))
        base = [below + value for below, value in zip(base, values, strict=True)]
    lines = joined(tag("path", class_="grid", d=f"M0 {y}H{width}") for y in (0, HEIGHT / 2))
    svg = _svg(title, description, width, HEIGHT, lines, *drawn, tag("path", class_="axis", d=f"M0 {HEIGHT}H{width}"))
    ticks = joined(
        tag("span", number(top * part), style=f"bottom:{100 * part:.0f}%", class_="y") for part in (0, 0.5, 1)
    )
    below = joined(tag("span", name, style=f"left:{100 * i / width:.2f}%") for i, name in labels.items())
    return tag(
        "div",
        tag("div", unit, class_="unit"),
        tag("div", svg, ticks, class_="plot"),
        tag("div", below, class_="x", aria_hidden="true"),
        class_="chart",
    )


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
        if day < first:
            continue
        class_, label = cell(day.isoformat())
        x, y = i // 7 + 0.07, i % 7 + 0.07
        squares.append(
            tag(
                "rect", tag("title", label), class_=class_, x=f"{x:.2f}", y=f"{y:.2f}", width=0.86, height=0.86, rx=0.16
            )
        )
        if "ill" in class_:  # a mark besides the colour
            squares.append(tag("path", class_="mark", d=f"M{x + 0.26:.2f} {y + 0.43:.2f}h.34"))
        if day.day == 1 and (i // 7) < weeks - 1:
            labels.append(tag("span", f"{day:%b}", style=f"left:{100 * (i // 7) / weeks:.2f}%"))
    svg = _svg(title, description, weeks, 7, *squares, stretched=False)
    return tag(
        "div",
        svg,
        tag("div", labels, class_="x", aria_hidden="true"),
        class_="calendar",
        style=f"max-width:{weeks * 20}px",
    )


def spark(title: str, values: Sequence[float]) -> Markup:
    """Return a small row of bars beside a name."""
    top = max(values, default=0) or 1
    return _svg(title, None, len(values), HEIGHT, tag("path", class_="a", d=_bars(values, [0.0] * len(values), top)))


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
