"""Tibetan prose, made up from words joined by the tsheg and ended by the shad."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

TSHEG = "་"
SHAD = "།"

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_WORDS: tuple[str, ...] = tuple(_DATA["words"].split())
_LINKS: tuple[str, ...] = (*_DATA["links"].split(), *[""] * len(_DATA["links"].split()))
"""What follows a word: a particle, or nothing as often."""
_ENDINGS: tuple[str, ...] = tuple(_DATA["endings"].split())
NAMES: tuple[str, ...] = tuple(_DATA["names"].split())
MEDIA: tuple[str, ...] = tuple(_DATA["media"].split())
_DIGITS = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")


def headline(random: Random) -> str:
    """Return a title: a few words and a shad."""
    return TSHEG.join([*_phrase(random, 3 + int(random.random() * 3)), random.choice(_ENDINGS)]) + SHAD


def subtitle(random: Random) -> str:
    """Return a second headline."""
    return TSHEG.join(_phrase(random, 4)) + SHAD


def lead(random: Random) -> str:
    """Return the sentence that stands below a title in a listing."""
    return _sentence(random)


def paragraphs(random: Random, count: int) -> list[str]:
    """Paragraphs of three to six sentences."""
    return [" ".join(_sentence(random) for _ in range(3 + int(random.random() * 4))) for _ in range(count)]


def _sentence(random: Random) -> str:
    words = _phrase(random, 5 + int(random.random() * 8))
    if random.random() < 0.3:
        words.insert(2, f"མི་གྲངས་{1 + int(random.random() * 9000)}".translate(_DIGITS))
    return TSHEG.join([*words, random.choice(_ENDINGS)]) + SHAD


def _phrase(random: Random, words: int) -> list[str]:
    pairs = zip(random.choices(_WORDS, k=words), random.choices(_LINKS, k=words), strict=True)
    return [piece for pair in pairs for piece in pair if piece]
