"""Decodes the bytes of a page, whatever its headers claim."""

from __future__ import annotations

import codecs

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

from tibetnews.outlet.mojibake import undo_mojibake

_MAX_BROKEN_SHARE = 0.4
"""Up to this share of broken places among its non-ASCII characters, a text is UTF-8 with faults in it. Of GBK text that
is read as UTF-8 four fifths are broken."""

_OTHER_SCRIPTS = ("big5", "cp932", "euc", "shift", "utf-16", "utf-32")
"""Declared encodings to believe: they are not written over a Chinese page by mistake."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of ``body``, with U+FFFD for bytes that cannot be decoded.

    The outlet's pages are UTF-8, its old ones GBK, and their headers are not always true. A GBK page is never valid
    UTF-8 by chance, so validity decides before header and meta tag. A character cut off at the end does not count.
    A page that was read in a wrong encoding and stored again is read once more.
    """
    return undo_mojibake(_decode(body, content_type))


def _decode(body: bytes, content_type: str | None) -> str:
    encoding, bom = read_bom(body)
    if encoding and bom:
        return to_unicode(body[len(bom) :], encoding)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        lenient = body.decode("utf-8", "replace")
    wide = sum(1 for char in lenient if char > "\x7f")
    if lenient.count("\ufffd") <= wide * _MAX_BROKEN_SHARE:
        return lenient
    declared = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    believed = (encoding for encoding in declared if encoding and encoding.startswith(_OTHER_SCRIPTS))
    return to_unicode(body, next(believed, "gb18030"))
