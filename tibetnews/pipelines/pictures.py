"""Last step, with SAVE_IMAGES: the pictures of a record are on the disk before its line is."""

from __future__ import annotations

import logging
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.pipelines.files import FilesPipeline
from scrapy.pipelines.media import FileInfo, FileInfoOrError, MediaPipeline
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.datatypes import SequenceExclude
from twisted.python.failure import Failure

from tibetnews import clock, stats
from tibetnews.crawl_session import ledger_session
from tibetnews.durability import fsync_folder, write_whole
from tibetnews.errors import UnreadableError
from tibetnews.export_files import rejects_path
from tibetnews.items import Article, Image
from tibetnews.ledger.pictures import MAX_ATTEMPTS, Missing, SavedPictures
from tibetnews.middlewares.rejects import picture_failed, rejection_of
from tibetnews.outlet import urls
from tibetnews.pipelines.dropped import UnchangedRecordError
from tibetnews.pipelines.revisions import note_unchanged
from tibetnews.requests import PART_OF, PICTURE, picture_request

logger = logging.getLogger(__name__)

_FINAL = frozenset({"http_404", "http_410", "robots", "bounds", "too_large"})
"""Why a picture is not asked for again; what else went wrong may pass."""

_SIGNATURES = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"BM", ".bmp"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
"""First bytes of the formats that pictures have, by WHATWG's MIME Sniffing, section 6.1, and of TIFF."""


class Pictures(FilesPipeline):
    """Item pipeline that saves the pictures of a record as they are, in IMAGES_DIR, by the SHA-256 of their bytes.

    It is Scrapy's FilesPipeline: its requests pass all downloader middlewares. Which addresses are saved is noted in
    the transaction that commits the record's line, so that none is fetched again. A picture that cannot be fetched is
    counted and named in the rejects file; the record goes on without its path. Where it may be had later, its article
    is fetched again, MAX_ATTEMPTS times in all, and exported again once, with all that came. A file that cannot be
    written ends the run. Counts ``images/fetched``, ``images/known``, ``images/bytes`` and ``images/given_up``.
    """

    def __init__(self, store_uri: str, *, crawler: Crawler) -> None:
        super().__init__(store_uri, crawler=crawler)
        self.handle_httpstatus_list = SequenceExclude(range(300, 400))  # redirects are followed
        self.folder = Path(store_uri)
        self.site = crawler.settings.get("OUTLET_SITE") or None
        self.max_bytes = crawler.settings.getint("IMAGE_MAX_BYTES")
        self.session = ledger_session(crawler)
        self.saved = SavedPictures(self.session.ledger.db)
        self.missing = self.session.missing_pictures
        self.uncommitted: dict[str, Article] = {}
        """Records whose lines are not written yet, by the address of their page."""
        self.failed_for_now: set[str] = set()
        """Addresses of pictures that may be had later, as records give them."""
        self.session.on_record_exported.append(self.record_exported)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the pipeline of a crawl."""
        return cls(crawler.settings["IMAGES_DIR"], crawler=crawler)

    def close_spider(self) -> None:
        """Tell how many pictures are missing."""
        counts = self.crawler.stats.get_stats()
        if failed := counts.get(stats.IMAGES_FAILED):
            total = failed + stats.total(counts, stats.IMAGES_FETCHED, stats.IMAGES_KNOWN)
            reasons = ", ".join(
                f"{number} × {reason}" for reason, number in stats.with_prefix(counts, stats.IMAGES_FAILED_BY_REASON)
            )
            path = rejects_path(self.crawler.settings)
            again = failed - counts.get(stats.IMAGES_GIVEN_UP, 0)
            later = f"; {again} of them are asked for again by later runs" if again > 0 else ""
            logger.warning(
                "%d of %d pictures could not be saved: %s; %s names them%s", failed, total, reasons, path, later
            )

    def get_media_requests(self, item: Article, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """Return the requests for the pictures of a record, in their order."""
        return [self._request(image, item.fetch_url) for image in item.images]

    def media_to_download(  # type: ignore[override]  # without a Deferred, as MediaPipeline allows
        self, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> FileInfo | None:
        """Return where a picture lies that is saved already."""
        path = self.saved.path(request.meta[PICTURE])
        if path is None or not (self.folder / path).is_file():
            return None
        self.crawler.stats.inc_value(stats.IMAGES_KNOWN)
        return FileInfo(url=request.url, path=path, checksum=PurePosixPath(path).stem, status="cached")

    async def media_downloaded(
        self, response: Response, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> FileInfo:
        """Save a picture; raise what tells why a response is none."""
        if response.status != 200:
            raise HttpError(response)
        path = self.file_path(request, response, info, item=item)
        self._write(self.folder / path, response.body)
        self.crawler.stats.inc_value(stats.IMAGES_FETCHED)
        return FileInfo(url=request.url, path=path, checksum=PurePosixPath(path).stem, status="downloaded")

    def media_failed(  # type: ignore[override]  # what it raises, MediaPipeline logs with its traceback
        self, failure: Failure, request: Request, info: MediaPipeline.SpiderInfo
    ) -> None:
        """Name a picture that could not be fetched."""
        if self.session.failure:
            return
        error = failure.value
        rejection = error.rejection if isinstance(error, UnreadableError) else rejection_of(error)
        if rejection.reason in _FINAL:
            self.crawler.stats.inc_value(stats.IMAGES_GIVEN_UP)
        else:
            self.failed_for_now.add(request.meta[PICTURE])
        self.crawler.signals.send_catch_log(
            picture_failed,
            url=request.meta[PICTURE],
            page=request.meta[PART_OF],
            reason=rejection.reason,
            detail=rejection.detail,
        )

    def file_path(
        self,
        request: Request,
        response: Response | None = None,
        info: MediaPipeline.SpiderInfo | None = None,
        *,
        item: Any = None,
    ) -> str:
        """Return the path of a picture's file below IMAGES_DIR; raise UnreadableError for what is no picture."""
        body = response.body if response else b""
        digest = sha256(body).hexdigest()
        return f"{digest[:2]}/{digest}{suffix_of(body)}"

    def item_completed(self, results: list[FileInfoOrError], item: Article, info: MediaPipeline.SpiderInfo) -> Article:
        """Set path and sha256 of the pictures that are on the disk."""
        for image, (_, result) in zip(item.images, results, strict=True):
            if isinstance(result, Failure):
                result.raiseException()
            elif result:  # None for one that failed
                image.path, image.sha256 = result["path"], result["checksum"]
        if item.id in self.missing.refetched:
            self._drop_unless_complete(item)
        self.uncommitted[item.fetch_url] = item
        return item

    def record_exported(self, url: str) -> None:
        """Note the saved pictures of a record in the transaction that commits its line, and that others are missing."""
        if (item := self.uncommitted.pop(url, None)) is None:
            return
        self._note_saved(item)
        if self._count_missing(item) and item.id not in self.missing.refetched:
            self.missing.ask_again(item.id, Missing(_count_saved(item), 1), clock.now())
        else:
            self.missing.forget(item.id)

    def _drop_unless_complete(self, item: Article) -> None:
        """Drop a record that is as it was exported, unless it is to be exported again for its pictures.

        That is once: when all are there that may be had, or after the last attempt, if any came since.
        """
        exported = self.missing.find(item.id)
        if exported is None:
            return
        attempts = exported.attempts + 1
        missing = self._count_missing(item)
        is_last = not missing or attempts >= MAX_ATTEMPTS
        if is_last:
            self.crawler.stats.inc_value(stats.IMAGES_GIVEN_UP, missing)
            if _count_saved(item) > exported.saved:
                self.crawler.stats.inc_value(stats.REVISIONS_CHANGED)
                return
        note_unchanged(item, self.session.articles, self.crawler.stats)
        self._note_saved(item)
        if is_last:
            self.missing.forget(item.id)
        else:
            self.missing.ask_again(item.id, Missing(exported.saved, attempts), clock.now())
        raise UnchangedRecordError

    def _count_missing(self, item: Article) -> int:
        """Return the number of a record's pictures that may be had later."""
        return sum(image.path is None and image.url in self.failed_for_now for image in item.images)

    def _note_saved(self, item: Article) -> None:
        for image in item.images:
            if image.path:
                self.saved.add(image.url, image.path)
                fingerprint = self.crawler.request_fingerprinter.fingerprint(self._request(image, item.fetch_url))
                self.spiderinfo.downloaded.pop(fingerprint, None)  # the ledger knows it; memory need not grow

    def _request(self, image: Image, page: str) -> Request:
        is_outlets = self.site and urls.is_outlet_host(urlsplit(image.url).netloc)
        url = urls.at_site(image.url, self.site) if is_outlets else image.url
        return picture_request(url, picture=image.url, page=page, max_bytes=self.max_bytes)

    def _write(self, path: Path, data: bytes) -> None:
        """Write a picture's file so that it lasts; one of this content may be there already."""
        try:
            if not path.parent.exists():
                path.parent.mkdir(parents=True)
                fsync_folder(self.folder)
            if path.exists():
                fsync_folder(path.parent)  # the run that wrote it may have been killed before
            else:
                write_whole(path, data, self.folder / f".{self.session.ledger.identity}.part")
                self.crawler.stats.inc_value(stats.IMAGES_BYTES, len(data))
        except OSError as error:
            self.session.fail(error)  # so the line does not count
            raise


def _count_saved(item: Article) -> int:
    return sum(image.path is not None for image in item.images)


def suffix_of(body: bytes) -> str:
    """Return the suffix for a picture's file, by its bytes; raise UnreadableError for what is no picture."""
    if body[:4] == b"RIFF" and body[8:14] == b"WEBPVP":
        return ".webp"
    if body[4:8] == b"ftyp" and body[8:12] in (b"avif", b"avis", b"heic"):
        return ".avif" if body[8:11] == b"avi" else ".heic"
    for signature, suffix in _SIGNATURES:
        if body.startswith(signature):
            return suffix
    raise UnreadableError("no_picture", f"it is no picture; it begins with {body[:16]!r}" if body else "it is empty")
