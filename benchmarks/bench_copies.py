"""Near copies: documents a second beside datasketch's MinHash and LSH, what is found and what is not, and a million.

Planted pairs come from the replica's generator: reprints with 1 to 15 % of the characters edited, and different
news of one form; copies of a damaged mirror are repaired first. What counts is the end: whether the look-up of
the second text names the first, among all the others.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import re
import sqlite3
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.measuring import best_of, line
from replica.damage import damage
from replica.mirror_tables import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from replica.prose import tibetan
from replica.reprints import (
    Pair,
    Text,
    first_halves,
    heavily_edited,
    other_facts,
    same_form,
    same_story,
    without_end,
)
from tibetnews.ledger.database import PRAGMAS
from tibetnews.ledger.duplicates import MERGE_EVERY, SCHEMA, SLICE_BITS, SLICES, DuplicateIndex, bands
from tibetnews.text import SAME_STORY, content_hash, fingerprint, repair, story_similarity
from tibetnews.text.fingerprint import CELLS

PAIRS = 750
MIRRORED = 60
DEGREES = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 15))
MILLION = 1_000_000
LOOKED_UP = 10_000
SHINGLE = 6
"""Characters of a shingle, for the peer as for us."""

Story = tuple[str, str, str]  # id, title, text


def main() -> bool:
    """Speed and quality on the planted pairs, then look-ups beside a million known articles."""
    return all([*_speed(), *_quality(), *_shortened_and_rewritten(), *_other_prints(), *_million()])


def _speed() -> Iterator[bool]:
    stories = [_story(f"cn-{number}", pair.first) for number, pair in enumerate(same_story(PAIRS))]
    hashed = [(id, content_hash(title, text), text) for id, title, text in stories]
    texts = [text for *_, text in stories]
    seconds = best_of(3, {"tibetnews": lambda: _index(hashed), "datasketch": lambda: _peer(texts)})
    each = {name: len(texts) / taken for name, taken in seconds.items()}
    print(", ".join(f"{name} {rate:.0f}" for name, rate in each.items()), "documents a second, sketched and indexed")
    times = each["tibetnews"] / each["datasketch"]
    yield line("sketch and index, times faster than datasketch", f"{times:.1f}", "at least 3", times >= 3)


def _quality() -> Iterator[bool]:
    """All pairs in one index, their texts one after another; a look-up is right if it names the pair's first text."""
    right: Counter[int] = Counter()
    asked: Counter[int] = Counter()
    wrong: Counter[str] = Counter()
    copies = _empty()
    for pairs in (same_story(PAIRS), same_form(PAIRS)):
        for number, pair in enumerate(pairs):
            kind = "story" if pair.same else "form"
            percent = round(pair.edited * 100)
            wrong["first"] += _told(copies, _story(f"{kind}-{number}-first", pair.first)) is not None
            found = _told(copies, _story(f"{kind}-{number}-second", pair.second))
            if pair.same:
                asked[percent] += 1
                right[percent] += found == f"{kind}-{number}-first"
            wrong[kind] += found is not None and not (pair.same and found == f"{kind}-{number}-first")
    for low, high in DEGREES:
        some, of = (sum(counts[percent] for percent in range(low, high + 1)) for counts in (right, asked))
        print(f"{low:2} to {high:2} % edited: {some} of {of} found")
    print(f"taken for copies that are none: {wrong['form']} of {PAIRS} second texts of one form, "
          f"{wrong['story'] + wrong['first']} others")  # fmt: skip
    recall = right.total() / asked.total()
    precision = right.total() / (right.total() + wrong.total())
    yield line(f"recall on {PAIRS} reprints", f"{recall:.4f}", "at least 0.98", recall >= 0.98)
    yield line(f"precision beside {PAIRS} pairs of one form", f"{precision:.4f}", "at least 0.98", precision >= 0.98)


def _shortened_and_rewritten() -> Iterator[bool]:
    """Reprints that keep half of a story or rewrite a third of it, and bulletins with other figures and places."""
    for what, pairs, limit in (
        ("reprints with 30 % edited in runs", heavily_edited(PAIRS), 0.95),
        ("first halves", first_halves(PAIRS), 0.9),
        ("short stories without their last paragraph", without_end(PAIRS), 0.9),
    ):
        share = _share_named(pairs)
        yield line(f"recall on {what}", f"{share:.3f}", f"at least {limit:g}", share >= limit)
    share = _share_named(other_facts(PAIRS))
    yield line("called copies with other figures and places", f"{share:.3f}", "at most 0.05", share <= 0.05)


def _share_named(pairs: Iterable[Pair]) -> float:
    """Return the share of the pairs whose second text the index calls a copy of the first, beside all others."""
    copies = _empty()
    named = [
        _told(copies, _story(f"{number}-first", pair.first)) is None
        and _told(copies, _story(f"{number}-second", pair.second)) == f"{number}-first"
        for number, pair in enumerate(pairs)
    ]
    return sum(named) / len(named)


def _other_prints() -> Iterator[bool]:
    """Return copies of mirrors, damaged and repaired, and Tibetan reprints with a tenth of the syllables edited."""
    stories = [pair.first for pair in same_story(MIRRORED, seed=2)]
    for name, table in (("short", SAMPLE_TABLE), ("long", LONG_TABLE)):
        for rate in (0.0, 0.3, 1.0):
            found = 0
            copies = _empty()
            for number, story in enumerate(stories):
                id, title, text = _story(f"cn-{number}", story)
                _told(copies, (id, title, text))
                shown = damage(f"{title}\n{text}", table, break_rate=rate, seed=number, script=SAMPLE_SCRIPT)
                its_title, _, its_text = repair(shown).text.partition("\n")
                found += _told(copies, (f"mirror-{number}", its_title, its_text)) == id
            share = found / len(stories)
            what = f"repaired copies of a mirror, {name} table, break rate {rate:g}"
            yield line(what, f"{share:.3f}", "at least 0.98", share >= 0.98)
    found = 0
    copies = _empty()
    for number in range(MIRRORED):
        chance = random.Random(number)
        syllables = " ".join(tibetan.paragraphs(chance, 8)).split(tibetan.TSHEG)
        _told(copies, (f"tb-{number}", "", tibetan.TSHEG.join(syllables)))
        for _ in range(len(syllables) // 20):
            at = chance.randrange(len(syllables) - 2)
            syllables[at : at + 2] = chance.choices(syllables, k=2)
        found += _told(copies, (f"copy-{number}", "", tibetan.TSHEG.join(syllables))) == f"tb-{number}"
    share = found / MIRRORED
    yield line("Tibetan reprints, 10 % of the syllables edited", f"{share:.3f}", "at least 0.98", share >= 0.98)


def _million() -> Iterator[bool]:
    """Run building and looking up in processes of their own, so that the memory is the look-up's alone."""
    with (
        tempfile.TemporaryDirectory() as folder,
        multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool,
    ):
        path = Path(folder, "ledger.sqlite")
        pool.apply(_build, (path,))
        size = path.stat().st_size / 1e6
        rate, looked, megabytes = pool.apply(_look_up, (path,))
    print(f"{size:.0f} MB for a million; look-ups alone {looked:.0f} a second")
    yield line("look-up and addition beside a million known, a second", f"{rate:.0f}", "at least 1000", rate >= 1000)
    yield line("memory of that process, MB", f"{megabytes:.0f}", "at most 150", megabytes <= 150)


def _build(path: Path) -> None:
    """Return a million made-up fingerprints; their bands are sorted before they go in, or it would take ten minutes."""
    with sqlite3.connect(path) as connection:
        for statement in SCHEMA:
            connection.execute(statement)
        connection.execute("CREATE TEMP TABLE unsorted (band INTEGER, seen INTEGER)")
        for seen in range(1, MILLION + 1):
            sketch = _made_up(seen)
            connection.execute("INSERT INTO copies VALUES (?, ?, ?, ?)", (seen, f"cn-{seen}", _hash(seen), sketch))
            connection.executemany("INSERT INTO unsorted VALUES (?, ?)", [(band, seen) for band in bands(sketch)])
        connection.executemany(
            "UPDATE merged_bands SET seen = ? WHERE slice = ?",
            [(MILLION - (MILLION // MERGE_EVERY - part) % SLICES * MERGE_EVERY, part) for part in range(SLICES)],
        )
        connection.execute(
            "INSERT INTO copy_bands SELECT band, unsorted.seen FROM unsorted JOIN merged_bands"
            f" ON slice = band >> {SLICE_BITS} WHERE unsorted.seen <= merged_bands.seen ORDER BY band, unsorted.seen"
        )
    connection.close()


def _look_up(path: Path) -> tuple[float, float, float]:
    """Look-ups with additions a second, committed by the hundred; look-ups alone; the peak of the memory in MB."""
    connection = sqlite3.connect(path)
    for pragma in (*PRAGMAS, "synchronous = NORMAL"):  # else as the ledger, which also waits for the disk
        connection.execute(f"PRAGMA {pragma}")
    copies = DuplicateIndex(connection, story_similarity)
    asked = [_made_up(MILLION + number) for number in range(LOOKED_UP)]
    for number in range(0, LOOKED_UP, 2):  # half of them are reprints: three quarters of an earlier one's cells
        first = _made_up(1 + number * MILLION // LOOKED_UP)
        asked[number] = asked[number][: CELLS // 2] + first[CELLS // 2 :]
    begun = time.perf_counter()
    found = 0
    for number, sketch in enumerate(asked):
        found += copies.find_original(_hash(MILLION + number), sketch, f"new-{number}") is not None
        copies.add(f"new-{number}", _hash(MILLION + number), sketch)
        if number % 100 == 99:
            connection.commit()
    both = LOOKED_UP / (time.perf_counter() - begun)
    if found < LOOKED_UP / 2.1:
        raise AssertionError(f"{found} copies found among {LOOKED_UP} look-ups, half of which are copies")
    begun = time.perf_counter()
    for number, sketch in enumerate(asked):
        copies.find_original("", sketch, f"other-{number}")
    alone = LOOKED_UP / (time.perf_counter() - begun)
    connection.close()
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())  # ru_maxrss counts the parent's too
    return both, alone, int(peak[1]) / 1024 if peak else float("nan")


def _made_up(seed: int) -> bytes:
    """Return a fingerprint of a text of its own: each cell the least of seven numbers, as with 900 shingles."""
    throw = random.Random(seed).random
    return struct.pack(f"<{CELLS}H", *[int(0xFFFF * (1 - throw() ** (1 / 7))) for _ in range(CELLS)])


def _hash(number: int) -> str:
    return f"sha256:{hashlib.sha256(b'%d' % number).hexdigest()}"


def _empty() -> DuplicateIndex:
    connection = sqlite3.connect(":memory:")
    for statement in SCHEMA:
        connection.execute(statement)
    return DuplicateIndex(connection, story_similarity)


def _story(id: str, story: Text) -> Story:
    return id, story.title, "\n\n".join(story.paragraphs)


def _told(copies: DuplicateIndex, story: Story) -> str | None:
    """Return the id of the copy that the index names, which then knows the story too."""
    id, title, text = story
    content, sketch = content_hash(title, text), fingerprint(text)
    found = copies.find_original(content, sketch, id)
    copies.add(id, content, sketch)
    return found.id if found else None


def _index(stories: Iterable[tuple[str, str, str]]) -> None:
    copies = _empty()
    for id, content, text in stories:
        sketch = fingerprint(text)
        copies.find_original(content, sketch, id)
        copies.add(id, content, sketch)


def _peer(texts: Iterable[str]) -> None:
    """Index and look up with datasketch's defaults and as many values as we have cells, without the normalising."""
    from datasketch import MinHash, MinHashLSH  # here, so that its 100 MB are not in the memory of the look-ups

    index = MinHashLSH(threshold=SAME_STORY, num_perm=CELLS)
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=CELLS)
        shingles = {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}
        sketch.update_batch([shingle.encode() for shingle in shingles])
        index.query(sketch)
        index.insert(number, sketch)
