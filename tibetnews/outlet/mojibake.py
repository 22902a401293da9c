"""Undoes mojibake: a page that was read in a wrong encoding and stored again.

The wrong reading is undone where it lost no byte, which the page shows: read again in the right encoding, all of it is
text in a script that it had no character of. A page with some characters in their right script is never changed.
"""

from __future__ import annotations

import re
from functools import cache

_ASIAN = re.compile("[\u0f00-\u0fff\u3000-\u9fff]")
"""Tibetan, Chinese characters and their marks; nearly every page of the outlet has one in its head."""

_WESTERN = "windows-1252"
_OTHER_CODE_PAGES = ("windows-1250", "windows-1251", "mac-roman", "cp437", "cp850")
"""Further encodings of a byte a character in which pages were read."""

_UNDEFINED = "\ufffd"  # for characters that a code page does not have


@cache
def _code_page(name: str) -> dict[int, str]:
    """Return bytes beyond ASCII, as characters of Latin-1, by what they were read as; control codes are those of it."""
    bytes_ = {ord(bytes([byte]).decode(name, "ignore") or chr(byte)): chr(byte) for byte in range(0x80, 0x100)}
    return dict.fromkeys(range(0xA0, 0x100), _UNDEFINED) | bytes_


_LATIN = "\x80-\xff" + re.escape("".join(bytes(range(0x80, 0xA0)).decode(_WESTERN, "ignore")))
_GARBLED_RUN = re.compile(f"[\xc0-\xff][{_LATIN}]{{3,}}")
"""The bytes of Asian characters as Latin letters; no language of the world writes four such characters in a row."""

_GARBLED_MARKS = ("锛", "銆")
"""What the first two bytes of ，and 。 in UTF-8 are in GBK; both are rare characters."""

_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_GB_COMMON_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
"""Marks and the 3,755 everyday characters of GB 2312, which make up nearly all of a Chinese text."""

_MAX_READINGS = 3  # wrong readings one after another that are undone
_MIN_CHARACTERS = 10  # that come out of the bytes; fewer could be chance or an example
_MIN_PAIR_SHARE = 0.9  # bytes of GB 2312 among those beyond ASCII; the rest are rarer characters of GBK
_MIN_COMMON_SHARE = 0.8  # everyday characters; Russian in an old encoding has half
_MIN_GARBLED_SHARE = 0.2  # of the characters of a text that is not to be read
_MIN_GARBLED_MARKS = 3


def undo_mojibake(text: str) -> str:
    """Return a page's text as it was before it was read in a wrong encoding; the same text where it was not.

    >>> undo_mojibake("中国西藏网：西藏的春天来得晚".encode().decode("latin-1"))
    '中国西藏网：西藏的春天来得晚'
    >>> undo_mojibake("Le café est fermé.")
    'Le café est fermé.'
    """
    if text.isascii():
        return text
    if has_asian(text):
        return _read_as_utf_8(text, "gb18030") or text if _has_garbled_marks(text) else text
    original = text
    for _ in range(_MAX_READINGS):
        if (read := _read_as_utf_8(text, _WESTERN) or _read_as_gbk(text)) is None:
            break
        text = read
    if text is original:
        others = (_read_as_utf_8(text, name) for name in _OTHER_CODE_PAGES)
        text = next((read for read in others if read and has_asian(read)), text)
    return text if sum(character > "\x7f" for character in text) >= _MIN_CHARACTERS else original


def has_asian(text: str) -> bool:
    """Return whether a text has a character of Asia in its right script; such a text is read as it is."""
    return _ASIAN.search(text) is not None


def is_mojibake(text: str) -> bool:
    r"""Return whether a text shows mojibake.

    >>> is_mojibake("æ\x98¥å¤©æ\x9d¥äº\x86?"), is_mojibake("L’œuvre « été » à Ürümqi")
    (True, False)
    """
    garbled = sum(map(len, _GARBLED_RUN.findall(text))) if _GARBLED_RUN.search(text) else 0
    return garbled > len(text) * _MIN_GARBLED_SHARE or _has_garbled_marks(text)


def _has_garbled_marks(text: str) -> bool:
    if not any(mark in text for mark in _GARBLED_MARKS):
        return False
    garbled = sum(map(text.count, _GARBLED_MARKS))
    return garbled >= _MIN_GARBLED_MARKS and garbled > text.count("，") + text.count("。")


def _bytes(text: str, encoding: str) -> bytes:
    """Return the bytes that were read as ``text``; raise UnicodeEncodeError for a text with other characters."""
    if encoding != "gb18030":
        return text.translate(_code_page(encoding)).encode("latin-1")
    return b"\x80".join(piece.encode(encoding) for piece in text.split("€"))  # as Windows reads 80 in GBK


def _read_as_utf_8(text: str, encoding: str) -> str | None:
    """Return what the bytes of a text are as UTF-8; None where they are none, or plain ASCII."""
    try:
        read = _bytes(text, encoding).decode()
    except UnicodeError:
        return None
    return None if read == text else read


def _read_as_gbk(text: str) -> str | None:
    """Return what the bytes of a text are as GBK; None where they are no Chinese."""
    try:
        data = _bytes(text, _WESTERN)
        read = data.decode("gb18030")
    except UnicodeError:
        return None
    pairs = _GB_PAIR.findall(data)
    common = sum(_GB_COMMON_PAIR.match(pair) is not None for pair in pairs)
    beyond_ascii = sum(byte > 0x7F for byte in data)
    is_chinese = 2 * len(pairs) >= _MIN_PAIR_SHARE * beyond_ascii and common >= _MIN_COMMON_SHARE * len(pairs)
    return read if pairs and is_chinese else None
