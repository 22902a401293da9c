"""Reprints: the same story as another medium prints it, and what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replica.dice import Dice
from replica.prose import chinese

UNTOUCHED = 60
"""The first characters of a story, with its dateline, are left as they are."""


@dataclass(frozen=True)
class Text:
    """Title and paragraphs of a story."""

    title: str
    paragraphs: tuple[str, ...]

    def __str__(self) -> str:
        return "\n\n".join((self.title, *self.paragraphs))


@dataclass(frozen=True)
class Pair:
    """Two texts, and whether they tell one story; *edited* is the share of characters that was edited."""

    first: Text
    second: Text
    same: bool
    edited: float = 0


def same_story(count: int, seed: int = 1) -> Iterator[Pair]:
    """Stories and their reprints, with 1 to 15 % of the characters edited."""
    for number in range(count):
        dice = Dice(seed, "same story", number)
        random = dice.stream("text")
        first = Text(chinese.headline(random), tuple(chinese.story(random, dice.choose("length", (5, 6, 7, 8)))))
        edited = (1 + number % 15) / 100
        yield Pair(first, reprint(first, edited, dice), True, edited)


def same_form(count: int, seed: int = 1) -> Iterator[Pair]:
    """Different news of one form, such as two weather reports; up to 45 % of the words are kept."""
    for number in range(count):
        dice = Dice(seed, "same form", number)
        form = chinese.BULLETINS[number % len(chinese.BULLETINS)]
        kept = number % 10 / 20
        title, paragraphs = chinese.bulletin(form, dice.stream("first"))
        again, others = chinese.sequel(form, dice.stream("first"), dice.stream("second"), kept)
        yield Pair(Text(title, tuple(paragraphs)), Text(again, tuple(others)), False)


def reprint(text: Text, edited: float, dice: Dice) -> Text:
    """Return the text with a share of its characters edited and, now and then, its headline, beginning or end."""
    title, paragraphs = text.title, list(text.paragraphs)
    how = dice.choose("reprint", ("as it was", "other headline", "note", "cut"))
    if how == "other headline":
        title = chinese.headline(dice.stream("headline"))
    elif how == "cut" and len(paragraphs) > 5:
        paragraphs.pop()
    words = "\n".join(paragraphs)
    paragraphs = _edit(words, round(edited * len(words)), dice).split("\n")
    if how == "note":
        paragraphs.append(f"（本文有删改，{chinese.subtitle(dice.stream('note')).strip('—')}）")
    return Text(title, tuple(paragraphs))


def _edit(words: str, characters: int, dice: Dice) -> str:
    """Spans of two to eight characters are struck out, replaced or put in until so many are edited."""
    random = dice.stream("edits")
    while characters > 0:
        length = min(2 + int(random.random() * 7), max(characters, 2))
        at = UNTOUCHED + int(random.random() * (len(words) - UNTOUCHED - length))
        if "\n" in words[at : at + length]:
            continue
        new = chinese.lead(random)[2 : 2 + length] if random.random() < 0.7 else ""
        old = "" if new and random.random() < 0.3 else words[at : at + length]
        words = words[:at] + new + words[at + len(old) :]
        characters -= length
    return words
