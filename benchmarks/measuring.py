"""How a benchmark measures: the best of several rounds, the sides taking turns, so that both meet the same machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping


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


def line(name: str, figure: str, limit: str, holds: bool) -> bool:
    """Print a figure beside its limit, and hand on whether it holds."""
    print(f"{'ok  ' if holds else 'MISS'}  {name:<58} {figure:>22}   {limit}", flush=True)
    return holds
