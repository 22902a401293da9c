"""From a page to its whole Article, beside lxml's parse of the page alone and trafilatura's extraction."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import trafilatura

from benchmarks.measuring import best_of_each, line
from replica import Replica
from tibetnews.outlet.article import read_article
from tibetnews.outlet.encoding import decode

ARTICLES = 120
_PARAGRAPH = re.compile(r"<p[^<>]*>(?:\u3000\u3000(?!版权)|[\u0f00-\u0fff])[^<>]{60,}</p>")
_REPEATED = 20  # so that a story has a hundred paragraphs and more
_LINK = '<li><a href="/cn/news/yc/202310/t20231013_75{0:05}.html">藏历新年 {0}</a><span>10-13</span></li>\n'
_STYLE = ".list{0} > li {{ margin: 0 {0}px; background: url(/res/{0}.png) no-repeat; }}\n"
_SCRIPT = 'if (size > {0} && size < 2 * {0}) {{ show("<div class=\'list{0}\'>" + name[{0}] + "</div>"); }}\n'


def main() -> bool:
    """Pages of every layout with markup, from the replica."""
    pages = [(page.html, page.url) for page in planted_pages()]
    large = [(widened(html), url) for html, url in pages]
    sides: dict[str, Callable[[tuple[str, str]], object]] = {
        "lxml": lambda page: lxml.html.fromstring(page[0]),
        "tibetnews": lambda page: read_article(*page),
    }
    peer: dict[str, Callable[[tuple[str, str]], object]] = {
        "trafilatura": lambda page: trafilatura.bare_extraction(page[0], url=page[1], with_metadata=True)
    }
    times = best_of_each(20, pages, sides) | best_of_each(5, pages, peer)
    times |= {f"{name}, large pages": seconds for name, seconds in best_of_each(20, large, sides).items()}
    each = {name: seconds / len(pages) * 1e3 for name, seconds in times.items()}
    size = sum(len(html) for html, _ in large) // len(large) // 1000
    print(", ".join(f"{name} {ms:.2f} ms" for name, ms in each.items()), f"a page; {len(pages)} pages")
    parse = each["tibetnews"] / each["lxml"]
    parse_large = each["tibetnews, large pages"] / each["lxml, large pages"]
    faster = each["trafilatura"] / each["tibetnews"]
    return all(
        [
            line("page to Article, as a multiple of lxml's parse alone", f"{parse:.2f}", "at most 3", parse <= 3),
            line(f"the same for pages of {size},000 characters", f"{parse_large:.2f}", "at most 3", parse_large <= 3),
            line("page to Article, times faster than trafilatura", f"{faster:.1f}", "at least 15", faster >= 15),
        ]
    )


def widened(html: str) -> str:
    """Return a page of real size: a long story, and inline styles, scripts and lists of links around it."""
    many = range(60)
    head = f"<style>{''.join(map(_STYLE.format, many))}</style><script>{''.join(map(_SCRIPT.format, many))}</script>"
    links = f"<div class='more'><ul>{''.join(map(_LINK.format, range(200)))}</ul></div>"
    story = _PARAGRAPH.sub(lambda paragraph: paragraph[0] * _REPEATED, html)
    return story.replace("</head>", f"{head}</head>").replace("</body>", f"{links}</body>")


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
