"""Blocks of Unicode, each written as it stands inside a character class of a regular expression.

The sets differ on purpose: names and datelines are written with the everyday block alone, and only a converter or a
damaged page shows compatibility ideographs.
"""

HAN_BASIC = "\u4e00-\u9fff"
"""CJK Unified Ideographs: nearly every character of a news text."""

HAN_OF_GBK = "\u4e00-\u9fa5"
"""What GBK holds of them without a gap: those of Unicode 1.1."""

HAN = f"\u3400-\u4dbf{HAN_BASIC}"
"""The basic block and Extension A, whose characters are rare and mostly in names."""

HAN_WITH_COMPATIBILITY = f"{HAN}\uf900-\ufaff"
"""HAN and the CJK Compatibility Ideographs, which old encodings decode to."""

TIBETAN = "\u0f00-\u0fff"
"""The Tibetan block: letters, digits, tsheg and shad."""

SURROGATES = "\ud800-\udfff"
"""Halves of characters; JSON and scripts can hold one alone, UTF-8 cannot."""

UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
"""Soft hyphens, zero-width spaces, marks of direction and byte order marks: a page without them says the same."""

GBK_SPACE = "\ue5e5"
"""What decoders of GBK make of the bytes A3 A0, a full-width space."""

INVISIBLE = "\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
"""Characters that take no room on a page: soft hyphens, zero-width spaces, byte order marks, control codes."""
