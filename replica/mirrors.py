"""Copies on spam mirrors: an article's words, damaged, above a link farm.

Gentle mirrors work character by character, so that every copy can be repaired to the letter; the others break
bytes as well.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from replica.damage import damage, traditional
from replica.dice import Dice
from replica.layouts.furniture import COPYRIGHTS
from replica.mirror_tables import SAMPLE_SCRIPT, SAMPLE_TABLE
from replica.planted import Planted, Record
from replica.story import Story

SAMPLE = Path(__file__).parent / "sample"

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_READINGS: dict[str, str] = _DATA["readings"]
_MARKS = dict(zip("，：；？！（）", ",:;?!()", strict=True))


Damage = Callable[[list[str]], list[str]]
"""What a mirror makes of the lines of a page."""


def gentle(lines: list[str]) -> list[str]:
    """Traditional script, readings behind some characters, ASCII marks between Chinese characters."""
    return ["".join(_shown(line, at) for at in range(len(line))) for line in lines]


def broken(lines: list[str]) -> list[str]:
    """All that a mirror does to the bytes of a page: readings out of place and cuts too."""
    text = "\n".join(lines)
    shown = damage(text, SAMPLE_TABLE, break_rate=0.1, seed=len(text), script=SAMPLE_SCRIPT)
    return shown.split("\n")


FOLDERS: dict[str, Damage] = {"/mirror/": gentle, "/mirror/broken/": broken}
"""Where the copies are served."""


def page(planted: Planted, number: int, damaged: Damage = gentle) -> bytes | None:
    """Return the mirror's copy of an article; None where there is none."""
    story = planted.story(number)
    return _write(story, damaged).encode() if _is_mirrored(story) else None


def record(planted: Planted, number: int, url: str, damaged: Damage = gentle) -> Record | None:
    """Return the record of that copy, fetched from *url*; how many repairs its damage takes is unknown."""
    story = planted.story(number)
    if not _is_mirrored(story):
        return None
    readings = sum(char in _READINGS for line in _lines(story) for char in map(traditional, line))
    repairs = {"readings": readings, "breaks": 0, "unresolved": 0, "script": "t2s"}
    copy: dict[str, Any] = {
        "id": f"cn-{sha256(url.encode()).hexdigest()[:16]}",
        "url": url,
        "subtitle": None,
        "images": [],
        "videos": [],
        "attachments": [],
        "removed": [{"kind": "copyright", "text": COPYRIGHTS[0]}, {"kind": "spam", "text": _farm(story)}],
        "repairs": repairs if damaged is gentle else None,
        "http": {"status": 200, "etag": None, "last_modified": None},
    }
    return planted.record(number) | copy


@cache
def sample_page() -> bytes:
    """Return the sample's text with the markup of a mirror around it."""
    trail, title, info, *paragraphs, editor, notice, farm = [
        line for line in sample_text().decode().split("\n") if line.strip()
    ]
    return _frame(trail, title, f"<span>{info}</span>", paragraphs, editor, notice, farm).encode()


def sample_text() -> bytes:
    """Return the sample as text only."""
    return (SAMPLE / "mirror-page.txt").read_bytes()


def sample_record() -> Record:
    """Return what a reader must make of the sample; only these keys of the record are known."""
    record: Record = json.loads((SAMPLE / "mirror-page.expected.json").read_bytes())
    return record


def _is_mirrored(story: Story) -> bool:
    """Articles whose text holds no ASCII bracket: nobody could tell it from a damaged one."""
    return story.entry.family == "cn" and story.entry.layout != "paged" and "(" not in story.paragraphs[0]


def _shown(line: str, at: int) -> str:
    char = line[at]
    if char in _MARKS and not any(near.isascii() for near in line[max(at - 1, 0) : at + 2]):
        return _MARKS[char]
    shown = traditional(char)
    return f"{shown}({_READINGS[shown]})" if shown in _READINGS else shown


def _lines(story: Story) -> list[str]:
    """Return the lines of the copy before their damage; those of the info line are the third to the fifth."""
    return [
        "\u00a0>\u00a0 ".join(story.entry.sections[0].trail),
        story.title,
        f"作者：{' '.join(story.byline)}" if story.byline else "",
        f"发布时间：{story.time}",
        f"来源： {story.source}" if story.source else "",
        *("　　" + paragraph for paragraph in story.paragraphs),
        f"（责编：{story.editor}）" if story.editor else "",
        COPYRIGHTS[0],
    ]


def _write(story: Story, damaged: Damage) -> str:
    trail, title, author, time, source, *paragraphs, editor, notice = damaged(_lines(story))
    info = "".join(f"<span>{words}</span>" for words in (author, time, source) if words)
    return _frame(trail, title, info, paragraphs, editor, notice, _farm(story))


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
