"""What is wrong with the outlet and the machine, as opposed to single pages, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator

from tibetnews.health.run import Counts

GAVE_UP = "outlet_unwell"
"""Why a run ends that the outlet gave nothing of use; see :mod:`tibetnews.extensions.circuit_breaker`."""

TABLE = "tibetnews/outlet/sections.toml"
STEADY = 600.0
"""Seconds by which clocks are put right in everyday life."""

_ALIKE = {
    "gone": "the listing of {names} is not there any more: renamed or closed; look for the new address at the outlet"
    f" and correct or delete the line in {TABLE}",
    "forbidden": "robots.txt forbids the listing of {names}: ask the outlet, or leave the section out with"
    f" -a sections=… or by its line in {TABLE}",
}
_EACH = {
    "moved": f"{{name}} has moved to {{told}}: correct its line in {TABLE}",
    "endless": "the listing of {name} has no end: page {told} and those before it named nothing new; articles behind"
    " them may be missing until the outlet mends it",
}


def ill(counts: Counts) -> Iterator[str]:
    """What a run's counts tell of the outlet."""
    for host, told in _named("robots/unreachable/", counts):
        yield (
            f"robots.txt of {host} could not be had ({told}), so nothing was asked of this host, as RFC 9309 wants; the"
            " next run asks again"
        )
    for what, text in _ALIKE.items():
        if names := ", ".join(name for name, _ in _named(f"sections/{what}/", counts)):
            yield text.format(names=names)
    for what, text in _EACH.items():
        for name, told in _named(f"sections/{what}/", counts):
            yield text.format(name=name, told=told)
    for id_, count in _named("articles/led_to/", counts):
        yield f"the addresses of {count} articles lead to {id_} instead: they are asked for again later"
    if same := counts.get("rejects/reason/interstitial", 0):
        yield (
            f"{same} pages were the same as another, byte for byte: something in front of the outlet answers in its"
            " place; open one of the rejects file in a browser, and crawl more slowly"
        )


def given_up(reason: str, most: int) -> Iterator[str]:
    """A run that ended early for the outlet's sake. reason: why the run ended; most: pages in a row."""
    if reason == GAVE_UP:
        yield f"{most} pages in a row could not be had or read, so the run was ended; the next one asks for the rest"


def clock_set_back(seconds: float) -> Iterator[str]:
    """A clock that was set back by so many seconds since the last run or during this one."""
    if seconds > STEADY:
        yield (
            f"the machine's clock went back by {_span(seconds)}: pauses are counted anew and nothing is lost, but times"
            " in exports are wrong on one side of it; look whether it is right now"
        )


def _named(prefix: str, counts: Counts) -> list[tuple[str, object]]:
    return sorted((name.removeprefix(prefix), told) for name, told in counts.items() if name.startswith(prefix))


def _span(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.1f} hours"
