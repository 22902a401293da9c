"""WARC 1.1 archives (ISO 28500:2017), written and read, and articles assembled from them."""

from tibetnews.archive.captures import Capture, Fault, Info, Span, read_archives, unusable
from tibetnews.archive.writing import (
    Conversion,
    Exchange,
    Original,
    capture_members,
    conversion_member,
    info_member,
    payload_digest,
)

__all__ = [
    "Capture",
    "Conversion",
    "Exchange",
    "Fault",
    "Info",
    "Original",
    "Span",
    "capture_members",
    "conversion_member",
    "info_member",
    "payload_digest",
    "read_archives",
    "unusable",
]
