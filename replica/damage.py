"""Simulates what a spam mirror does to a text, step by step on its GBK bytes.

The order is the mirrors': script, annotations, cuts, decoding, widths of marks.  All steps but the first work on
bytes without regard to where a character begins.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import opencc

PARAGRAPH = b"</p>\n<p>"
ASCII_MARKS = str.maketrans("，：；？！（）", ",:;?!()")
ASCII_ALL = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
MARKS = re.compile("(?<=[\u4e00-\u9fff])[，。、；：？！]")
NO_BREAK_SPACE = "\u00a0"
ENTITY = "&nbsp;"  # what a page writes for it
PRIVATE = re.compile("[\ue000-\uf8ff]")
TAG = re.compile(r"</?p>")
CUTS = re.compile(rb"\xa3[\xa1\xac\xbf\xbb]")
FULL_STOP = re.compile(rb"\xa1\xa3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a mirror does besides its table and its script: a mirror is a bundle of such habits."""

    toned: bool = True
    """The readings have their tones."""
    spaced: Literal["", "inside", "after"] = ""
    """A space inside the bracket after a reading, or after the bracket."""
    ascii_marks: bool = True
    """Full-width marks become ASCII ones."""
    ascii_all: bool = False
    """All full-width ASCII characters become ASCII ones, letters and digits too."""
    full_stop_rate: float = 0.0
    """Share of the bytes of 。 that are cut."""
    lone: Literal["?", ""] = "?"
    """"?" where the decoder shows one for a byte without its other half (and takes an ASCII byte after it along), ""
    where it drops the byte."""
    euro: str = ""
    """What the decoder shows for the byte 80."""
    commas: float = 0.0
    """Share of the marks of a page that get a comma before them."""
    times: int = 1
    """How often each reading is put."""


PLAIN = Habits()


def habits_of(page: int) -> Habits:
    """Return the habits of the mirror of a page, spread over pages as they were seen on real mirrors."""
    chance = random.Random(f"habits {page}")
    return Habits(
        ascii_all=True,
        full_stop_rate=chance.choice([0.0, 0.0, 0.1]),
        euro=chance.choice(["", "", "€"]),
        commas=0.2 if chance.random() < 0.1 else 0.0,
    )


def break_rate_of(page: int, mean: float) -> float:
    """Return a page's own share of cut marks; some pages are cut everywhere, some nowhere, ``mean`` on average."""
    return random.Random(f"rate {page}").betavariate(mean, 1 - mean) if 0 < mean < 1 else mean


def damage(
    text: str,
    table: Mapping[str, str],
    *,
    break_rate: float,
    seed: int,
    habits: Habits = PLAIN,
    script: Mapping[str, str] | None = None,
) -> str:
    """Return the text as a mirror shows it.

    Paragraphs are lines, which the mirror has as elements: the ``<`` of a tag may be taken along.

    Args:
        text: Clean text in simplified characters.
        table: Annotated characters with their readings, in the order of their replacement.
        break_rate: Share of the bytes of ！，？； that are cut.
        seed: Decides which ones are.
        habits: What else the mirror does.
        script: What the mirror makes of some characters instead of the usual traditional form; None leaves all.

    >>> damage("之路。”北京市科學技術", {"學": "xué", "術": "shù"}, break_rate=1, seed=0)
    '之路?!北本┦锌茖W(xué)技術(shù)'
    """
    chance = random.Random(seed)
    if script is not None:
        text = "".join(script.get(c) or traditional(c) for c in text)
    data = PARAGRAPH.join(encode(line) for line in text.replace(NO_BREAK_SPACE, ENTITY).split("\n"))
    for character, reading in table.items():
        reading = reading if habits.toned else toneless(reading)
        shown = f"({reading}{' ' * (habits.spaced == 'inside')}){' ' * (habits.spaced == 'after')}"
        key = encode(character)
        data = data.replace(key, key + encode(shown) * habits.times)
    shown_text = ""
    for piece, mark in cut(data, chance, break_rate, habits.full_stop_rate):
        shown_text += decode(piece, habits.lone, habits.euro) + mark
    shown_text = TAG.sub("", shown_text).replace(ENTITY, NO_BREAK_SPACE)
    if habits.commas:
        shown_text = MARKS.sub(lambda match: "," * (chance.random() < habits.commas) + match[0], shown_text)
    if habits.ascii_all:
        return shown_text.translate(ASCII_ALL)
    return shown_text.translate(ASCII_MARKS) if habits.ascii_marks else shown_text


def cut(data: bytes, chance: random.Random, rate: float, full_stop_rate: float) -> list[tuple[bytes, str]]:
    """Return the pieces between the cuts, each with the mark that was cut out after it."""
    pieces: list[tuple[bytes, str]] = [(data, "")]
    for pattern, share in ((CUTS, rate), (FULL_STOP, full_stop_rate)):
        finer: list[tuple[bytes, str]] = []
        for piece, mark in pieces:
            end = 0
            for found in pattern.finditer(piece):
                if chance.random() < share:
                    finer.append((piece[end : found.start()], found.group().decode("gbk")))
                    end = found.end()
            finer.append((piece[end:], mark))
        pieces = finer
    return pieces


def decode(piece: bytes, lone: str, euro: str) -> str:
    """Return the piece as a lenient GB18030 decoder shows it; user-defined characters show as nothing."""
    shown = ""
    while piece:
        try:
            shown += piece.decode("gb18030")
            break
        except UnicodeDecodeError as error:
            shown += piece[: error.start].decode("gb18030")
            if piece[error.start] == 0x80:
                shown += euro
                piece = piece[error.start + 1 :]
            else:
                shown += lone
                piece = piece[error.start + (2 if lone else 1) :]
    return PRIVATE.sub("", shown)


def encode(text: str) -> bytes:
    """Return the GBK bytes, with ``?`` for what GBK does not hold."""
    return b"".join(_bytes(c) for c in text)


@cache
def _bytes(character: str) -> bytes:
    data = character.encode("gb18030", "replace")
    return data if len(data) <= 2 else b"?"


@cache
def traditional(character: str) -> str:
    """Return the usual traditional form of one character, without regard to its neighbours."""
    form: str = _converter().convert(character)
    return form


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def toneless(reading: str) -> str:
    """Return lu for lǜ."""
    return "".join(c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c))
