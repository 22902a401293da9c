"""Chinese news prose, made up sentence by sentence from a grammar.

No sentence is copied from anywhere, and none holds a phrase that could pass for the outlet's boilerplate
(an editor's line, a copyright notice, a share button, a caption).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from random import Random

from tests.replica.vocabulary import CLOSINGS, HEADLINES, LEADS, OPENINGS, QUOTES, SENTENCES, SUBTITLES, WORDS

Template = tuple[str | tuple[str, ...], ...]

_SLOT = re.compile(r"\{(\w+)\}")


def _template(pattern: str) -> Template:
    """A pattern as its literal strings and, for each slot, the words that fit there."""
    pieces = _SLOT.split(pattern)
    return tuple(WORDS[piece] if at % 2 else piece for at, piece in enumerate(pieces) if piece)


def _templates(patterns: str) -> tuple[Template, ...]:
    return tuple(_template(line) for line in patterns.split("\n") if line)


_HEADLINES, _SUBTITLES, _LEADS = _templates(HEADLINES), _templates(SUBTITLES), _templates(LEADS)
_OPENINGS, _SENTENCES = _templates(OPENINGS), _templates(SENTENCES)
_QUOTES, _CLOSINGS = _templates(QUOTES), _templates(CLOSINGS)


def _say(templates: tuple[Template, ...], random: Random) -> str:
    return _fill(templates[int(random.random() * len(templates))], random)


def _fill(template: Template, random: Random) -> str:
    throw = random.random
    return "".join(
        [part if isinstance(part, str) else part[int(throw() * len(part))] for part in template]
    )


def headline(random: Random) -> str:
    """A title of some 12 to 30 characters."""
    return _say(_HEADLINES, random)


def subtitle(random: Random) -> str:
    """A second headline."""
    return _say(_SUBTITLES, random)


def lead(random: Random) -> str:
    """The sentence that stands below a title in a listing."""
    return _say(_LEADS, random)


def story(random: Random, paragraphs: int) -> list[str]:
    """The paragraphs of a story, 60 to 300 characters each; no sentence pattern comes twice while others are left."""
    sentences = cycle(random.sample(_SENTENCES, len(_SENTENCES)))
    middle = [_QUOTES if random.random() < 0.4 else () for _ in range(paragraphs - 2)]
    return [_paragraph(random, first, sentences) for first in (_OPENINGS, *middle, _CLOSINGS)]


def summary(random: Random) -> str:
    """What is written below a picture of a photo story, or beside a film."""
    return _say(_LEADS, random) + _say(_SENTENCES, random)


def _paragraph(random: Random, first: tuple[Template, ...], sentences: Iterator[Template]) -> str:
    text = _say(first, random) if first else ""
    length = 60 + random.random() * 120
    while len(text) < length:
        text += _fill(next(sentences), random)
    return text
