"""How a benchmark measures: the best of several rounds, the sides taking turns, so that both meet the same machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def best_of(rounds: int, sides: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of the fastest of ``rounds`` calls of each side."""
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(rounds):
        for name, side in sides.items():
            gc.collect()
            begin = time.perf_counter()
            side()
            best[name] = min(best[name], time.perf_counter() - begin)
    return best


def best_of_each(rounds: int, inputs: Sequence[T], sides: Mapping[str, Callable[[T], object]]) -> dict[str, float]:
    """Seconds of each side for all inputs: of every input the fastest of ``rounds`` calls, so that pauses drop out.

    The sides take turns at each input. A result is let go before the clock stops: a tree has to be freed, too.
    """
    best = {name: [float("inf")] * len(inputs) for name in sides}
    for _ in range(rounds):
        gc.collect()
        for i, one in enumerate(inputs):
            for name, side in sides.items():
                begin = time.perf_counter()
                side(one)
                best[name][i] = min(best[name][i], time.perf_counter() - begin)
    return {name: sum(seconds) for name, seconds in best.items()}


def line(name: str, figure: str, limit: str, holds: bool) -> bool:
    """Print a figure beside its limit, and hand on whether it holds."""
    print(f"{'ok  ' if holds else 'MISS'}  {name:<58} {figure:>22}   {limit}", flush=True)
    return holds
