"""What ``tibetnews crawl -h`` says of the spiders: their arguments, from the docstrings that explain them."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from tibetnews.console import ExitStatus

COLUMNS = 80
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {6,}.*)*)", re.MULTILINE)


def help_on_spiders(settings: BaseSettings) -> str:
    """Return the spiders, the arguments of each, and the exit statuses."""
    loader = get_spider_loader(settings)
    lines = ["Spiders and their arguments (-a NAME=VALUE)", "-" * 43]
    for name in sorted(loader.list()):
        spider = loader.load(name)
        about = inspect.getdoc(spider) or ""
        lines += ["", *_entry(f"  {name}", about.partition("\n\n")[0])]
        if read_arguments := getattr(spider, "read_arguments", None):
            explained = dict(_ARGUMENT.findall(inspect.getdoc(read_arguments) or ""))
            for argument in inspect.signature(read_arguments).parameters:
                lines += _entry(f"    {argument}", explained.get(argument, ""))
    lines += ["", "Exit statuses", "-" * 13]
    for status in ExitStatus:
        lines += _entry(f"  {status:d}", status.meaning)
    return "\n".join(lines)


def _entry(name: str, meaning: str) -> Iterator[str]:
    """Yield the lines of a name and its meaning."""
    words = " ".join(meaning.replace("``", "").split())
    yield from textwrap.wrap(words, COLUMNS, initial_indent=f"{name:<15} ", subsequent_indent=" " * 16) or [name]
