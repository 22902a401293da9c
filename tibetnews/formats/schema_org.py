"""Writes a record as schema.org NewsArticle in JSON-LD, for search engines, knowledge graphs and data catalogues.

https://schema.org/NewsArticle; JSON-LD 1.1. FIELDS maps the fields of a record to its terms; LEFT_OUT lists the fields
without a term.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

from tibetnews.items import Article, Attachment, Dateline, Image, Video
from tibetnews.outlet import urls

JsonLd = dict[str, Any]

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("identifier",),
    "url": ("@id", "url", "publisher"),
    "fetched_from": ("sameAs",),
    "kind": ("@type", "genre"),
    "language": ("inLanguage",),
    "section": ("articleSection",),
    "breadcrumbs": ("articleSection",),
    "title": ("headline",),
    "subtitle": ("alternativeHeadline",),
    "published_at": ("datePublished",),
    "source": ("sourceOrganization",),
    "authors": ("author",),
    "editor": ("editor",),
    "dateline": ("dateline", "locationCreated", "dateCreated"),
    "text": ("articleBody",),
    "images": ("image",),
    "videos": ("video",),
    "attachments": ("associatedMedia",),
    "duplicate_of": ("isBasedOn",),
    "revision": ("version", "dateModified"),
    "fetched_at": ("sdDatePublished",),
    "http": ("dateModified",),
}
"""The terms that hold a field's value."""

LEFT_OUT = {
    "edition": "it opens the identifier",
    "removed": "it is no part of the article",
    "repairs": "it is about the copy that was read, not about the article",
    "content_hash": "sha256 belongs to media files",
    "similarity": "no term says how alike two works are",
}
"""Fields that schema.org has no term for, and why."""

OUTLET = {"@type": "NewsMediaOrganization", "name": "中国西藏网", "url": "http://www.tibet.cn/"}
GENRES = {"photo": "photo story", "video": "video"}


def news_article(record: Article) -> JsonLd:
    """Return the record as one JSON-LD object. An unknown value is absent, since null would delete a known one."""
    day = (record.fetched_at or "")[:10]
    terms = {
        "@context": "https://schema.org",
        "@type": ["NewsArticle", "ImageGallery"] if record.kind == "photo" else "NewsArticle",
        "@id": record.url,
        "url": record.url,
        "identifier": record.id,
        "version": record.revision,
        "headline": record.title,
        "alternativeHeadline": record.subtitle,
        "genre": GENRES.get(record.kind),
        "inLanguage": record.language,
        "articleSection": record.breadcrumbs[1:] or record.section,
        "datePublished": record.published_at,
        "dateModified": _modified(record),
        "author": [{"@type": "Person", "name": name} for name in record.authors],
        "editor": {"@type": "Person", "name": record.editor} if record.editor else None,
        "publisher": OUTLET if urls.parse(record.url) else None,  # the publisher of a mirror's copy is not known
        "sourceOrganization": {"@type": "Organization", "name": record.source} if record.source else None,
        **_filed(record.dateline),
        "articleBody": record.text,
        "image": [_image(image) for image in record.images],
        "video": [_video(video, record) for video in record.videos],
        "associatedMedia": [_file(attachment) for attachment in record.attachments],
        "isBasedOn": {"@type": "NewsArticle", "identifier": record.duplicate_of} if record.duplicate_of else None,
        "sameAs": record.fetched_from if (record.fetched_from or "").startswith("http") else None,
        "sdDatePublished": day,
    }
    return _known(terms)


def _modified(record: Article) -> str | None:
    """Return when the outlet changed the article, if it did and its server says when."""
    if record.revision == 1 or record.http is None or not record.http.last_modified:
        return None
    try:
        return parsedate_to_datetime(record.http.last_modified).isoformat()
    except ValueError:  # a server may send anything
        return None


def _filed(dateline: Dateline | None) -> JsonLd:
    if dateline is None:
        return {}
    return {
        "dateline": " ".join(filter(None, (dateline.agency, dateline.place, dateline.date))),
        "locationCreated": {"@type": "Place", "name": dateline.place} if dateline.place else None,
        "dateCreated": dateline.date,
    }


def _image(image: Image) -> JsonLd:
    terms = {"contentUrl": image.url, "caption": image.caption, "creditText": image.credit}
    return _known({"@type": "ImageObject", **terms})


def _video(video: Video, record: Article) -> JsonLd:
    terms = {"name": record.title, "contentUrl": video.url, "description": video.summary}
    return _known({"@type": "VideoObject", **terms, "uploadDate": (record.published_at or "")[:10]})


def _file(attachment: Attachment) -> JsonLd:
    return _known({"@type": "MediaObject", "contentUrl": attachment.url, "name": attachment.name})


def _known(terms: JsonLd) -> JsonLd:
    """Return the terms that have a value."""
    return {term: value for term, value in terms.items() if value not in (None, "", [])}
