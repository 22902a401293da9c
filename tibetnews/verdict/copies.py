"""One page for every address: what a guard in front of an outlet answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

FEWEST = 20
"""So many copies of one story in one run are a fault: the outlet itself has an article in a few sections."""


def one_story(copies: Mapping[str, int]) -> Iterator[str]:
    """A story that very many records of one run repeat."""
    if copies:
        id_, number = max(copies.items(), key=lambda pair: pair[1])
        if number >= FEWEST:
            yield f"{number} records repeat the story of {id_}; the outlet may answer every request with one page"
