"""Undoes the Content-Encoding of a body without ever holding more than a given number of bytes of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import chain
from typing import Any, Protocol

from tibetnews.errors import UnreadableError

_STEP_BYTES = 64 * 1024
_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
_MAX_ZSTD_WINDOW_LOG = 23  # 8 MB, as RFC 9659 limits Content-Encoding: zstd


def decode_body(
    chunks: Iterable[bytes], content_encoding: str, max_bytes: int, *, must_be_whole: bool = False
) -> bytes:
    """Return a body as it was before it was encoded.

    A body that is not encoded, whatever its header says, is returned as it is: some archivers unpack bodies and leave
    the header. What is gzip all the same is unpacked once more: others drop the header, and some servers pack what was
    packed. A body that ends early gives what it has, as in a crawl.

    Args:
        chunks: The body as it was sent, without its transfer encoding.
        content_encoding: The header's value: gzip, deflate, br, zstd, or several in the order of their application.
        max_bytes: Bytes of the decoded body beyond which it is refused.
        must_be_whole: Whether a body that ends early is refused too.

    Raises:
        UnreadableError: The encoding is unknown, its library is not installed, the body is damaged, or it is too large.
    """
    for name in reversed([part.strip().lower() for part in content_encoding.split(",")]):
        if name not in ("", "identity"):
            chunks = _decode(chunks, name, must_be_whole)
    remaining, head = iter(chunks), b""
    while len(head) < len(_MAGIC["gzip"]) and (chunk := next(remaining, None)) is not None:
        head += chunk
    chunks = chain([head], remaining)
    if head.startswith(_MAGIC["gzip"]):
        chunks = _decode(chunks, "gzip", must_be_whole)
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise UnreadableError("too_large", f"the page has more than {max_bytes:,} bytes")
    return bytes(body)


class _Decoder(Protocol):
    """The interface of the decompressors of bz2, lzma and zstd."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _decode(chunks: Iterable[bytes], name: str, must_be_whole: bool) -> Iterator[bytes]:
    if name not in _DECODERS or not (found := _DECODERS[name]()):
        raise UnreadableError("encoding", f"its Content-Encoding {name!r} cannot be undone")
    decoder, error_type = found
    remaining = iter(chunks)
    is_encoded = False
    for data in remaining:
        is_encoded = is_encoded or (name in _MAGIC and data.startswith(_MAGIC[name]))
        try:
            for output in _steps(decoder, data):
                is_encoded = True
                yield output
        except error_type as error:
            if is_encoded:
                raise UnreadableError("encoding", f"its body is damaged {name}: {error}") from None
            yield data
            yield from remaining
            return
        if decoder.eof:
            return
    if must_be_whole and is_encoded:
        raise UnreadableError("encoding", f"its body ends before its {name} does")


def _steps(decoder: _Decoder, data: bytes) -> Iterator[bytes]:
    """Decompress data in steps, so that a bomb can be stopped between two of them."""
    yield decoder.decompress(data, _STEP_BYTES)
    while not (decoder.eof or decoder.needs_input):
        yield decoder.decompress(b"", _STEP_BYTES)


class _Zlib:
    def __init__(self, wbits: int | None) -> None:
        """wbits: zlib's; None for deflate, which some servers send without zlib's header."""
        self._wbits = wbits
        self._zlib = zlib.decompressobj(wbits or zlib.MAX_WBITS)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        if self._wbits is None:
            has_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0  # RFC 1950, 2.2
            self._wbits = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
            self._zlib = zlib.decompressobj(self._wbits)
        output = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self.needs_input = not self._zlib.unconsumed_tail and len(output) < max_length
        return output


class _Brotli:
    def __init__(self, library: Any) -> None:
        self._brotli = library.Decompressor()
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return bool(self._brotli.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        output: bytes = self._brotli.process(data, output_buffer_limit=max_length)
        self.needs_input = not output  # can_accept_more_data() is true while output is pending
        return output


_Found = tuple[_Decoder, type[Exception]] | None


def _brotli() -> _Found:
    library = _library("brotli", "brotlicffi")
    return library and (_Brotli(library), library.error)


def _zstd() -> _Found:
    library = _library("compression.zstd", "backports.zstd")
    if library is None:
        return None
    options = {library.DecompressionParameter.window_log_max: _MAX_ZSTD_WINDOW_LOG}
    return library.ZstdDecompressor(options=options), library.ZstdError


def _library(*names: str) -> Any:
    """Return the first of these modules that is installed; Scrapy brings one of each from 2.19 on."""
    for name in names:
        with suppress(ImportError):
            return import_module(name)
    return None


_DECODERS: dict[str, Callable[[], _Found]] = {
    "gzip": lambda: (_Zlib(zlib.MAX_WBITS | 16), zlib.error),
    "x-gzip": lambda: (_Zlib(zlib.MAX_WBITS | 16), zlib.error),
    "deflate": lambda: (_Zlib(None), zlib.error),
    "br": _brotli,
    "zstd": _zstd,
}
