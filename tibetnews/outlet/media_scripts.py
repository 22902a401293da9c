"""Reads the scripts in which the media host keeps its photo stories and videos."""

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
from tibetnews.outlet.visible_text import fold_whitespace
from tibetnews.text.unicode_ranges import SURROGATES

_SURROGATE = re.compile(f"[{SURROGATES}]")
_PLAYER_JSON = re.compile(r"json\s*:\s*[\"'](?P<base64>[A-Za-z0-9+/]{8,2048}={0,2})[\"']")


@dataclass(frozen=True, slots=True)
class PhotoStory:
    """What the script of a photo story holds."""

    title: str
    published: str
    """Time of publication as written."""
    pictures: tuple[tuple[str, str], ...]
    """Address and caption of each picture, in order."""


def read_photo_story(script: str) -> PhotoStory:
    """Read ``var … = {…};``, with either kind of quotes. Raises UnreadableError if it holds no photo story."""
    story: Any
    try:
        story = chompjs.parse_js_object(script, loader_kwargs={"strict": False})
    except (ValueError, RecursionError) as error:
        raise UnreadableError("script", f"the photo story's script holds no object: {error}") from error
    contents = story.get("contents") if isinstance(story, dict) else None
    if not isinstance(contents, list):
        raise UnreadableError("script", "the photo story's script has no list of contents")
    pictures = tuple(
        (photo, _text(content.get("summary")))
        for content in contents
        if isinstance(content, dict) and (photo := _address(content.get("photo")))
    )
    return PhotoStory(_text(story.get("title")), _text(story.get("pubdate")), pictures)


def read_player_document(script: str) -> str | None:
    """Return the address of the JSON document that a player's script names in base64; None if it names none."""
    match = _PLAYER_JSON.search(script)
    if match is None:
        return None
    try:
        return base64.b64decode(match["base64"], validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def read_media_files(document: str) -> tuple[str, ...]:
    """Return addresses of the media files in a player's JSON document. Raises UnreadableError if it has none."""
    try:
        videos = json.loads(document)["videos"]
        files = tuple(file for video in videos if (file := _address(video["url"])))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        message = f"the video's document lists no file: {type(error).__name__}: {error}"
        raise UnreadableError("script", message) from error
    if not files:
        raise UnreadableError("script", "the video's document names no file")
    return files


def _text(value: object) -> str:
    """Return a script's value as text without tags, entities and halves of characters; "" for null."""
    return _SURROGATE.sub("", _address(value))


def _address(value: object) -> str:
    """Return a script's value as an address, which may be none; "" for null."""
    return "" if value is None else fold_whitespace(replace_entities(remove_tags(str(value))))
