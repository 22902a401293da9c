"""One article as its author knows it: title, people, paragraphs, pictures; nothing of its page's markup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Literal, Protocol

from replica.catalogue import Entry
from replica.dice import Dice
from replica.prose import chinese, tibetan
from replica.prose.chinese import PEOPLE, TIBETANS
from replica.reprints import Text, reprint
from replica.wire import Wire, dateline

RemovedKind = Literal["audio", "embedded", "attachment"]
Precision = Literal["seconds", "minutes", "day"]


class Tongue(Protocol):
    """What writes in a language: the modules chinese and tibetan."""

    def headline(self, random: Random) -> str:
        """Return a title."""

    def subtitle(self, random: Random) -> str:
        """Return a second headline."""

    def lead(self, random: Random) -> str:
        """Return the sentence below a title in a listing."""


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
class Extra:
    """Something embedded in the article: its markup, and what a record says of it."""

    after: int
    html: str
    video: str | None = None
    file: tuple[str, str] | None = None
    """Address and name of a file."""

    removed: tuple[RemovedKind, str] | None = None


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
        """Whether it is written in Tibetan."""
        return self.entry.family == "tb"

    @cached_property
    def title(self) -> str:
        """Its title."""
        if self.entry.edited:
            return self._reprint.title
        if self._form:
            return chinese.bulletin(self._form, self._content.stream("bulletin"))[0]
        return self._tongue.headline(self._content.stream("title"))

    @cached_property
    def subtitle(self) -> str | None:
        """Its second headline, if it has one."""
        if self.entry.family not in ("cn", "tb") or not self.dice.one_in(5, "has subtitle"):
            return None
        return self._tongue.subtitle(self.dice.stream("subtitle"))

    @cached_property
    def lead(self) -> str:
        """The sentence below its title in a listing."""
        return self._tongue.lead(self.dice.stream("lead"))

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, its dateline included; a revision has its last paragraph written anew and one more."""
        if self.entry.family in ("photo", "video"):
            return self._summaries
        text = list(self._reprint.paragraphs) if self.entry.edited else self._written()
        if self.revision:
            again = Dice(self.seed, self.entry.number, self.revision).stream("text")
            text[-1:] = tibetan.paragraphs(again, 2) if self.tibetan else chinese.story(again, 3)[1:]
        return tuple(text)

    @cached_property
    def source(self) -> str | None:
        """The medium that it names as its source."""
        if self.entry.family == "photo" or self.dice.one_in(9, "no source"):
            return None
        media: tuple[str, ...] = tibetan.MEDIA if self.tibetan else chinese.MEDIA
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
        """The editor whom its last line names."""
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
        """The dateline that opens the text."""
        if self.entry.family not in ("cn", "legacy"):
            return None
        if self.entry.twin_of:
            return Story(self.entry.twin_of, self.seed).wire
        return dateline(self.entry.published.date(), self._content)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures beside its paragraphs."""
        if self.entry.family in ("photo", "video"):
            return ()
        if self.tibetan or self.entry.layout == "legacy_gbk":
            count = self.dice.choose("pictures", (0, 0, 1))
        else:
            count = self.dice.choose("pictures", (0, 0, 1, 1, 2, 3))
        last = min(count, len(self.paragraphs) - 1)
        return tuple(self._picture(at) for at in range(last))

    @cached_property
    def extras(self) -> tuple[Extra, ...]:
        """Films, files, sounds and maps among the paragraphs."""
        if self.entry.layout not in ("trs_editor", "custom_union", "bare_p") or not self.dice.one_in(3, "has extras"):
            return ()
        return extras_of(self.entry, self.dice, len(self.paragraphs) - 1)

    @cached_property
    def slides(self) -> tuple[Slide, ...]:
        """The pictures of a photo story; neighbours may share a summary."""
        folder = self.dice.choose("folder", ("http://media.tibet.cn/picture", "/picture"))
        month = self.entry.published.strftime("%Y%m")
        slides = []
        for at, summary in enumerate(self.paragraphs):
            copies = range(self.dice.choose(f"slides {at}", (1, 1, 1, 2)))
            slides += [Slide(f"{folder}/{month}/{self._file(f'slide {at} {copy}')}", summary) for copy in copies]
        return tuple(slides)

    def _written(self) -> list[str]:
        """Return the text as it was first written."""
        random = self._content.stream("text")
        count = self._content.choose("paragraphs", (4, 5, 6, 7, 8, 10))
        if "paged" in self.entry.layout:
            count += 5
        if self.tibetan:
            text = tibetan.paragraphs(random, count)
        elif self._form:
            text = chinese.bulletin(self._form, self._content.stream("bulletin"))[1]
        else:
            text = chinese.story(random, count)
        if self.wire:
            text[0] = self.wire.opening + text[0]
        return text

    @property
    def _form(self) -> str | None:
        """The form of a bulletin; other stories have none."""
        original = self.entry.twin_of or self.entry
        if original.number % 29 != 8 or original.layout == "paged" or original.family != "cn":
            return None
        return chinese.BULLETINS[original.number // 29 % len(chinese.BULLETINS)]

    @cached_property
    def _reprint(self) -> Text:
        """The story of the earlier article with some of its characters edited."""
        assert self.entry.twin_of is not None
        original = Story(self.entry.twin_of, self.seed)
        return reprint(Text(original.title, original.paragraphs), self.entry.edited, self.dice)

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
        """Return the file name of a picture: W0 and twenty digits."""
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


def extras_of(entry: Entry, dice: Dice, last: int) -> tuple[Extra, ...]:
    """One or two things that stand after a paragraph before the last."""
    stem, folder = f"{entry.published:%Y%m%d}{entry.document}", f"http://www.tibet.cn/res/{entry.published:%Y%m}"
    film, sheet, sound = f"{folder}/V{stem}.mp4", f"{folder}/P{stem}.pdf", f"{folder}/S{stem}.mp3"
    player, chart = f"https://player.example.com/v/{stem}", f"https://map.example.com/?q={stem}"
    name = dice.choose("file's name", ("实施方案.pdf", "获奖名单", "《路线图》", "报名表（样表）"))
    pair = f"附件：1. {name} 2. 说明书"
    forms = (
        Extra(0, f'<p align="center"><video controls><source src="{film}">请升级浏览器</video></p>', video=film),
        Extra(0, f'<div><iframe src="{player}" width="640" height="498"></iframe></div>', video=player),
        Extra(0, f'<object><param name="movie" value="/p.swf"><embed flashvars="file={film}"></object>', video=film),
        Extra(0, f'<p>　　<a href="{sheet}">{name}</a></p>', file=(sheet, name)),
        Extra(
            0,
            f'<p>附件：1. <a href="{sheet}">{name}</a> 2. <a href="{sheet}">说明书</a></p>',
            file=(sheet, name),
            removed=("attachment", pair),
        ),
        Extra(0, f'<audio src="{sound}" controls>请升级浏览器</audio>', removed=("audio", sound)),
        Extra(0, f'<iframe src="{chart}" height="300"></iframe>', removed=("embedded", chart)),
        Extra(0, '<iframe src="javascript:void(0)"></iframe><video src="http://www.tibet.cn:99999/a.mp4"></video>'),
        Extra(0, '<p><img src="/count.gif" style="width:1px;height:1px"></p>'),
    )
    found: dict[Extra, None] = dict.fromkeys(dice.choose(f"extra {n}", forms) for n in range(2))
    return tuple(replace(extra, after=min(at, last)) for at, extra in enumerate(found))
