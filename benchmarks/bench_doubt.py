"""How well do the places in doubt tell what is wrong?  The outcome by the margin that a certain character needs.

    python -m benchmarks doubt

The text is that of bench_repair: the newspaper month, and the bulletins of 2026 where they are in build/.  Each page
has the habits of a mirror of its own; every possible break is made.  What the margin depends on was chosen on the
bulletins but the first 150 pages, which are judged by themselves too, and on the newspaper's second half.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from benchmarks.bench_repair import TRACE, download, held_out, pages, recent_news, shown_page
from benchmarks.measuring import line
from replica.mirror_tables import LONG_TABLE, SAMPLE_TABLE
from scripts.tune_repair import set_parameter
from tibetnews.text.repair import parameters, repair
from tibetnews.text.types import Repaired

MARGINS = (10, 20, 28, 36, 50, 60, 80)
JUDGED_PAGES = 150
MIN_EXACT, MIN_DOUBTED_WRONG, MIN_CAUGHT = 98, 50, 80
"""Percent of the certain paragraphs that are exact, of the doubted ones that are wrong, and of the wrong characters at
a place in doubt, at least."""


@dataclass(slots=True)
class Counts:
    """Broken paragraphs and wrong characters."""

    certain: int = 0
    certain_exact: int = 0
    doubted: int = 0
    doubted_wrong: int = 0
    wrong: int = 0
    wrong_in_doubt: int = 0

    def add(self, clean: str, shown: str, repaired: Repaired) -> None:
        """Add a page."""
        offset = 0
        for was, damaged, now in zip(clean.split("\n"), shown.split("\n"), repaired.text.split("\n"), strict=True):
            places = [(a - offset, b - offset) for a, b in repaired.places if offset <= a <= offset + len(now)]
            if TRACE.search(damaged):
                self.doubted += bool(places)
                self.doubted_wrong += bool(places) and was != now
                self.certain += not places
                self.certain_exact += not places and was == now
            if was != now:
                for _, i, j, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
                    if was[i:j] != now[start:end]:
                        number = max(j - i, end - start)
                        self.wrong += number
                        self.wrong_in_doubt += number * any(a <= end and start <= b for a, b in places)
            offset += len(now) + 1


def curve(name: str, clean_pages: list[str], margins: tuple[int, ...]) -> bool:
    """Print the outcome by margin; do the figures of the chosen one hold?"""
    chosen = parameters.MIN_CERTAIN_MARGIN_COST
    holds = True
    print(f"{name}, {len(clean_pages)} pages")
    print("margin   certain paragraphs   exact   doubted ones wrong   wrong characters in doubt")
    for margin in margins:
        set_parameter("MIN_CERTAIN_MARGIN_COST", margin)
        counts = Counts()
        for table in (SAMPLE_TABLE, LONG_TABLE):
            for number, clean in enumerate(clean_pages):
                shown = shown_page(clean, table, 1, number)
                counts.add(clean, shown, repair(shown))
        share = 100 * counts.certain / (counts.certain + counts.doubted)
        exact = 100 * counts.certain_exact / max(counts.certain, 1)
        doubted_wrong = 100 * counts.doubted_wrong / max(counts.doubted, 1)
        caught = 100 * counts.wrong_in_doubt / max(counts.wrong, 1)
        print(f"{margin:6} {share:18.0f} % {exact:7.1f} % {doubted_wrong:16.0f} % {caught:22.0f} %")
        if margin == chosen:
            holds = exact >= MIN_EXACT and doubted_wrong >= MIN_DOUBTED_WRONG and caught >= MIN_CAUGHT
    set_parameter("MIN_CERTAIN_MARGIN_COST", chosen)
    return holds


def main() -> bool:
    """Print the curves; does the chosen margin hold on the bulletins, or on the newspaper where there are none?"""
    chosen = parameters.MIN_CERTAIN_MARGIN_COST
    holds = curve("newspaper of 1998", list(pages(held_out(download(), "tag/199801.txt"))), (chosen,))
    if recent := recent_news():
        curve("bulletins, judged alone", recent[:JUDGED_PAGES], (chosen,))
        holds = curve("bulletins", recent, MARGINS)
    limits = f"exact {MIN_EXACT} %, wrong {MIN_DOUBTED_WRONG} %, in doubt {MIN_CAUGHT} %, at least"
    return line("the chosen margin", str(chosen), limits, holds)
