"""One page for every address: what a guard in front of an outlet answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

FEWEST = 20
SHARE = 0.5
"""So many copies of one story, and such a share of a run's records, are a fault: the outlet itself has an article in a
few sections, and series whose pages say little."""


def one_story(copies: Mapping[str, int], records: int) -> Iterator[str]:
    """A story that most records of a run repeat; ``records`` are all of them, dropped copies too."""
    if copies:
        id_, number = max(copies.items(), key=lambda pair: pair[1])
        if number >= FEWEST and number > SHARE * records:
            yield (
                f"{number} of {records} records repeat the story of {id_}; the outlet may answer every request with one"
                " page"
            )
