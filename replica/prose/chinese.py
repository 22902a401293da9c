"""Chinese news prose, made up sentence by sentence from a grammar.

No sentence is copied from anywhere, and none holds a phrase that could pass for the outlet's boilerplate
(an editor's line, a copyright notice, a share button, a caption).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

Template = tuple[str | tuple[str, ...], ...]

_SLOT = re.compile(r"\{(\w+)\}")
_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _people(names: dict[str, str]) -> tuple[str, ...]:
    given = names["given"].split()
    turns = range(0, 44, 11)
    return tuple(f + given[(at * 7 + turn) % len(given)] for at, f in enumerate(names["family"]) for turn in turns)


def _tibetans(names: dict[str, str]) -> tuple[str, ...]:
    first, second = names["tibetan_first"].split(), names["tibetan_second"].split()
    return (*(f + s for f in first for s in second if f != s), *first)


PEOPLE = _people(_DATA["names"])
TIBETANS = _tibetans(_DATA["names"])

_WORDS: dict[str, tuple[str, ...]] = {
    **{slot: tuple(words.split()) for slot, words in _DATA["words"].items()},
    "person": PEOPLE + TIBETANS,
    "local": TIBETANS,
    "year": tuple(f"{y}年" for y in range(2006, 2024)),
    "ahead": tuple(f"{y}年" for y in range(2024, 2036)),
    "few": tuple(f"{n}" for n in range(2, 13)),
    "many": tuple(f"{n}" for n in range(3, 60)),
    "count": (*(f"{n}" for n in range(106, 9990, 37)), *(f"{n / 100:.2f}万" for n in range(101, 990, 7))),
    "percent": tuple(f"{n / 10:g}%" for n in range(11, 996, 7)),
    "points": tuple(f"{n / 10:g}个百分点" for n in range(3, 160, 7)),
    "money": (
        *(f"{n / 100:g}亿元" for n in range(103, 3000, 41)),
        *(f"{n}万元" for n in range(120, 9900, 83)),
    ),
    "area": (*(f"{n / 10:g}万亩" for n in range(11, 950, 13)), *(f"{n}公顷" for n in range(31, 990, 17))),
    "day": tuple(f"{m}月{d}日" for m in range(1, 13) for d in range(1, 29)),
    "born": tuple(f"{y}年{m}月" for y in range(1926, 1960) for m in range(1, 13)),
    "age": tuple(f"{n}" for n in range(30, 98)),
    "height": tuple(f"{n}米" for n in range(2750, 5400, 19)),
    "crowd": tuple(f"{n}户{n * 4 + n % 9}人" for n in range(41, 990, 11)),
}
CITIES = _WORDS["city"]
MEDIA = _WORDS["medium"]


def _template(pattern: str) -> Template:
    """Return a pattern as its literal strings and, for each slot, the words that fit there."""
    pieces = _SLOT.split(pattern)
    return tuple(_WORDS[piece] if at % 2 else piece for at, piece in enumerate(pieces) if piece)


_SENTENCES = {
    place: tuple(_template(line) for line in lines.splitlines()) for place, lines in _DATA["sentences"].items()
}


_BULLETINS = {form: tuple(_template(line) for line in lines.splitlines()) for form, lines in _DATA["bulletins"].items()}
BULLETINS: tuple[str, ...] = tuple(_BULLETINS)
"""The forms of news that are written after one pattern, again and again."""


def headline(random: Random) -> str:
    """Return a title of some 12 to 30 characters."""
    return _say("headlines", random)


def subtitle(random: Random) -> str:
    """Return a second headline."""
    return _say("subtitles", random)


def lead(random: Random) -> str:
    """Return the sentence that stands below a title in a listing."""
    return _say("leads", random)


def story(random: Random, paragraphs: int) -> list[str]:
    """Return the paragraphs of a story, 60 to 300 characters each; no sentence pattern comes back too soon."""
    sentences = cycle(random.sample(_SENTENCES["middle"], len(_SENTENCES["middle"])))
    middle = ["quotes" if random.random() < 0.4 else None for _ in range(paragraphs - 2)]
    return [_paragraph(random, first, sentences) for first in ("openings", *middle, "closings")]


def bulletin(form: str, random: Random) -> tuple[str, list[str]]:
    """Title and paragraphs of a piece of news in one of BULLETINS."""
    title, *paragraphs = (_fill(line, random) for line in _BULLETINS[form])
    return title, paragraphs


def sequel(form: str, first: Random, random: Random, kept: float) -> tuple[str, list[str]]:
    """Return the same form filled in again: a share of the words is kept from what *first* made of it."""
    title, *paragraphs = ("".join(_words(line, first, random, kept)) for line in _BULLETINS[form])
    return title, paragraphs


def _words(template: Template, first: Random, random: Random, kept: float) -> Iterator[str]:
    for part in template:
        if isinstance(part, str):
            yield part
        else:
            word, other = (part[int(source.random() * len(part))] for source in (first, random))
            yield word if random.random() < kept else other


def summary(random: Random) -> str:
    """Return what is written below a picture of a photo story, or beside a film."""
    return _say("leads", random) + _say("middle", random)


def _paragraph(random: Random, first: str | None, sentences: Iterator[Template]) -> str:
    text = _say(first, random) if first else ""
    length = 60 + random.random() * 120
    while len(text) < length:
        text += _fill(next(sentences), random)
    return text


def _say(kind: str, random: Random) -> str:
    templates = _SENTENCES[kind]
    return _fill(templates[int(random.random() * len(templates))], random)


def _fill(template: Template, random: Random) -> str:
    throw = random.random
    return "".join([part if isinstance(part, str) else part[int(throw() * len(part))] for part in template])
