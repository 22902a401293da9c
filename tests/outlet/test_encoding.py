"""Bytes to text: validity decides, and what header and meta tag claim comes after it."""

from __future__ import annotations

import codecs
import random

import pytest

from tibetnews.outlet.encoding import decode

TEXT = "西藏的春天来得晚，牧民们说今年的雪下得正好。" * 8
TRADITIONAL = "西藏的春天來得晚，牧民們說今年的雪下得正好。" * 8


def page(text: str, charset: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{text[:9]}</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
@pytest.mark.parametrize("meta", ["utf-8", "gb2312", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize(
    "header",
    [None, "text/html", "text/html; charset=utf-8", "text/html; charset=gbk", "text/html; charset=ISO-8859-1", "\x00"],
)
def test_whatever_headers_and_meta_tags_claim(encoding: str, meta: str, header: str | None) -> None:
    text = page(TEXT, meta)
    assert decode(text.encode(encoding), header) == text


@pytest.mark.parametrize(
    "header", [None, "text/html; charset=big5", "text/html; charset=utf-8", "text/html; charset=gbk"]
)
def test_big5_where_header_or_meta_tag_names_it(header: str | None) -> None:
    text = page(TRADITIONAL, "big5")
    assert decode(text.encode("big5"), header) == text


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(bom: bytes, encoding: str) -> None:
    assert decode(bom + TEXT.encode(encoding), "text/html; charset=gbk") == TEXT


def test_one_broken_byte_costs_one_character() -> None:
    body = bytearray(page(TEXT, "utf-8").encode())
    body[200] = 0xFF
    text = decode(bytes(body), "text/html; charset=utf-8")
    assert 1 <= text.count("\ufffd") <= 3
    assert text.replace("\ufffd", "")[-100:] == page(TEXT, "utf-8")[-100:]


@pytest.mark.parametrize(
    "text",
    [
        "西藏的春天来得晚，牧民们说今年的雪下得正好。",  # few characters, as in a short notice
        "It’s spring in Tibet, the herders’ tents are up, and “the snow” was just right.",
        "Le printemps arrive au Tibet : les éleveurs montent leurs tentes, la neige a été bonne.",
        "བོད་ལྗོངས་ཀྱི་དཔྱིད་ཀ་འབྱོར་སོང་།",
    ],
)
def test_one_broken_byte_in_a_short_page(text: str) -> None:
    assert decode(text.encode() + b"\xff.").startswith(text)
    assert decode(b"\xff." + text.encode()).endswith(text)


def test_one_broken_byte_in_gbk() -> None:
    body = page(TEXT, "gbk").encode("gbk")
    text = decode(body.replace("牧民".encode("gbk"), b"\xff" + "牧民".encode("gbk"), 1))
    assert "牧民们说今年的雪下得正好。" in text
    assert text.count("\ufffd") <= 2


@pytest.mark.parametrize("cut", [1, 2])
def test_a_last_character_that_is_cut_off(cut: int) -> None:
    assert decode(TEXT.encode()[:-cut], "text/html; charset=gbk") == TEXT[:-1]


def test_a_gbk_character_that_is_cut_off() -> None:
    assert decode(TEXT.encode("gbk")[:-1]).rstrip("\ufffd") == TEXT[:-1]


@pytest.mark.parametrize("seed", range(20))
def test_short_gbk_lines_are_never_taken_for_utf_8(seed: int) -> None:
    dice = random.Random(seed)
    characters = [chr(code) for code in range(0x4E00, 0x9FA6)]
    for length in (4, 20, 200):
        text = "".join(dice.choices(characters, k=length)) + "。"
        assert decode(text.encode("gbk")) == text


@pytest.mark.parametrize(
    "body", [b"", bytes(range(256)) * 40, random.Random(1).randbytes(100_000), b"\xff\xd8\xff\xe0JFIF" * 99]
)
@pytest.mark.parametrize("header", [None, "image/jpeg", "text/html; charset=big5", "text/html; charset=\xff"])
def test_binary_is_text_of_some_kind(body: bytes, header: str | None) -> None:
    assert isinstance(decode(body, header), str)
    assert bool(decode(body, header)) is bool(body)
