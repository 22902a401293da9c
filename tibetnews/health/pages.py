"""Pages that failed: on the way, at the readers, in this program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tibetnews.health.run import Counts
from tibetnews.health.window import window

NOT_FETCHED = frozenset({"timeout", "connection", "dns", "download", "incomplete", "robots", "redirects", "too_large"})
"""Reasons of rejects that mean: the page could not be had. So do all that begin with ``http_``."""

APART = frozenset({"duplicate", "interstitial"})
"""Reasons of rejects that the user asked for, or that a rule of their own tells."""

UNKNOWN = "layout"

_REASON = "rejects/reason/"


def program_errors(counts: Counts) -> Iterator[str]:
    """Pages on which this program itself failed; a single one is a fault."""
    if number := counts.get("spider_exceptions/count"):
        yield f"{number} pages ended in an error of this program; the log has them"


def too_many(
    counts: Counts, before: Sequence[Counts], max_failed: float, max_refused: float, max_unknown: float
) -> Iterator[str]:
    """Shares of pages above their limits.

    A share is taken over at least as many pages as make two of them no fault, with pages of earlier runs where the
    run has fewer: one page that fails is no news, the same with every run is.
    """
    rules: tuple[tuple[Callable[[Counts], int], float, str], ...] = (
        (_failed, max_failed, "could not be fetched; the rejects file says why"),
        (_refused, max_refused, "were refused; the rejects file says why"),
        (
            _unknown,
            max_unknown,
            "have a layout that no reader knows (reason layout in the rejects file); the outlet may have changed its"
            " pages, or something answers in its place",
        ),
    )
    for count, limit, told in rules:
        least = 2 / limit if limit else 0
        found = list(window(counts, before, _seen, least))
        seen = sum(_seen(run) * weight for run, weight in found)
        struck = sum(count(run) * weight for run, weight in found)
        if count(counts) and struck > limit * seen:
            earlier = "" if len(found) == 1 else f", and of the last {seen:.0f} pages {struck:.0f}"
            yield f"{count(counts)} of {_seen(counts)} pages{earlier} {told}"


def _seen(counts: Counts) -> int:
    """Pages that a run had an answer to, of whatever kind."""
    return sum(counts.get(name, 0) for name in ("item_scraped_count", "revisions/unchanged", "rejects/count"))


def _failed(counts: Counts) -> int:
    return _rejects(counts, lambda reason: reason in NOT_FETCHED or reason.startswith("http_"))


def _refused(counts: Counts) -> int:
    return _rejects(
        counts, lambda reason: not (reason in NOT_FETCHED | APART | {UNKNOWN} or reason.startswith("http_"))
    )


def _unknown(counts: Counts) -> int:
    return _rejects(counts, lambda reason: reason == UNKNOWN)


def _rejects(counts: Counts, of: Callable[[str], bool]) -> int:
    return sum(number for name, number in counts.items() if name.startswith(_REASON) and of(name.removeprefix(_REASON)))
