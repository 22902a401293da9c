"""How well do the places in doubt tell what is wrong?  The outcome by the margin that a certain character needs.

    python -m benchmarks doubt

The text is that of bench_repair: the newspaper month, and the bulletins of 2026 where they are in build/.  Text of
other kinds is measured too where it is there: encyclopaedia text and a technology weekly, whose full-width ASCII
characters count as their narrow ones.  Each page has the habits of a mirror of its own; every possible break is made.

    git clone https://github.com/ymcui/cmrc2018 build/cmrc2018
    git clone https://github.com/ruanyf/weekly build/weekly

What the margin depends on was chosen on the pages of even number of each text, with an eye on the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.bench_repair import MIN_PARAGRAPH, TRACE, download, held_out, legible, pages, recent_news, shown_page
from benchmarks.measuring import line
from replica.mirror_tables import LONG_TABLE, SAMPLE_TABLE
from scripts.tune_repair import set_parameter
from tibetnews.text.repair import parameters, repair
from tibetnews.text.types import Repaired

MARGINS = (10, 20, 28, 36, 50, 60)
OTHER_PAGES = 240
MARKUP = re.compile(r"!?\[|\]\([^)]*\)|<[^>]+>|\*\*")
WIDTHS = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
FORMS = {ord("著"): "着"}
MIN_EXACT, MIN_DOUBTED_WRONG, MIN_CAUGHT = 98, 50, 80
"""Percent of the certain paragraphs that are exact, of the doubted ones that are wrong, and of the wrong characters at
a place in doubt, at least."""


@dataclass(slots=True)
class Counts:
    """Broken paragraphs and wrong characters."""

    certain: int = 0
    certain_exact: int = 0
    certain_but_for_forms: int = 0
    """Inexact in nothing but 着 for the author's 著: a mirror that writes 著 for both leaves no trace of it."""
    doubted: int = 0
    doubted_wrong: int = 0
    wrong: int = 0
    wrong_in_doubt: int = 0

    def add(self, clean: str, shown: str, repaired: Repaired, widths: dict[int, int]) -> None:
        """Add a page; ``widths`` are those that count as one."""
        offset = 0
        texts = (clean.translate(widths), shown, repaired.text.translate(widths))
        for was, damaged, now in zip(*(text.split("\n") for text in texts), strict=True):
            places = [(a - offset, b - offset) for a, b in repaired.places if offset <= a <= offset + len(now)]
            if TRACE.search(damaged):
                self.doubted += bool(places)
                self.doubted_wrong += bool(places) and was != now
                self.certain += not places
                self.certain_exact += not places and was == now
                self.certain_but_for_forms += not places and was != now and was.translate(FORMS) == now.translate(FORMS)
            if was != now:
                for _, i, j, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
                    if was[i:j] != now[start:end]:
                        number = max(j - i, end - start)
                        self.wrong += number
                        self.wrong_in_doubt += number * any(a <= end and start <= b for a, b in places)
            offset += len(now) + 1


def encyclopaedia() -> Iterator[str]:
    """Yield the paragraphs of the reading-comprehension set; none where it is not in build/."""
    for file in sorted(Path("build", "cmrc2018", "squad-style-data").glob("*_[dt][er][vi]*.json")):
        for article in json.loads(file.read_text("utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                for text in paragraph["context"].split("\n"):
                    if legible(text.strip()):
                        yield text.strip()


def weekly() -> Iterator[str]:
    """Yield the paragraphs of every sixth issue of the weekly; none where it is not in build/."""
    for number in range(102, 400, 6):
        file = Path("build", "weekly", "docs", f"issue-{number}.md")
        for text in file.read_text("utf-8").split("\n") if file.exists() else ():
            paragraph = MARKUP.sub("", text).strip("# *>-\t")
            if len(paragraph) > MIN_PARAGRAPH:
                yield legible(paragraph)


def curve(name: str, clean_pages: list[str], margins: tuple[int, ...], widths: dict[int, int] | None = None) -> bool:
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
                counts.add(clean, shown, repair(shown), widths or {})
        share = 100 * counts.certain / (counts.certain + counts.doubted)
        exact = 100 * counts.certain_exact / max(counts.certain, 1)
        doubted_wrong = 100 * counts.doubted_wrong / max(counts.doubted, 1)
        caught = 100 * counts.wrong_in_doubt / max(counts.wrong, 1)
        print(f"{margin:6} {share:18.0f} % {exact:7.1f} % {doubted_wrong:16.0f} % {caught:22.0f} %")
        if counts.certain_but_for_forms:
            known = 100 * counts.certain_exact / (counts.certain - counts.certain_but_for_forms)
            print(f"       {known:28.1f} % without the {counts.certain_but_for_forms} with 着 for the author's 著")
        if margin == chosen:
            holds = exact >= MIN_EXACT and doubted_wrong >= MIN_DOUBTED_WRONG and caught >= MIN_CAUGHT
    set_parameter("MIN_CERTAIN_MARGIN_COST", chosen)
    return holds


def main() -> bool:
    """Print the curves; does the chosen margin hold on the bulletins, or on the newspaper where there are none?"""
    chosen = parameters.MIN_CERTAIN_MARGIN_COST
    holds = curve("newspaper of 1998", list(pages(held_out(download(), "tag/199801.txt"))), (chosen,))
    for name, paragraphs in (("encyclopaedia", encyclopaedia()), ("technology weekly", weekly())):
        if other := [*pages([text for text in dict.fromkeys(paragraphs) if text])][:OTHER_PAGES]:
            curve(f"{name}, widths aside", other, (chosen,), WIDTHS)
    if recent := recent_news():
        holds = curve("bulletins", recent, MARGINS)
    limits = f"exact {MIN_EXACT} %, wrong {MIN_DOUBTED_WRONG} %, in doubt {MIN_CAUGHT} %, at least"
    return line("the chosen margin", str(chosen), limits, holds)
