"""WARC 1.1 archives (ISO 28500:2017), written and read, and articles assembled from them."""

from tibetnews.archive.reading import Capture, Fault, Info, read_archives, unusable
from tibetnews.archive.writing import Exchange, Original, capture_members, info_member, payload_digest

__all__ = [
    "Capture",
    "Exchange",
    "Fault",
    "Info",
    "Original",
    "capture_members",
    "info_member",
    "payload_digest",
    "read_archives",
    "unusable",
]
