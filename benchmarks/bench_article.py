"""From a page to its whole Article, beside lxml's parse of the page alone and trafilatura's extraction."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import trafilatura

from benchmarks.measuring import best_of, line
from replica import Replica
from tibetnews.outlet.article import read_article
from tibetnews.outlet.encoding import decode

ARTICLES = 120


def main() -> bool:
    """Pages of every layout with markup, from the replica."""
    pages = [(page.html, page.url) for page in planted_pages()]
    times = best_of(
        9,
        {
            "lxml": lambda: _each(pages, lambda html, _url: lxml.html.fromstring(html)),
            "tibetnews": lambda: _each(pages, read_article),
            "trafilatura": lambda: _each(
                pages, lambda html, url: trafilatura.bare_extraction(html, url=url, with_metadata=True)
            ),
        },
    )
    each = {name: seconds / len(pages) * 1e3 for name, seconds in times.items()}
    print(", ".join(f"{name} {ms:.2f} ms" for name, ms in each.items()), f"a page; {len(pages)} pages")
    parse = each["tibetnews"] / each["lxml"]
    peer = each["trafilatura"] / each["tibetnews"]
    return all(
        [
            line("page to Article, as a multiple of lxml's parse alone", f"{parse:.2f}", "at most 3", parse <= 3),
            line("page to Article, times faster than trafilatura", f"{peer:.1f}", "at least 15", peer >= 15),
        ]
    )


def _each(pages: list[tuple[str, str]], side: Callable[[str, str], object]) -> None:
    """One page after another; each result is let go at once, so that all sides pay for freeing their trees."""
    for html, url in pages:
        side(html, url)


@dataclass(frozen=True)
class Planted:
    """A page of the replica and the record that it must give."""

    html: str
    url: str
    truth: dict[str, Any]
    layout: str


def planted_pages() -> list[Planted]:
    """Articles of every layout with markup; an article under two spellings of its address once."""
    with Replica(articles=ARTICLES, seed=5) as replica:
        layouts = replica.layouts()
        connection = http.client.HTTPConnection(urlsplit(replica.url).netloc)
        found = []
        for url, truth in replica.records().items():
            if truth["kind"] == "article":
                connection.request("GET", urlsplit(url).path)
                response = connection.getresponse()
                body = response.read()
                if response.status == 200:
                    found.append(
                        Planted(decode(body, response.getheader("Content-Type")), url, truth, layouts[truth["id"]])
                    )
        connection.close()
    return found
