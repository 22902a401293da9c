"""Bytes of a page to text, whatever its headers claim."""

from __future__ import annotations

import codecs

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

_BROKEN_SHARE = 0.4
"""UTF-8 with so few broken places, as a share of its non-ASCII characters, is still UTF-8 with a fault in it; of
GBK text read as UTF-8 four fifths are broken."""

_OTHER_SCRIPTS = ("big5", "cp932", "euc", "shift", "utf-16", "utf-32")
"""Declared encodings that are believed: nobody writes them by mistake over a Chinese page."""


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of ``body``, with U+FFFD for what cannot be read.

    The outlet's pages are UTF-8 and its old ones GBK, and their headers are not always true. Text of any
    length that is valid UTF-8 by chance is not to be met with, so validity decides before header and meta tag;
    a character cut off at the end by a short read does not count against it.
    """
    encoding, bom = read_bom(body)
    if encoding and bom:
        return to_unicode(body[len(bom) :], encoding)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        lenient = body.decode("utf-8", "replace")
    wide = sum(1 for char in lenient if char > "\x7f")
    if lenient.count("\ufffd") <= wide * _BROKEN_SHARE:
        return lenient
    declared = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    believed = (encoding for encoding in declared if encoding and encoding.startswith(_OTHER_SCRIPTS))
    return to_unicode(body, next(believed, "gb18030"))
