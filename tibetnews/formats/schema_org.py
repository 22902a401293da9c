"""A record in schema.org's words: NewsArticle as JSON-LD, for search engines, knowledge graphs and data catalogues.

https://schema.org/NewsArticle; JSON-LD 1.1. FIELDS is the map of our fields to its terms, LEFT_OUT what has none.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

from tibetnews.items import Article, Dateline, Image, Video
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
    "duplicate_of": ("isBasedOn",),
    "revision": ("version", "dateModified"),
    "fetched_at": ("sdDatePublished",),
    "http": ("dateModified",),
}
"""Which terms say what a field of the record says."""

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
    """The record as one JSON-LD object; what it does not know is absent, since null would take a value back."""
    day = (record.fetched_at or "")[:10]
    said = {
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
        "publisher": OUTLET if urls.parse(record.url) else None,  # a mirror's copy was published by nobody known
        "sourceOrganization": {"@type": "Organization", "name": record.source} if record.source else None,
        **_filed(record.dateline),
        "articleBody": record.text,
        "image": [_image(image) for image in record.images],
        "video": [_video(video, record) for video in record.videos],
        "isBasedOn": {"@type": "NewsArticle", "identifier": record.duplicate_of} if record.duplicate_of else None,
        "sameAs": record.fetched_from if (record.fetched_from or "").startswith("http") else None,
        "sdDatePublished": day,
    }
    return _known(said)


def _modified(record: Article) -> str | None:
    """When the outlet changed the article, where it did and its server says when."""
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
    said = {"contentUrl": image.url, "caption": image.caption, "creditText": image.credit}
    return _known({"@type": "ImageObject", **said})


def _video(video: Video, record: Article) -> JsonLd:
    said = {"name": record.title, "contentUrl": video.url, "description": video.summary}
    return _known({"@type": "VideoObject", **said, "uploadDate": (record.published_at or "")[:10]})


def _known(said: JsonLd) -> JsonLd:
    return {term: value for term, value in said.items() if value not in (None, "", [])}
