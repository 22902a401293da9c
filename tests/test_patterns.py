"""No pattern takes more than linear time: each is attacked with its own words, repeated."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import tibetnews
from tibetnews.text.lazy_pattern import LazyPattern

SIZES = (3_000, 12_000)
"""Characters of an attack; four times as many must not take much more than four times as long."""
MAX_GROWTH = 9.0
"""Sixteen is quadratic; a pause of the machine must not look like it."""
FAST_SECONDS = 0.03
"""What is faster than this at the larger size is not looked at: its growth is noise."""
ATTACKS = 12
EVERYDAY = (" ", "\n", "1", "a", "A", "西", "。", "“", "：", ":", "/", "-", "（", "་")
"""What \\s, \\d, \\w and sets of characters stand for."""
BRIEF = {"tibetnews.text.spam.injected._LAST_WORD"}
"""Patterns whose text is cut to some forty characters before."""
LEFT_OUT = (
    "tibetnews.corpus.datatrove_steps",
    "tibetnews.corpus.heartbeats",
    "tibetnews.__main__",
    "tibetnews.rendering.splash_compat",
)
"""Modules that need an extra, or that are programs."""


def patterns() -> dict[str, re.Pattern[str]]:
    """Return the compiled patterns of all modules, by the names that hold them, those in containers too."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(tibetnews.__path__, "tibetnews."):
        if module.name in LEFT_OUT:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(_inside(value)):
                found.setdefault(f"{module.name}.{name}[{number}]", pattern)
    return {name: pattern for pattern, name in {pattern: name for name, pattern in found.items()}.items()}


def _inside(value: object, depth: int = 2) -> Iterator[re.Pattern[str]]:
    if isinstance(value, LazyPattern):
        yield value.compiled
    elif isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, dict):
        for each in value.values():
            yield from _inside(each, depth - 1)
    elif depth and isinstance(value, (list, tuple, frozenset, set)):
        for each in value:
            yield from _inside(each, depth - 1)


def attacks(pattern: re.Pattern[str], dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield beginnings, what is repeated, and ends, made of the pattern's own words."""
    source = re.sub(r"(?<=\s)#.*|\s+", "", pattern.pattern) if pattern.flags & re.VERBOSE else pattern.pattern
    words = [*dict.fromkeys(re.findall(r"[^\\()\[\]{}|?*+^$.,\d<>=!:]{1,12}", source))] or ["x"]
    dice.shuffle(words)
    for number in range(ATTACKS):
        own = words[number % len(words)]
        pump = own if number % 3 == 0 else own + dice.choice(EVERYDAY) if number % 3 == 1 else dice.choice(EVERYDAY)
        yield dice.choice([*words, ""]), pump, dice.choice(["", "\n", "!", dice.choice(words)])


def uses(name: str, pattern: re.Pattern[str]) -> list[Callable[[str], object]]:
    """Return how a pattern is used: only of one that stands alone is it known that it is never searched for."""
    module, _, attribute = name.partition("[")[0].rpartition(".")
    is_alone = isinstance(getattr(importlib.import_module(module), attribute), (re.Pattern, LazyPattern))
    source = SOURCE if is_alone else ""
    is_searched = re.search(rf"\b{attribute}\.(?:search|find|sub|split)|[(, ]{attribute}[,)]", source)
    return [pattern.match, pattern.fullmatch, *([] if is_alone and not is_searched else [pattern.search])]


def seconds(uses: Sequence[Callable[[str], object]], text: str) -> float:
    """Return the processor time of the ways in which a pattern is used."""
    begin = time.process_time()
    for use in uses:
        use(text)
    return time.process_time() - begin


def grows(uses: Sequence[Callable[[str], object]], start: str, pump: str, end: str) -> float:
    """Return how many times longer the larger attack takes; 1 where it is fast."""
    small, large = (f"{start}{pump * (size // len(pump))}{end}" for size in SIZES)
    long = seconds(uses, large)
    return long / max(seconds(uses, small), 1e-6) if long > FAST_SECONDS else 1.0


PATTERNS = {name: pattern for name, pattern in patterns().items() if name.partition("[")[0] not in BRIEF}
SOURCE = "\n".join(path.read_text("utf-8") for path in Path(tibetnews.__file__).parent.rglob("*.py"))


def test_the_attack_finds_a_bad_pattern() -> None:
    assert grows([re.compile(r"\s+$").search], "", " ", "!") > MAX_GROWTH
    assert grows([re.compile(r"甲*乙").search], "", "甲", "") > MAX_GROWTH
    assert grows([re.compile(r"甲*乙").match, re.compile(r"甲{1,20}+乙").search], "", "甲", "") < MAX_GROWTH


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_is_worse_than_linear(name: str) -> None:
    used = uses(name, PATTERNS[name])
    for start, pump, end in attacks(PATTERNS[name], random.Random(name)):
        for _ in range(3):  # a pause of the machine does not come thrice
            growth = grows(used, start, pump, end)
            if growth <= MAX_GROWTH:
                break
        assert growth <= MAX_GROWTH, f"{name}: {start!r} + {pump!r} * n + {end!r} takes {growth:.0f} times as long"
