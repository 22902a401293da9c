"""Where a line shows empty tags that nobody was meant to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Tags with nothing between them. A tag is taken whole or not at all (possessive), and each begins with its
# own `<`, so that a run is read once.
_RUN = re.compile(r'(?:</?[A-Za-z][A-Za-z0-9]{0,15}(?: [a-z-]{1,12}="[^"<>]{0,40}")*+ ?/?>\s*+)++')
_ID = re.compile(r' id="([^"]+)"')


def empty_tags(line: str) -> Iterator[tuple[int, int]]:
    """Yield where runs of tags begin and end that bear one id twice, which HTML forbids an honest page.

    >>> list(empty_tags('西藏<acronym id="siyyr"><label id="siyyr"></label></acronym>'))
    [(2, 58)]
    """
    if ' id="' in line:
        for run in _RUN.finditer(line):
            ids = _ID.findall(run.group())
            if len(set(ids)) < len(ids):
                yield run.span()
