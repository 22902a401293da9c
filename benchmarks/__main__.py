"""``make bench``: runs every benchmark of this folder, or those named; the exit status is 1 where a figure misses."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import benchmarks


def main(names: list[str]) -> int:
    """Run the benchmarks; each module has ``main() -> bool``, which prints its figures and says whether all hold.

    Several run in a process each: Linux counts a crawl's peak of memory as no less than that of the process which
    started it.
    """
    known = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name.startswith("bench_")]
    unknown = [name for name in names if f"bench_{name}" not in known]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(name.removeprefix('bench_') for name in known)}")
        return 2
    if len(names) == 1:
        print(f"\n== {names[0]}", flush=True)
        return 0 if importlib.import_module(f"benchmarks.bench_{names[0]}").main() else 1
    chosen = names or [name.removeprefix("bench_") for name in known]
    return max([subprocess.run([sys.executable, "-m", "benchmarks", name], check=False).returncode for name in chosen])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
