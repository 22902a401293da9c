"""Clean-from-HTML beside the extractors that people use today, on the same pages: how fast, and what was right.

Prints the table that the README shows. Pages are those of the replica's Chinese edition, undamaged, whose truth is
known; a paragraph counts as kept where the output has it, noise is what the page has besides its story.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import lxml.html
import trafilatura

from benchmarks.bench_article import planted_pages
from benchmarks.measuring import best_of, line
from tibetnews.outlet.article import read_article
from tibetnews.records import clean_record

ROUNDS = 5


@dataclass(frozen=True)
class Extracted:
    """What an extractor made of a page; "" for what it has no field for or did not find."""

    title: str = ""
    time: str = ""
    source: str = ""
    text: str = ""


def main() -> bool:
    """Measure all sides on the same pages."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    pages = [page for page in planted_pages() if page.truth["edition"] == "cn" and page.layout != "paged"]
    sides: dict[str, Callable[[str, str], Extracted]] = {
        "tibetnews": tibetnews,
        "trafilatura": with_trafilatura,
        "gne": with_gne(),
        "newspaper4k": with_newspaper(),
    }

    def each(side: Callable[[str, str], object]) -> Callable[[], None]:
        def run() -> None:
            for page in pages:
                side(page.html, page.url)

        return run

    parse: Callable[[str, str], object] = lambda html, _url: lxml.html.fromstring(html)  # noqa: E731
    times = best_of(ROUNDS, {"lxml": each(parse), **{name: each(side) for name, side in sides.items()}})
    print(f"| {len(pages)} pages | ms a page | title | date and time | source | paragraphs kept | noise kept |")
    print("|---|---|---|---|---|---|---|")
    for name, side in sides.items():
        print(f"| {name} | {times[name] / len(pages) * 1e3:.2f} | {_row(pages, side)} |")
    ratio = times["tibetnews"] / times["lxml"]
    return line("clean from HTML, as a multiple of lxml's parse alone", f"{ratio:.2f}", "at most 4", ratio <= 4)


def tibetnews(html: str, url: str) -> Extracted:
    """Read with the outlet's reader and clean the record."""
    article = read_article(html, url)
    clean_record(article)
    return Extracted(article.title, article.published_at or "", article.source or "", article.text)


def with_trafilatura(html: str, url: str) -> Extracted:
    """Read with trafilatura, metadata too."""
    found = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Extracted()
    return Extracted(found.title or "", found.date or "", found.sitename or "", found.text or "")


def with_gne() -> Callable[[str, str], Extracted]:
    """gne, the extractor of Chinese news crawlers."""
    import gne

    extractor = gne.GeneralNewsExtractor()

    def extract(html: str, _url: str) -> Extracted:
        found = extractor.extract(html)
        return Extracted(found["title"], found["publish_time"], "", found["content"])

    return extract


def with_newspaper() -> Callable[[str, str], Extracted]:
    """newspaper4k, told that the page is Chinese."""
    import newspaper

    def extract(html: str, url: str) -> Extracted:
        article = newspaper.Article(url, language="zh")
        article.download(input_html=html)
        article.parse()
        time = article.publish_date.isoformat() if article.publish_date else ""
        return Extracted(article.title or "", time, "", article.text or "")

    return extract


def _row(pages: list[Any], side: Callable[[str, str], Extracted]) -> str:
    title = time = source = kept = paragraphs = noise = pieces = 0
    for page in pages:
        found, truth = side(page.html, page.url), page.truth
        title += found.title == truth["title"]
        time += _digits(found.time) == _digits(truth["published_at"])
        source += found.source == (truth["source"] or "")
        text = _bare(found.text)
        for paragraph in truth["text"].split("\n\n"):
            paragraphs += 1
            kept += _bare(paragraph) in text
        around = [text_line for piece in truth["removed"] for text_line in piece["text"].split("\n")]
        around += [image["caption"] for image in truth["images"] if image["caption"]]
        for words in around:
            pieces += 1
            noise += _bare(words) in text
    share = [f"{count / len(pages):.0%}" for count in (title, time, source)]
    return " | ".join([*share, f"{kept / paragraphs:.1%}", f"{noise / pieces:.1%}"])


def _digits(time: str) -> str:
    """Return the digits of a time to the minute, without an offset; a date alone has eight."""
    return re.sub(r"\D", "", re.sub(r"[+-]\d\d:?\d\d$", "", time))[:12]


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
