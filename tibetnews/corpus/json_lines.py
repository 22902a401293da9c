"""Cleans the text in a line of JSON Lines and keeps everything else as it was, byte for byte."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, NamedTuple

from tibetnews.errors import UnreadableError
from tibetnews.items import Repairs
from tibetnews.text import Cleaned, clean

NOTES = ("removed", "repairs", "fields")
"""Keys that a cleaned line has beside its own."""

_READ = ("breadcrumbs", "title", "subtitle", "published_at", "source", "authors", "editor")
_BLANKS = " \t\r\n"
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_AS_WRITTEN = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)  # numbers are passed over, not read


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
    members, end = read_members(line)
    text = text_in(line, members, field)
    cleaned = clean(text)
    changes: list[tuple[int, int, str]] = []
    if cleaned.text != text:
        changes.append((*members[field][:2], dumps(cleaned.text)))
    for name, note in notes(cleaned).items():
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


def text_in(line: str, members: dict[str, Member], field: str) -> str:
    """Return the text to be cleaned; raise UnreadableError if there is none."""
    if field not in members:
        raise UnreadableError("field", f"there is no {field!r}")
    if not line.startswith('"', members[field].start):
        raise UnreadableError("field", f"{field!r} is not a string")
    text: str = members[field].value
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = f"{field!r} has half a surrogate pair at character {error.start + 1:,}"
        raise UnreadableError("encoding", detail) from None
    return text


def read_members(line: str) -> Members:
    """Return the members of the object that a line is; raise UnreadableError if it is none."""
    try:
        if not line.startswith("{"):
            _AS_WRITTEN.decode(line)
            raise UnreadableError("object", "the line is JSON, but not an object")
        return _members(line)
    except json.JSONDecodeError as error:
        raise UnreadableError("json", f"not JSON: {error.msg} at character {error.pos + 1:,}") from None
    except RecursionError:
        raise UnreadableError("json", "nested too deeply") from None


def notes(cleaned: Cleaned) -> dict[str, Any]:
    """Return what a cleaning gives besides the text, by the names of ``NOTES``, ready for JSON."""
    repairs = Repairs.from_repaired(cleaned.repairs)
    is_page = cleaned.text != cleaned.repairs.text  # nothing was read that the text does not hold any more
    read = {name: value for name in _READ if is_page and (value := getattr(cleaned, name))}
    return {
        "removed": [asdict(piece) for piece in cleaned.removed],
        "repairs": asdict(repairs) if repairs else None,
        "fields": {name: list(value) if isinstance(value, tuple) else value for name, value in read.items()},
    }


def dumps(value: object) -> str:
    """JSON with Chinese as itself."""
    return _ENCODER.encode(value)


def _members(line: str) -> Members:
    members: dict[str, Member] = {}
    end = 1
    at = _blank(line, end)
    while not (line.startswith("}", at) and not members):
        if not line.startswith('"', at):
            raise json.JSONDecodeError("a key in double quotes is missing", line, at)
        key, at = _AS_WRITTEN.raw_decode(line, at)
        start = _blank(line, _expect(line, ":", at))
        value, end = _AS_WRITTEN.raw_decode(line, start)
        members[key] = Member(start, end, value)
        at = _blank(line, end)
        if line.startswith("}", at):
            break
        at = _blank(line, _expect(line, ",", at))
    if (after := _blank(line, at + 1)) < len(line):
        raise json.JSONDecodeError("something follows the object", line, after)
    return Members(members, end)


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
