"""Build the wheel, install it alone into an empty environment of each Python named, and use it there.

    python -m scripts.check_wheel [--suite] PYTHON...

In a folder without the checkout the command tells its version, cleans a text and crawls a replica twice: first
everything, then nothing new. With --suite the fast part of the tests is run with that Python, too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tibetnews import __version__

ARTICLES = 100
FAST_TESTS = [
    *("tests/text/page", "tests/text/repair", "tests/text/test_evidence.py"),
    *("tests/outlet", "tests/pages", "tests/ledger", "tests/health"),
]
"""What each reads, mends and remembers; limits on time and whole crawls are for one Python."""
IN_PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
SAMPLE = ROOT / "replica" / "sample" / "mirror-page.txt"
PACE = setting_options(FAST)


def main() -> int:
    """Check the wheel with every Python that the arguments name; the exit status is 0 where all is well."""
    suite = "--suite" in sys.argv
    pythons = [argument for argument in sys.argv[1:] if argument != "--suite"]
    with tempfile.TemporaryDirectory(prefix="tibetnews-wheel-") as folder:
        _run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, str(ROOT)])
        (wheel,) = Path(folder).glob("*.whl")
        places = [Path(folder, str(number)) for number in range(len(pythons))]
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # most of the time is pip's, which takes one processor
            for version in pool.map(_use, pythons, repeat(wheel), places, repeat(suite)):
                print(f"{wheel.name} works alone with Python {version}{', and so do the fast tests' if suite else ''}")
    return 0


def _use(python: str, wheel: Path, place: Path, suite: bool) -> str:
    """Install the wheel into an environment in ``place`` and use it; return the version of the Python."""
    place.mkdir()
    _run([python, "-m", "venv", str(place / "env")])
    inside, command = str(place / "env" / "bin" / "python"), str(place / "env" / "bin" / "tibetnews")
    _install(inside, place, "run")
    _run([inside, "-m", "pip", "install", "-q", "--no-deps", str(wheel)])
    _run([inside, "-m", "pip", "check"])
    home = place / "home"
    home.mkdir()
    _expect(_run([command, "--version"], home), f"tibetnews {__version__}")
    text = json.loads(SAMPLE.with_suffix(".expected.json").read_text("utf-8"))["text"]
    shutil.copy(SAMPLE, home / "page.txt")
    library = "from tibetnews.text import clean; print(clean(open('page.txt', encoding='utf-8').read()).text)"
    _expect(_run([inside, "-c", library], home), text)
    _expect(json.loads(_run([command, "clean", "page.txt"], home))["text"], text)
    with Replica(articles=ARTICLES) as replica:
        for expected in (ARTICLES, ARTICLES):
            _run([command, "crawl", "sections", *PACE, "-s", f"OUTLET_SITE={replica.url}"], home)
            lines = [line for file in (home / "exports").glob("articles-*.jsonl") for line in file.open("rb")]
            _expect(len(lines), expected)
    _expect(sorted(path.name for path in home.iterdir()), ["exports", "page.txt", "state"])
    if suite:
        _install(inside, place, "dev")
        _run([inside, "-m", "pytest", *IN_PARALLEL, "-p", "no:cacheprovider", *FAST_TESTS], ROOT)
    return _run([inside, "-c", "import platform; print(platform.python_version())"], home)


def _install(python: str, place: Path, group: str) -> None:
    """Install a group of the lock."""
    lock = place / f"{group}.txt"
    lock.write_text(_run([sys.executable, "-m", "scripts.lock", group], ROOT), encoding="utf-8")
    _run([python, "-m", "pip", "install", "-q", "--no-compile", "--no-deps", "--require-hashes", "-r", str(lock)])


def _expect(value: object, expected: object) -> None:
    if value != expected:
        raise SystemExit(f"expected {expected!r}, not {value!r}")


def _run(command: list[str], folder: Path | None = None) -> str:
    """Run a command and return what it printed; end with what it said where it fails."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
