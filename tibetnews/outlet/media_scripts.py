"""The scripts in which the media host keeps its photo stories and videos."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

import chompjs
from w3lib.html import remove_tags, replace_entities

from tibetnews.errors import UnreadableError
from tibetnews.outlet.page import fold

_PLAYER_JSON = re.compile(r"json\s*:\s*[\"'](?P<base64>[A-Za-z0-9+/]{8,2048}={0,2})[\"']")


@dataclass(frozen=True, slots=True)
class Story:
    """A photo story's script: title, time of publication as written, and (picture, caption) in order."""

    title: str
    published: str
    pictures: tuple[tuple[str, str], ...]


def read_story(script: str) -> Story:
    """Read ``var … = {…};``, with either kind of quotes, as a photo story; UnreadableError where it holds none."""
    story: Any
    try:
        story = chompjs.parse_js_object(script, loader_kwargs={"strict": False})
    except ValueError as error:
        raise UnreadableError("script", f"the photo story's script holds no object: {error}") from error
    contents = story.get("contents") if isinstance(story, dict) else None
    if not isinstance(contents, list):
        raise UnreadableError("script", "the photo story's script has no list of contents")
    pictures = tuple(
        (photo, _text(content.get("summary")))
        for content in contents
        if isinstance(content, dict) and (photo := _text(content.get("photo")))
    )
    return Story(_text(story.get("title")), _text(story.get("pubdate")), pictures)


def film_document(script: str) -> str | None:
    """The address of the JSON document that a player's script names in base64; None where it names none."""
    found = _PLAYER_JSON.search(script)
    if found is None:
        return None
    try:
        return base64.b64decode(found["base64"], validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def read_films(document: str) -> tuple[str, ...]:
    """Addresses of the media files in a player's JSON document; UnreadableError where it holds none."""
    try:
        videos = json.loads(document)["videos"]
        films = tuple(film for video in videos if (film := _text(video["url"])))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnreadableError(
            "script", f"the video's document lists no file: {type(error).__name__}: {error}"
        ) from error
    if not films:
        raise UnreadableError("script", "the video's document names no file")
    return films


def _text(value: object) -> str:
    """A script's value as text without tags and entities; "" for null."""
    return "" if value is None else fold(replace_entities(remove_tags(str(value))))
