"""Copies on spam mirrors: an article's words, damaged, above a link farm.

Scripts are changed and readings inserted character by character; nothing is cut out of alignment here, so
that every copy can be repaired to the letter.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from tests.damage import traditional
from tests.replica.dice import Dice
from tests.replica.layouts.furniture import COPYRIGHTS
from tests.replica.planted import Planted, Record
from tests.replica.story import Story

SAMPLE = Path(__file__).parent / "sample"

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_READINGS: dict[str, str] = _DATA["readings"]
_MARKS = dict(zip("，：；？！（）", ",:;?!()", strict=True))


class Damage:
    """What one mirror does to text, and how many readings it has inserted so far."""

    def __init__(self) -> None:
        self.readings = 0

    def __call__(self, text: str) -> str:
        """Traditional script, readings behind some characters, ASCII marks between Chinese characters."""
        pieces = []
        for at, char in enumerate(text):
            shown = traditional(char)
            if char in _MARKS and not any(near.isascii() for near in text[max(at - 1, 0) : at + 2]):
                shown = _MARKS[char]
            if shown in _READINGS:
                shown = f"{shown}({_READINGS[shown]})"
                self.readings += 1
            pieces.append(shown)
        return "".join(pieces)


def page(planted: Planted, number: int) -> bytes | None:
    """The mirror's copy of an article; None where there is none."""
    story = planted.story(number)
    return _write(story, Damage()).encode() if _is_mirrored(story) else None


def record(planted: Planted, number: int, url: str) -> Record | None:
    """The record of that copy, fetched from *url*."""
    story = planted.story(number)
    if not _is_mirrored(story):
        return None
    damage = Damage()
    _write(story, damage)
    copy: dict[str, Any] = {
        "id": f"cn-{sha256(url.encode()).hexdigest()[:16]}",
        "url": url,
        "subtitle": None,
        "images": [],
        "removed": [{"kind": "copyright", "text": COPYRIGHTS[0]}, {"kind": "spam", "text": _farm(story)}],
        "repairs": {"readings": damage.readings, "breaks": 0, "unresolved": 0, "script": "t2s"},
        "http": {"status": 200, "etag": None, "last_modified": None},
    }
    return planted.record(number) | copy


@cache
def sample_page() -> bytes:
    """The sample's text with the markup of a mirror around it."""
    trail, title, info, *paragraphs, editor, notice, farm = [
        line for line in sample_text().decode().split("\n") if line.strip()
    ]
    return _frame(trail, title, f"<span>{info}</span>", paragraphs, editor, notice, farm).encode()


def sample_text() -> bytes:
    """The sample as text only."""
    return (SAMPLE / "mirror-page.txt").read_bytes()


def sample_record() -> Record:
    """What a reader must make of the sample; only these keys of the record are known."""
    record: Record = json.loads((SAMPLE / "mirror-page.expected.json").read_bytes())
    return record


def _is_mirrored(story: Story) -> bool:
    """Articles whose text holds no ASCII bracket: nobody could tell it from a damaged one."""
    return story.entry.family == "cn" and story.entry.layout != "paged" and "(" not in story.paragraphs[0]


def _write(story: Story, damage: Damage) -> str:
    info = f"<span>{damage('发布时间：')}{story.time}</span>"
    if story.byline:
        info = f"<span>{damage('作者：' + ' '.join(story.byline))}</span>{info}"
    if story.source:
        info += f"<span>{damage('来源：')} {damage(story.source)}</span>"
    trail = "\u00a0>\u00a0 ".join(map(damage, story.entry.sections[0].trail))
    editor = damage(f"（责编：{story.editor}）") if story.editor else ""
    paragraphs = ["　　" + damage(text) for text in story.paragraphs]
    return _frame(trail, damage(story.title), info, paragraphs, editor, damage(COPYRIGHTS[0]), _farm(story))


def _farm(story: Story) -> str:
    """Place names, which the mirror leaves as they are."""
    random = Dice(story.seed, story.entry.number).stream("farm")
    return " ".join(f"{name}|" for name in random.sample(_DATA["farm"]["names"].split(), 36))


def _frame(trail: str, title: str, info: str, paragraphs: list[str], editor: str, notice: str, farm: str) -> str:
    text = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{escape(title, quote=False)}</title>
<script src="/x/tj.js"></script>
</head>
<body>
<div class="wrap">
<div>{escape(trail, quote=False)}</div>
<div class="content"><div class="left">
<div class="title_box"><h2>{escape(title, quote=False)}</h2>
<div class="info">{info}</div></div>
<div id="text" class="text botborder">
{text}
<p>{editor}</p>
</div>
<div>{notice}</div>
</div></div>
</div>
<div>{farm}</div>
</body>
</html>
"""
