"""Reprints: the same story as another medium prints it, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

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


def heavily_edited(count: int, seed: int = 1) -> Iterator[Pair]:
    """Stories and reprints with 30 % of the characters replaced, in runs of 10 to 40."""
    for first, dice in _stories(count, seed):
        yield Pair(first, _rewrite(first, 0.3, dice), True, 0.3)


def first_halves(count: int, seed: int = 1) -> Iterator[Pair]:
    """Stories, and what a reprint leaves that takes their first half alone."""
    for first, _ in _stories(count, seed):
        words = "\n".join(first.paragraphs)
        yield Pair(first, Text(first.title, tuple(words[: len(words) // 2].split("\n"))), True, 0.5)


def without_end(count: int, seed: int = 1) -> Iterator[Pair]:
    """Stories of three paragraphs, and reprints that leave out the last one."""
    for story, _ in _stories(count, seed):
        first = Text(story.title, story.paragraphs[:3])
        yield Pair(first, Text(first.title, first.paragraphs[:-1]), True)


def other_facts(count: int, seed: int = 1) -> Iterator[Pair]:
    """Stories with figures, and the same wording with other figures and places: the next week's bulletin."""
    for first, dice in _stories(count, seed):
        random = dice.stream("facts")
        month, people, percent = random.randrange(1, 12), random.randrange(100, 9000), random.randrange(1, 99)
        report = f"截至{month}月9日，拉萨市已有{people}人参加，比去年同期增长{percent}.5%。"
        words = "\n".join((*first.paragraphs, report))
        other = "".join(_other(part, random) if part.isdecimal() else part for part in _FIGURE.split(words))
        second = _PLACE.sub("日喀则", other)
        yield Pair(Text(first.title, tuple(words.split("\n"))), Text(first.title, tuple(second.split("\n"))), False)


def _stories(count: int, seed: int) -> Iterator[tuple[Text, Dice]]:
    for number in range(count):
        dice = Dice(seed, "story", number)
        random = dice.stream("text")
        yield Text(chinese.headline(random), tuple(chinese.story(random, dice.choose("length", (5, 6, 7, 8))))), dice


def _rewrite(text: Text, share: float, dice: Dice) -> Text:
    """Replace runs of 10 to 40 characters until that share of the text is replaced, no character twice."""
    random = dice.stream("rewritten")
    words = "\n".join(text.paragraphs)
    new = list(words)
    replaced = 0
    while replaced < share * len(words):
        length = 10 + int(random.random() * 31)
        start = int(random.random() * (len(words) - length))
        if new[start : start + length] == list(words[start : start + length]):
            new[start : start + length] = (chinese.lead(random) * 3)[:length]
            replaced += length
    return Text(text.title, tuple("".join(new).split("\n")))


def _other(figure: str, random: Random) -> str:
    """Another number of as many digits."""
    while (other := "".join(str(random.randrange(1, 10)) for _ in figure)) == figure:
        pass
    return other


_FIGURE = re.compile(r"(\d+)")
_PLACE = re.compile("拉萨|昌都|林芝|山南|那曲|阿里")


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
