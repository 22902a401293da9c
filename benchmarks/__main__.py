"""``make bench``: runs every benchmark of this folder, or those named; the exit status is 1 where a figure misses."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main(names: list[str]) -> int:
    """Run the benchmarks; each module has ``main() -> bool``, which prints its figures and says whether all hold."""
    known = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name.startswith("bench_")]
    unknown = [name for name in names if f"bench_{name}" not in known]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(name.removeprefix('bench_') for name in known)}")
        return 2
    held = True
    for name in [f"bench_{name}" for name in names] or known:
        print(f"\n== {name.removeprefix('bench_')}", flush=True)
        held = bool(importlib.import_module(f"benchmarks.{name}").main()) and held
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
