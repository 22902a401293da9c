"""Bodies as servers pack them: whole, torn, damaged, endless, and not packed at all."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest

from tests.support.archives import zstd_compress
from tests.support.timing import takes_at_most
from tibetnews.archive.content_encoding import decode_body
from tibetnews.errors import UnreadableError

BODY = ("<html><body>" + "拉萨" * 3000 + "</body></html>").encode() + random.Random(1).randbytes(200_000)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd_compress),
}
packed = pytest.mark.parametrize(("name", "pack"), PACKERS.values(), ids=PACKERS)


def chunks(data: bytes, size: int = 10_000) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@packed
@pytest.mark.parametrize("size", [7, 10_000, 10_000_000])
def test_a_body_comes_out_as_it_was(name: str, pack: Callable[[bytes], bytes], size: int) -> None:
    body = BODY[:2000] if size == 7 else BODY
    assert decode_body(chunks(pack(body), size), name, len(body)) == body


@packed
def test_a_body_that_was_unpacked_already_is_given_as_it_is(name: str, pack: Callable[[bytes], bytes]) -> None:
    assert decode_body(chunks(BODY), name, len(BODY)) == BODY


@packed
def test_a_bomb_is_stopped_early(name: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b" " * 100_000_000)
    with takes_at_most(0.5), pytest.raises(UnreadableError, match="more than 1,000 bytes") as caught:
        decode_body([bomb], name, 1000)
    assert caught.value.reason == "too_large"


@packed
def test_a_body_that_ends_early_gives_what_it_has(name: str, pack: Callable[[bytes], bytes]) -> None:
    torn = decode_body(chunks(pack(BODY)[:-5000]), name, len(BODY))
    assert BODY.startswith(torn)
    assert len(torn) > 100_000


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_a_damaged_body_is_refused(name: str) -> None:
    data = bytearray(PACKERS[name][1](BODY))
    data[60_000:] = bytes(len(data) - 60_000)
    with pytest.raises(UnreadableError, match=f"its body is damaged {name}: ") as caught:
        decode_body(chunks(bytes(data)), name, len(BODY))
    assert caught.value.reason == "encoding"


def test_encodings_are_undone_in_the_reverse_order() -> None:
    assert decode_body([brotli.compress(gzip.compress(BODY))], "GZIP, br", len(BODY)) == BODY


@pytest.mark.parametrize("name", ["rot13", "gzip, rot13", "dcb"])
def test_an_encoding_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match=r"'(rot13|dcb)' cannot be undone"):
        decode_body([b"x"], name, 10)


@pytest.mark.parametrize(("name", "modules"), [("br", ("brotli", "brotlicffi")), ("zstd", ("backports.zstd",))])
def test_without_its_library_an_encoding_is_refused(
    name: str, modules: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (*modules, "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UnreadableError, match=f"'{name}' cannot be undone"):
        decode_body([PACKERS[name][1](b"x") if name == "br" else b"x"], name, 10)


@pytest.mark.parametrize("size", [1, 10_000, 10_000_000])
@pytest.mark.parametrize("name", ["", "identity", "gzip", "br, gzip"])
def test_gzip_that_no_header_names_is_undone_too(name: str, size: int) -> None:
    body, inner = BODY[:2000] if size == 1 else BODY, gzip.compress
    sent = inner(body) if name in ("", "identity") else gzip.compress(inner(body))
    if name.startswith("br"):
        sent = gzip.compress(brotli.compress(inner(body)))
    assert decode_body(chunks(sent, size), name, len(body)) == body


def test_a_bomb_in_gzip_that_no_header_names_is_stopped() -> None:
    with pytest.raises(UnreadableError, match="more than 1,000 bytes"):
        decode_body([gzip.compress(gzip.compress(b" " * 100_000_000))], "gzip", 1000)
