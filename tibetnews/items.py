"""The record: what one line of the export holds, in the order of its keys.

The docstring below each field becomes its description in the JSON Schema that
``tibetnews sections --schema`` prints. A missing value is ``None`` or an empty
list, never an empty string and never an absent key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tibetnews.text.types import Dateline, Removed, Repaired

__all__ = ["Article", "Attachment", "Dateline", "Http", "Image", "Kind", "Removed", "Repairs", "Script", "Video"]

Kind = Literal["article", "photo", "video"]
Script = Literal["t2s"]

ADDED_KEYS: dict[str, list[object]] = {"attachments": []}
"""Keys that lines of version 1.0 lack, each with the value that stands for its absence."""

ADDED_IMAGE_KEYS = ("path", "sha256")
"""Keys that the pictures of lines before version 1.2 lack; that means null."""

_DAY = r"\d{4}-\d\d-\d\d"


def _schema(**extra: object) -> dict[str, object]:
    """Metadata of a field: what its JSON Schema says besides its type."""
    return {"json_schema_extra": extra}


@dataclass
class Image:
    """One picture of the article."""

    url: str
    """Absolute address of the picture at the outlet."""
    caption: str | None = None
    """The text below or above the picture, without the photographer."""
    credit: str | None = None
    """Who took the picture, as the caption says it."""
    path: str | None = None
    """Path of the saved file below IMAGES_DIR; null where pictures are not saved, or this one could not be fetched."""
    sha256: str | None = field(default=None, metadata=_schema(pattern="^[0-9a-f]{64}$"))
    """SHA-256 of the saved file in hexadecimal digits, or null."""


@dataclass
class Video:
    """One film of the article."""

    url: str
    """Absolute address of the media file, or of the player where the page embeds one of another site."""
    summary: str | None = None
    """The text beside the player."""


@dataclass
class Attachment:
    """One file that the article offers."""

    url: str
    """Absolute address of the file."""
    name: str | None = None
    """The words of the link to it."""


@dataclass
class Repairs:
    """What was undone of the damage that a mirror did to the text."""

    readings: int
    """Pinyin readings taken out."""
    breaks: int
    """Byte breaks mended."""
    unresolved: int
    """Damaged places that no original explains with confidence, and forms that may be the author's own; the text has
    the likeliest, or else what was there. Widths of ASCII characters are left out."""
    script: Script | None = field(
        default=None, metadata=_schema(anyOf=[{"type": "string", "enum": ["t2s"]}, {"type": "null"}])
    )
    """Change of script: t2s for traditional turned back to simplified characters, or null."""

    @classmethod
    def from_repaired(cls, repaired: Repaired) -> Repairs | None:
        """Return what a record says of a repair; None if the text was not damaged."""
        if not repaired.changed:
            return None
        return cls(repaired.readings, repaired.breaks, repaired.unresolved, repaired.script)


@dataclass
class Http:
    """What the outlet's server said with the page."""

    status: int
    """Status code of the response."""
    etag: str | None = None
    """The ETag header; null too for a page that only scripts write, since it says nothing of what they fetch."""
    last_modified: str | None = None
    """The Last-Modified header; null too for a page that only scripts write."""


@dataclass
class Article:
    """One article, photo story or video of the outlet: one line of the export."""

    id: str = field(metadata=_schema(pattern="^[a-z]+-[0-9a-f]+$"))
    """Edition and document number, such as cn-7500001; where the address has no number,
    the edition and the first 16 hexadecimal digits of the SHA-256 of the canonical address."""
    url: str
    """Canonical address at the outlet; for a mirror's copy whose outlet address is unknown, the mirror's."""
    fetched_from: str | None
    """The address that was fetched, where it differs from url."""
    kind: Kind = field(metadata=_schema(type="string", enum=["article", "photo", "video"]))
    """What the page is: an article, a photo story or a video."""
    edition: str = field(metadata=_schema(enum=["cn", "tb", "eng", "fr", "de", "media"]))
    """Edition of the outlet: cn, tb, eng, fr, de or media."""
    language: str = field(metadata=_schema(enum=["zh-Hans", "zh-Hant", "bo", "en", "fr", "de"]))
    """BCP 47 tag of the text: zh-Hans, zh-Hant (traditional, and not a mirror's damage), bo, en, fr or de."""
    section: str | None
    """Path of the section in the edition, such as politics or instant/domestic."""
    breadcrumbs: list[str]
    """The page's way from the home page to the section, such as 中国西藏网, 时政."""
    title: str = field(metadata=_schema(minLength=1))
    """Headline, without the names of section and outlet."""
    subtitle: str | None
    """Second headline."""
    published_at: str | None = field(metadata=_schema(pattern=rf"^{_DAY}(T\d\d:\d\d:\d\d\+08:00)?$"))
    """Time of publication by the outlet's clock with its offset, such as
    2023-10-13T10:05:00+08:00; the date alone where the page gives no time."""
    source: str | None
    """The medium that the article was taken from, such as 新华网."""
    authors: list[str]
    """Names of the authors or reporters."""
    editor: str | None
    """Name of the responsible editor."""
    dateline: Dateline | None
    """Agency, place and date that open the text."""
    text: str = field(metadata=_schema(minLength=1))
    """The story: paragraphs separated by a blank line, without captions."""
    images: list[Image] = field(default_factory=list)
    """Pictures in the order of the page."""
    videos: list[Video] = field(default_factory=list)
    """Films in the order of the page."""
    attachments: list[Attachment] = field(default_factory=list)
    """Files that the article links to or shows, in the order of the page: documents, archives, films, sounds."""
    removed: list[Removed] = field(default_factory=list)
    """What was taken out of the text, in the order of the page."""
    repairs: Repairs | None = None
    """What was undone of a mirror's damage, or null where there was none."""
    content_hash: str | None = field(default=None, metadata=_schema(pattern="^sha256:[0-9a-f]{64}$"))
    """sha256: and the digest of the normalised title and text; equal for equal stories."""
    duplicate_of: str | None = None
    """id of the earliest known copy of the same story, or null."""
    similarity: float | None = field(default=None, metadata=_schema(minimum=0, maximum=1))
    """Likeness to that copy, from 0 to 1, or null."""
    revision: int = field(default=1, metadata=_schema(minimum=1))
    """1, and one more each time that the outlet changed the article; content_hash stays where only its byline, time or
    media changed."""
    fetched_at: str | None = field(default=None, metadata=_schema(pattern=rf"^{_DAY}T\d\d:\d\d:\d\dZ$"))
    """UTC time of the fetch, such as 2023-10-13T02:10:00Z."""
    http: Http | None = None
    """Status and validators of the response, or null where no server was asked."""

    @property
    def fetch_url(self) -> str:
        """The address that was fetched."""
        return self.fetched_from or self.url
