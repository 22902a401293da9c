"""One article as its author knows it: title, people, paragraphs, pictures; nothing of its page's markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Literal, Protocol

from tests.replica.catalogue import Entry
from tests.replica.dice import Dice
from tests.replica.prose import chinese, tibetan
from tests.replica.prose.chinese import CITIES, PEOPLE, TIBETANS

Precision = Literal["seconds", "minutes", "day"]


class Tongue(Protocol):
    """What writes in a language: the modules chinese and tibetan."""

    def headline(self, random: Random) -> str: ...
    def subtitle(self, random: Random) -> str: ...
    def lead(self, random: Random) -> str: ...


@dataclass(frozen=True)
class Wire:
    """The dateline of a wire copy: *opening* as it is written, and what it says."""

    opening: str
    agency: str
    place: str | None = None
    date: date | None = None
    reporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture beside the article: its file, the paragraph that it follows, and the words below it."""

    file: str
    src: str
    after: int
    caption: str | None = None
    credit: str | None = None
    below: str | None = None


@dataclass(frozen=True)
class Slide:
    """One picture of a photo story with its summary."""

    photo: str
    summary: str


class Story:
    """What an article says in one of its revisions (0 is the first)."""

    def __init__(self, entry: Entry, seed: int, revision: int = 0) -> None:
        self.entry = entry
        self.seed = seed
        self.revision = revision
        self.dice = Dice(seed, entry.number)
        self._content = Dice(seed, (entry.twin_of or entry).number)

    @property
    def tibetan(self) -> bool:
        return self.entry.family == "tb"

    @cached_property
    def title(self) -> str:
        return self._tongue.headline(self._content.stream("title"))

    @cached_property
    def subtitle(self) -> str | None:
        if self.entry.family not in ("cn", "tb") or not self.dice.one_in(5, "has subtitle"):
            return None
        return self._tongue.subtitle(self.dice.stream("subtitle"))

    @cached_property
    def lead(self) -> str:
        return self._tongue.lead(self.dice.stream("lead"))

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, its dateline included; a revision has its last paragraph written anew and one more."""
        if self.entry.family in ("photo", "video"):
            return self._summaries
        random = self._content.stream("text")
        count = self._content.choose("paragraphs", (4, 5, 6, 7, 8, 10))
        if "paged" in self.entry.layout:
            count += 5
        text = tibetan.paragraphs(random, count) if self.tibetan else chinese.story(random, count)
        if self.wire:
            text[0] = self.wire.opening + text[0]
        if self.revision:
            again = Dice(self.seed, self.entry.number, self.revision).stream("text")
            text[-1:] = tibetan.paragraphs(again, 2) if self.tibetan else chinese.story(again, 3)[1:]
        return tuple(text)

    @cached_property
    def source(self) -> str | None:
        if self.entry.family == "photo" or self.dice.one_in(9, "no source"):
            return None
        media = tibetan.MEDIA if self.tibetan else chinese.MEDIA
        return self.dice.choose("source", media)

    @cached_property
    def byline(self) -> tuple[str, ...]:
        """The authors that the info line names."""
        if self.entry.family in ("photo", "video"):
            return ()
        how_many = self.dice.choose("authors", (0, 0, 0, 0, 1, 1, 1, 2))
        people = tibetan.NAMES if self.tibetan else self.dice.choose("people", (PEOPLE, PEOPLE, TIBETANS))
        return tuple(dict.fromkeys(self.dice.choose(f"author {n}", people) for n in range(how_many)))

    @cached_property
    def editor(self) -> str | None:
        if self.entry.family in ("photo", "video") or self.dice.one_in(10, "no editor"):
            return None
        names = tibetan.NAMES if self.tibetan else PEOPLE + TIBETANS
        return self.dice.choose("editor", names)

    @cached_property
    def precision(self) -> Precision:
        """How exactly the page tells the time of publication."""
        if self.tibetan:
            return "day"
        if self.entry.family == "legacy":
            return self.dice.choose("precision", ("minutes", "minutes", "day"))
        return self.dice.choose("precision", ("seconds", "seconds", "seconds", "minutes", "day"))

    @property
    def time(self) -> str:
        """The time of publication as the page shows it."""
        form = {"seconds": "%Y-%m-%d %H:%M:%S", "minutes": "%Y-%m-%d %H:%M", "day": "%Y-%m-%d"}
        return self.entry.published.strftime(form[self.precision])

    @cached_property
    def wire(self) -> Wire | None:
        """The dateline; what is published on New Year's Day was filed on New Year's Eve."""
        if self.entry.family not in ("cn", "legacy"):
            return None
        day = self.entry.published.date()
        if self.entry.twin_of:
            return Story(self.entry.twin_of, self.seed).wire
        new_year = (day.month, day.day) == (1, 1)
        kind = self._content.choose(
            "wire", ("新华社", "新华社", "人民网", "中新网", "讯", "none", "none", "none")
        )
        if new_year:
            kind = self._content.choose("new year's wire", ("新华社", "人民网", "中新网"))
        if kind == "none":
            return None
        if kind == "讯":
            return Wire("中国西藏网讯 ", "中国西藏网")
        filed = day - timedelta(days=1 if new_year else self._content.choose("filed", (0, 1)))
        return _wire(kind, filed, self._content)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        if self.entry.family in ("photo", "video"):
            return ()
        if self.tibetan or self.entry.layout == "legacy_gbk":
            count = self.dice.choose("pictures", (0, 0, 1))
        else:
            count = self.dice.choose("pictures", (0, 0, 1, 1, 2, 3))
        last = min(count, len(self.paragraphs) - 1)
        return tuple(self._picture(at) for at in range(last))

    @cached_property
    def slides(self) -> tuple[Slide, ...]:
        """The pictures of a photo story; neighbours may share a summary."""
        folder = self.dice.choose("folder", ("http://media.tibet.cn/picture", "/picture"))
        month = self.entry.published.strftime("%Y%m")
        slides = []
        for at, summary in enumerate(self.paragraphs):
            for copy in range(self.dice.choose(f"slides {at}", (1, 1, 1, 2))):
                slides.append(Slide(f"{folder}/{month}/{self._file(f'slide {at} {copy}')}", summary))
        return tuple(slides)

    @cached_property
    def _summaries(self) -> tuple[str, ...]:
        """What is written below the pictures of a photo story, or beside a film."""
        random = Dice(self.seed, self.entry.number, self.revision).stream("summaries")
        count = self.dice.choose("summaries", (3, 4, 5, 6) if self.entry.family == "photo" else (1, 2))
        return tuple(chinese.summary(random) for _ in range(count))

    @property
    def _tongue(self) -> Tongue:
        return tibetan if self.tibetan else chinese

    def _file(self, name: str) -> str:
        """The file name of a picture: W0 and twenty digits."""
        return f"W0{self.entry.published:%Y%m%d}{self.dice.number(name) % 10**12:012d}.jpg"

    def _picture(self, at: int) -> Picture:
        file = self._file(f"picture {at}")
        src = self.dice.choose(f"src {at}", ("./", "")) + file
        kind = self.dice.choose(
            f"caption {at}", ("none",) if self.tibetan else ("photographer", "agency", "plain", "none")
        )
        if kind == "none":
            return Picture(file, src, at)
        says = chinese.lead(self.dice.stream(f"caption {at}"))
        name = self.dice.choose(f"photographer {at}", PEOPLE)
        if kind == "photographer":
            return Picture(file, src, at, f"图为{says}", name, f"图为{says} 摄影：{name}")
        if kind == "agency":
            credit = f"新华社记者 {name}"
            return Picture(file, src, at, says, credit, f"{says}（{credit} 摄）")
        return Picture(file, src, at, f"图为{says}", None, f"图为{says}")


def _wire(agency: str, filed: date, dice: Dice) -> Wire:
    place = dice.choose("place", CITIES)
    first, second = dice.choose("first reporter", PEOPLE), dice.choose("second reporter", TIBETANS)
    opening = f"{agency}{place}{filed.month}月{filed.day}日电"
    forms: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
        "新华社": (
            (f"（记者{first}）", (first,)),
            (f"（记者{first}、{second}）", (first, second)),
            (f"（记者{first} 通讯员{second}）", (first, second)),
            (" ", ()),
        ),
        "人民网": (
            (f"（记者 {first}、{second}）", (first, second)),
            (f"（记者 {first}）", (first,)),
            (" ", ()),
        ),
        "中新网": (
            (f" ({first} {second})", (first, second)),
            (f" (记者 {first})", (first,)),
            (f" ({first})", (first,)),
        ),
    }
    tail, reporters = dice.choose("reporters", forms[agency])
    return Wire(opening + tail, agency, place, filed, reporters)
