"""Cleans the text in a line of JSON Lines and keeps everything else as it was, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from itertools import accumulate
from math import isinf
from typing import Any, NamedTuple

from tibetnews.errors import UnreadableError
from tibetnews.items import Repairs
from tibetnews.outlet.mojibake import has_asian, is_mojibake, undo_mojibake
from tibetnews.text import Cleaned, clean

NOTES = ("removed", "repairs", "fields")
"""Keys that a cleaned line has beside its own."""

_NO_NOTES: dict[str, Any] = {"removed": [], "repairs": None, "fields": {}}
_NOTHING_FOUND = ', "removed": [], "repairs": null'

READ_FIELDS = ("breadcrumbs", "title", "subtitle", "published_at", "source", "authors", "editor")
"""What is read from a text and no longer in it; a dateline stays."""
_BLANKS = " \t\r\n"
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"')
_SHOWN = 80  # characters of a text in a message
MAX_DEPTH = 100
"""Brackets in each other that a strict reader takes; a record has four."""
_ENCODER = json.JSONEncoder(ensure_ascii=False)


class _Number(str):
    """A number as it is written, which may have more digits than Python reads."""


def _finite(written: str) -> _Number:
    if isinf(float(written)):
        raise UnreadableError("json", f"not JSON that others read: the number {written[:80]} is too large")
    return _Number(written)


def _refused(written: str) -> _Number:
    raise UnreadableError("json", f"not JSON: {written} is no number")


_DECODER = json.JSONDecoder(parse_int=_Number, parse_float=_Number, parse_constant=_Number)
_STRICT_DECODER = json.JSONDecoder(parse_int=_finite, parse_float=_finite, parse_constant=_refused)


class Member(NamedTuple):
    """The value of a key and where it stands in the line."""

    start: int
    end: int
    value: Any


class Members(NamedTuple):
    """The members of a line, by key, and where its last one ends."""

    by_key: dict[str, Member]
    end: int


def clean_line(line: str, field: str = "text") -> str:
    """Return the line, a JSON object, with the text in ``field`` cleaned.

    ``removed`` (a list of kind and text) and ``repairs`` (an object, or null where nothing was damaged) are added
    behind its own keys, and ``fields`` with what was read from the text and is no longer in it, such as its title,
    where there is any. A line that has such a key keeps it at its place: new pieces are added behind those
    of a list ``removed``; any other value is replaced where this cleaning has something to say, and stays where not.

    Raises UnreadableError where the line is not such an object.
    """
    values = read_values(line)
    text = text_in(values, field)
    cleaned = clean_text(text)
    found = notes(cleaned)
    if found == _NO_NOTES and cleaned.text == text and values.keys().isdisjoint(NOTES):  # as most lines of a corpus
        end = len(line.rstrip(_BLANKS).removesuffix("}").rstrip(_BLANKS))
        return f"{line[:end]}{_NOTHING_FOUND}{line[end:]}"
    members, end = read_members(line)
    changes: list[tuple[int, int, str]] = []
    if cleaned.text != text:
        changes.append((*members[field][:2], dumps(cleaned.text)))
    for name, note in found.items():
        if member := members.get(name):
            if note:
                changes.append((member.start, member.end, _continued(line, member, note)))
        elif note or name != "fields":
            changes.append((end, end, f", {dumps(name)}: {dumps(note)}"))
    pieces: list[str] = []
    last = 0
    for start, stop, new in sorted(changes, key=lambda change: change[:2]):
        pieces += [line[last:start], new]
        last = stop
    return "".join([*pieces, line[last:]])


def clean_text(text: str) -> Cleaned:
    """Return what cleaning makes of a text of a corpus, whose bytes may have been read in a wrong encoding.

    Raises UnreadableError where they were, and cannot be told.
    """
    read = undo_mojibake(text)
    if read is text and not has_asian(text) and is_mojibake(text):
        raise UnreadableError("encoding", f"read in a wrong encoding and stored so: {text[:_SHOWN]!r}")
    return clean(read)


def text_in(values: Mapping[str, Any], field: str) -> str:
    """Return the text to be cleaned; raise UnreadableError if there is none."""
    if field not in values:
        raise UnreadableError("field", f"there is no {field!r}; --field NAME names the field of the text")
    text = values[field]
    if not isinstance(text, str) or isinstance(text, _Number):
        raise UnreadableError("field", f"{field!r} is not a string")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = f"{field!r} has half a surrogate pair at character {error.start + 1:,}"
        raise UnreadableError("encoding", detail) from None
    return text


def read_values(line: str) -> dict[str, Any]:
    """Return the values of the object that a line is, by key; raise UnreadableError if it is none."""
    if line.startswith("{"):
        with suppress(json.JSONDecodeError, RecursionError):
            values: dict[str, Any] = _DECODER.decode(line)
            return values
    return {key: member.value for key, member in read_members(line).by_key.items()}


def read_members(line: str, *, is_strict: bool = False) -> Members:
    """Return the members of the object that a line is; raise UnreadableError if it is none.

    ``is_strict``: whether it is refused too where other programs may not read it: numbers such as NaN and 1e999, and
    more than MAX_DEPTH brackets in each other.
    """
    decoder = _STRICT_DECODER if is_strict else _DECODER
    try:
        if not line.startswith("{"):
            decoder.decode(line)
            raise UnreadableError("object", "the line is JSON, but not an object")
        members = _members(line, decoder)
    except json.JSONDecodeError as error:
        raise UnreadableError("json", f"not JSON: {error.msg} at character {error.pos + 1:,}") from None
    except RecursionError:
        raise UnreadableError("json", "nested too deeply") from None
    if is_strict and line.count("[") + line.count("{") > MAX_DEPTH and _depth(line) > MAX_DEPTH:
        raise UnreadableError("json", "nested too deeply")
    return members


def notes(cleaned: Cleaned) -> dict[str, Any]:
    """Return what a cleaning gives besides the text, by the names of ``NOTES``, ready for JSON."""
    repairs = Repairs.from_repaired(cleaned.repairs)
    is_page = cleaned.text != cleaned.repairs.text  # nothing was read that the text does not hold any more
    read = {name: value for name in READ_FIELDS if is_page and (value := getattr(cleaned, name))}
    return {
        "removed": [asdict(piece) for piece in cleaned.removed],
        "repairs": asdict(repairs) if repairs else None,
        "fields": {name: list(value) if isinstance(value, tuple) else value for name, value in read.items()},
    }


def dumps(value: object) -> str:
    """JSON with Chinese as itself."""
    return _ENCODER.encode(value)


def _members(line: str, decoder: json.JSONDecoder) -> Members:
    members: dict[str, Member] = {}
    end = 1
    at = _blank(line, end)
    while not (line.startswith("}", at) and not members):
        if not line.startswith('"', at):
            raise json.JSONDecodeError("a key in double quotes is missing", line, at)
        key, at = decoder.raw_decode(line, at)
        start = _blank(line, _expect(line, ":", at))
        value, end = decoder.raw_decode(line, start)
        members[key] = Member(start, end, value)
        at = _blank(line, end)
        if line.startswith("}", at):
            break
        at = _blank(line, _expect(line, ",", at))
    if (after := _blank(line, at + 1)) < len(line):
        raise json.JSONDecodeError("something follows the object", line, after)
    return Members(members, end)


def _depth(line: str) -> int:
    """Return how many brackets of JSON stand in each other."""
    return max(accumulate((mark in "[{") - (mark in "]}") for mark in _STRING.sub("", line)))


def _blank(line: str, at: int) -> int:
    """Where the blanks at a place end."""
    while line[at : at + 1] in _BLANKS and at < len(line):
        at += 1
    return at


def _expect(line: str, mark: str, at: int) -> int:
    """Return the position after a mark and the blanks before it."""
    at = _blank(line, at)
    if not line.startswith(mark, at):
        raise json.JSONDecodeError(f"{mark!r} is missing", line, at)
    return at + 1


def _continued(line: str, member: Member, note: Any) -> str:
    """Return a note in place of an earlier one."""
    if isinstance(note, list) and isinstance(member.value, list) and member.value:
        return f"{line[member.start : member.end - 1].rstrip()}, {dumps(note)[1:]}"
    return dumps(note)
