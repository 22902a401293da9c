"""Crawls with a renderer, and pages that have scripts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from replica import Replica
from tests.support.crawling import Crawl, crawl

Renderer = dict[str, Any]
"""The settings that choose a renderer."""

EIGHT = "sections=politics,instant/politics,news/zcdt,culture/ms,review,photo/news,news/focus,video/p"
"""The sections of a replica with eight of them: all layouts are in these."""

FRAME = '<html><head><title>标题</title></head><body><div class="left">{}</div></body></html>'


def run(folder: Path, replica: Replica, renderer: Renderer, render: str, *arguments: str, **settings: Any) -> Crawl:
    """A crawl; without arguments of the replica's eight sections. One request at a time: the order tells copies."""
    replica.forget_requests()
    chosen = {
        **renderer,
        "RENDER": render,
        "RENDER_IDLE_SECONDS": 0,
        "CONCURRENT_REQUESTS": 1,
        "REVISIT_AFTER_DAYS": "",
        **settings,
    }
    return crawl(folder, *(arguments or ("sections", "-a", EIGHT)), site=replica.url, **chosen)


def asked(replica: Replica, ending: str = "") -> Counter[str]:
    """How often each address was asked for, but for what pages name and the replica has not."""
    paths = (request["path"] for request in replica.requests() if not request["path"].startswith("/res/"))
    return Counter(path for path in paths if path.endswith(ending))


def page_with(script: str, replica: Replica, name: str = "page") -> str:
    """Serve an article of no known markup, with a time and a sentence, and a script. Gives its address."""
    story = "<h1>标题</h1><p>2024-01-05 10:00</p><p>这里是正文，由页面自己写出。</p>"
    replica.fault(f"/mirror/{name}.html", "body", body=FRAME.format(story + script))
    return f"{replica.url}/mirror/{name}.html"
