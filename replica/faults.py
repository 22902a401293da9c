"""Faults: what may go wrong between an outlet and its reader, made to order for a path."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from replica.answer import Answer

NESTED_BYTES = 5_000_000
BOMB_BYTES = 1 << 30


@dataclass
class Fault:
    """One fault: what it makes of the right answer, and how often before it passes."""

    path: str
    """The path that is struck, or the beginning of many with ``*`` at its end."""

    apply: Callable[[Answer], Answer]
    times: int | None = None

    def strikes(self, path: str) -> bool:
        """Tell whether this fault changes the answer for a path."""
        if self.times == 0:
            return False
        return path.startswith(self.path[:-1]) if self.path.endswith("*") else path == self.path


class Faults:
    """The faults that are set; the latest one for a path counts."""

    def __init__(self) -> None:
        self._set: list[Fault] = []

    def add(self, path: str, kind: str, times: int | None = None, **details: Any) -> None:
        """Strike *path* with one of KINDS until *times* answers are spoilt."""
        make = KINDS[kind]
        make(Answer(200, b"probe"), **details)
        self._set.insert(0, Fault(path, lambda answer: make(answer, **details), times))

    def clear(self) -> None:
        """Remove all faults."""
        self._set.clear()

    def spoil(self, path: str, answer: Answer) -> Answer:
        """Return the answer as it arrives."""
        fault = next((fault for fault in self._set if fault.strikes(path)), None)
        if fault is None:
            return answer
        if fault.times is not None:
            fault.times -= 1
        return fault.apply(answer)


def _status(_answer: Answer, status: int, retry_after: str | int | None = None) -> Answer:
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return Answer(status, f"<html><body><h1>{status}</h1></body></html>".encode(), headers=headers)


def _truncated(answer: Answer, after: int = 500) -> Answer:
    """End the connection after so many bytes of the body."""
    return replace(answer, sent=after)


def _cut(answer: Answer, after: int = 500) -> Answer:
    """End the page after so many bytes; its length says so."""
    return replace(answer, body=answer.body[:after])


def _charset(answer: Answer, charset: str = "iso-8859-1") -> Answer:
    return replace(answer, content_type=f"text/html; charset={charset}")


def _redirect(_answer: Answer, location: str, status: int = 302) -> Answer:
    return Answer(status, headers=(("Location", location),))


def _slow(answer: Answer, seconds: float = 5) -> Answer:
    return replace(answer, delay=seconds)


def _closed(answer: Answer) -> Answer:
    """End the connection without an answer."""
    return replace(answer, hang_up=True)


def _body(_answer: Answer, body: str = "", content_type: str = "text/html; charset=utf-8") -> Answer:
    """Another body, empty unless told."""
    return Answer(200, body.encode(), content_type)


def _binary(answer: Answer) -> Answer:
    """Return an image under the address of a page."""
    return replace(answer, body=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


def _nested(_answer: Answer) -> Answer:
    """5 MB of nested tags."""
    return Answer(200, b"<html><body>" + b"<div>" * (NESTED_BYTES // 5))


def _bomb(_answer: Answer) -> Answer:
    """Return a page that unpacks to 1 GB."""
    return Answer(200, _gigabyte(), headers=(("Content-Encoding", "gzip"),))


def _packed(answer: Answer) -> Answer:
    """Return the page as a server sends it to who understands gzip."""
    return replace(answer, body=gzip.compress(answer.body), headers=(("Content-Encoding", "gzip"),))


def _interstitial(_answer: Answer) -> Answer:
    """One page for every request, as a guard in front of the outlet would give it."""
    page = "<html><head><title>安全验证</title></head><body><p>正在验证您的访问，请稍候……</p></body></html>"
    return Answer(200, page.encode())


KINDS: dict[str, Callable[..., Answer]] = {
    "status": _status,
    "truncated": _truncated,
    "cut": _cut,
    "charset": _charset,
    "redirect": _redirect,
    "slow": _slow,
    "closed": _closed,
    "body": _body,
    "binary": _binary,
    "nested": _nested,
    "bomb": _bomb,
    "packed": _packed,
    "interstitial": _interstitial,
}


@cache
def _gigabyte() -> bytes:
    """1 GB of blanks as one gzip member, made from one compressed block that is repeated."""
    block = b" " * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packer.compress(block)
    packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    blocks = BOMB_BYTES // len(block)
    digest = 0
    for _ in range(blocks):
        digest = zlib.crc32(block, digest)
    head = gzip.compress(b"")[:10]
    return head + packed * blocks + packer.flush() + struct.pack("<II", digest, BOMB_BYTES & 0xFFFFFFFF)
