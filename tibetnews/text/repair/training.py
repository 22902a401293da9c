"""Trains the character trigram model of language_model.py: counts characters, smooths the counts, packs the costs.

The smoothing is interpolated Kneser-Ney (Chen & Goodman 1998).  Pairs and trigrams that tell little more than the
shorter context are left out (weighted difference pruning, Seymore & Rosenfeld 1996), so that the model stays small.
A cost is minus the natural logarithm of a probability, in tenths, one byte.
"""

from __future__ import annotations

import math
import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tibetnews.text.repair.gbk import FULL_WIDTH
from tibetnews.text.repair.simplification import simplify

ADD_K = 0.02
"""Added to the count of every symbol."""
MAX_COST = 255
PAIR_DISCOUNTS, TRIGRAM_DISCOUNTS = (0.7, 1.0, 1.2), (0.6, 0.9, 1.1)

_WIDTHS = {0xFF01 + i: chr(0x21 + i) for i in range(0x5E)}
_MARKS = str.maketrans(FULL_WIDTH)
_CLASSES = [(re.compile(r"[0-9]+"), "0"), (re.compile(r"[A-Za-z]+"), "A"), (re.compile(r"\s+"), "\n")]

NgramCounts = Mapping[str, float]
Probabilities = dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A packed model, and what it holds."""

    packed: bytes
    symbols: int
    pairs: int
    trigrams: int


def to_model_symbols(text: str) -> str:
    r"""Return the text simplified and in the model's symbols: one 0 a number, one A a word, one newline a gap.

    >>> to_model_symbols("藏曆1998年,ＡＢ 好")
    '藏历0年，A\n好'
    """
    text = simplify(text).translate(_WIDTHS).translate(_MARKS)
    for pattern, symbol in _CLASSES:
        text = pattern.sub(symbol, text)
    return text


def count_paragraphs(paragraphs: Iterable[str]) -> Counter[str]:
    """Return how often each symbol, pair and trigram stands in the paragraphs; each begins after two gaps."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        text = "\n\n" + to_model_symbols(paragraph) + "\n"
        for n in (1, 2, 3):
            counts.update([text[i : i + n] for i in range(2, len(text) - n + 1)])
        counts.update((text[:3], text[1:3]))
    return counts


def count_words(words: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return the same for words that stand alone, each with how often it is used."""
    counts: Counter[str] = Counter()
    for word, times in words:
        text = to_model_symbols(word)
        for n in (1, 2, 3):
            for i in range(len(text) - n + 1):
                counts[text[i : i + n]] += times
    return counts


def train(sources: Iterable[tuple[NgramCounts, float]], *, min_pair_gain: float, min_trigram_gain: float) -> Model:
    """Return the model of the sources.

    Args:
        sources: NgramCounts, each with its weight.
        min_pair_gain: Least gain of a pair that is kept, in nats over all its occurrences.
        min_trigram_gain: The same for trigrams.
    """
    counts: dict[str, float] = defaultdict(float)
    for source, weight in sources:
        for gram, times in source.items():
            counts[gram] += times * weight
    known = {c for c in counts if len(c) == 1 and len(c.encode("gb18030", "replace")) <= 2}
    singles, pairs, trigrams = (
        {gram: n for gram, n in counts.items() if len(gram) == length and known.issuperset(gram)}
        for length in (1, 2, 3)
    )
    del counts
    singles, pairs = _continuations(pairs, singles), _continuations(trigrams, pairs)
    total = sum(singles.values()) + ADD_K * len(singles)
    one = {c: (n + ADD_K) / total for c, n in singles.items()}
    two, pair_backoff = _smooth(pairs, one.__getitem__, min_pair_gain, PAIR_DISCOUNTS)

    def pair_probability(pair: str) -> float:
        return two[pair] if pair in two else pair_backoff.get(pair[0], 1.0) * one[pair[1]]

    inside = {gram: n for gram, n in trigrams.items() if gram[:2] in two}
    three, trigram_backoff = _smooth(inside, pair_probability, min_trigram_gain, TRIGRAM_DISCOUNTS)
    packed = _pack([one, two, three], [pair_backoff, trigram_backoff])
    return Model(packed, len(one), len(two), len(three))


def _continuations(longer: NgramCounts, counts: NgramCounts) -> dict[str, float]:
    """Return in how many contexts each gram was seen, which is what a shorter context has to tell."""
    contexts: dict[str, float] = defaultdict(float)
    for gram, n in longer.items():
        contexts[gram[1:]] += min(n, 1)
    return {gram: max(contexts[gram], min(n, 1)) for gram, n in counts.items()}


def _smooth(
    counts: NgramCounts, shorter: Callable[[str], float], min_gain: float, discounts: tuple[float, float, float]
) -> tuple[Probabilities, Probabilities]:
    """Return the probability of each gram's last symbol, and the back-off weight of each context.

    Args:
        counts: Weighted counts.
        shorter: Returns the probability of a gram without its first symbol.
        min_gain: Grams are pruned that make the text less likelier than this against the shorter context.
        discounts: Taken from counts of 1, 2, and 3 or more, and in proportion from fractions of 1.
    """
    totals: dict[str, float] = defaultdict(float)
    for gram, n in counts.items():
        totals[gram[:-1]] += n
    shares = {gram: (n - _discount(n, discounts)) / totals[gram[:-1]] for gram, n in counts.items()}
    backoff = _left_over(totals, shares)
    for gram, share in list(shares.items()):
        backed_off = backoff[gram[:-1]] * shorter(gram[1:])
        if counts[gram] * math.log(1 + share / backed_off) < min_gain:
            del shares[gram]
    backoff = _left_over(totals, shares)
    return {gram: share + backoff[gram[:-1]] * shorter(gram[1:]) for gram, share in shares.items()}, backoff


def _left_over(contexts: Iterable[str], shares: NgramCounts) -> Probabilities:
    """Return what the grams' shares leave of each context's 1."""
    left = dict.fromkeys(contexts, 1.0)
    for gram, share in shares.items():
        left[gram[:-1]] -= share
    return left


def _discount(n: float, discounts: tuple[float, float, float]) -> float:
    if n < 1:
        return n * discounts[0]
    if n >= 3:
        return discounts[2]
    below, above = discounts[int(n) - 1], discounts[int(n)]
    return below + (above - below) * (n % 1)


def _pack(probabilities: list[Probabilities], backoffs: list[Probabilities]) -> bytes:
    """Return the model as language_model.py reads it: a row after the other, each in the order of the shorter one."""
    one, two, three = probabilities
    order = {c: i for i, c in enumerate(sorted(one))}
    rows: dict[str, list[str]] = defaultdict(list)
    for gram in sorted([*two, *three]):
        rows[gram[:-1]].append(gram)
    pairs = [gram for c in order for gram in rows[c]]
    trigrams = [gram for pair in pairs for gram in rows[pair]]
    parts = [
        array("I", [len(order), len(pairs), len(trigrams)]),
        array("H", [ord(c) for c in order]),
        array("B", [_cost(one[c]) for c in order]),
        array("B", [_cost(backoffs[0].get(c, 1.0)) for c in order]),
        array("H", [len(rows[c]) for c in order]),
        array("H", [order[pair[1]] for pair in pairs]),
        array("B", [_cost(two[pair]) for pair in pairs]),
        array("B", [_cost(backoffs[1].get(pair, 1.0)) for pair in pairs]),
        array("H", [len(rows[pair]) for pair in pairs]),
        array("H", [order[gram[2]] for gram in trigrams]),
        array("B", [_cost(three[gram]) for gram in trigrams]),
    ]
    return zlib.compress(b"".join(part.tobytes() for part in parts), 9)


def _cost(probability: float) -> int:
    return min(MAX_COST, round(-10 * math.log(max(probability, 1e-11))))
