"""Runs Scrapy's command line and prints, as its last line on standard output, which names it has looked up.

``python -m tests.support.watched_crawl crawl …``
"""

from __future__ import annotations

import atexit
import json
import sys
from typing import Any

names: set[str] = set()


def note(event: str, arguments: tuple[Any, ...]) -> None:
    """Note the name that is looked up; whatever looks it up is audited."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        names.add(str(arguments[0]))


if __name__ == "__main__":
    from scrapy.cmdline import execute

    sys.addaudithook(note)
    atexit.register(lambda: print(json.dumps(sorted(names))))
    execute(["scrapy", *sys.argv[1:]])
