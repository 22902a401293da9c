"""Pages that were read in a wrong encoding and stored again, and honest pages that look alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from tibetnews.corpus.pages import clean_page
from tibetnews.errors import UnreadableError
from tibetnews.outlet.encoding import decode
from tibetnews.outlet.mojibake import is_mojibake, undo_mojibake

STORY = "三月的河谷里，农牧民正忙着翻地播种；合作社的机械开到了田头。“今年的雪下得正好，”老人说，“大家心里有底。”"
TIBETAN = "གཙང་པོའི་འགྲམ་གྱི་ཞིང་པ་ཚོས་སོན་འདེབས་ཀྱི་ཡོད། ད་ལོའི་ཆར་ཆུ་བཟང་པོ་བྱུང་སོང་།"
PAGE = (
    "<html><head><title>{0}</title></head><body><h1>河谷里春耕忙</h1><p>2023-10-13 10:05 来源：新华网</p>"
    "<p>{0}</p></body></html>"
)
Reading = Callable[[bytes], str]


def latin_1(data: bytes) -> str:
    return data.decode("latin-1")


def windows_1252(data: bytes) -> str:
    """Read bytes as browsers do: those that the code page does not define are control codes."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def twice(data: bytes) -> str:
    return windows_1252(windows_1252(data).encode())


@pytest.mark.parametrize("wrong", [latin_1, windows_1252, twice])
@pytest.mark.parametrize("text", [STORY, TIBETAN, PAGE.format(STORY), PAGE.format(TIBETAN)])
def test_utf_8_that_was_read_as_a_western_encoding_is_read_again(wrong: Reading, text: str) -> None:
    assert decode(wrong(text.encode()).encode()) == text


@pytest.mark.parametrize("name", ["cp1250", "cp1251", "mac_roman", "cp437", "cp850"])
@pytest.mark.parametrize("text", [STORY, PAGE.format(STORY), PAGE.format(TIBETAN)])
def test_utf_8_that_was_read_as_another_code_page_is_read_again(name: str, text: str) -> None:
    shown = "".join(bytes([byte]).decode(name, "ignore") or chr(byte) for byte in text.encode())
    assert decode(shown.encode()) == text


@pytest.mark.parametrize("wrong", [latin_1, windows_1252])
@pytest.mark.parametrize("text", [STORY, PAGE.format(STORY)])
def test_gbk_that_was_read_as_a_western_encoding_is_read_again(wrong: Reading, text: str) -> None:
    assert decode(wrong(text.encode("gbk")).encode()) == text


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("鏄ヨ€曞紑濮嬩簡锛屾満姊颁笅鐢颁簡锛屽ぇ瀹堕兘寰堝繖銆傚ソ", "春耕开始了，机械下田了，大家都很忙。好"),
        (
            "鍐滅墽姘戝湪鐢伴噷蹇欙紝鑰佷汉璇撮洩涓嬪緱姝ｅソ锛屽悎浣滅ぞ鏉ヤ簡銆傚ソ",
            "农牧民在田里忙，老人说雪下得正好，合作社来了。好",
        ),
    ],
)
def test_utf_8_that_was_read_as_gbk_is_read_again(shown: str, text: str) -> None:
    assert decode(f"<p>{shown * 3}</p>".encode()) == f"<p>{text * 3}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "Le café est fermé à Noël, «déjà vu» où l’œuvre naît : Ürümqi, Lhassa, Shigatsé. " * 9,
        "Über Öl und Äpfel, Straßen und Höfe in Tübingen. " * 9,
        "“Smart quotes” — dashes … and • bullets, “again” and again. " * 9,
        "Привет, народ строил мосты через реки. " * 9,
        "Привет, народ строил мосты через реки. ".encode("koi8-r").decode("latin-1") * 9,
        "Привет, народ строил мосты через реки. ".encode("cp1251").decode("latin-1") * 9,
        "The word cafÃ© shows how it looks.",
        f"{STORY}乱码就是“ä¸\xad文”或者“锟斤拷”这样的字。",
        f"在锛这个字里，金字旁表示意思。{STORY}",
        "ascii only",
        "",
    ],
)
def test_other_pages_stay(text: str) -> None:
    assert undo_mojibake(text) is text
    if "Привет" in text or text.isascii() or STORY in text:
        assert not is_mojibake(text)


def test_mojibake_that_lost_bytes_is_refused() -> None:
    garbled = windows_1252(STORY.encode())
    for shown in (garbled.replace("\x8d", "?").replace("\x9d", ""), garbled.replace("æ", "", 1)):
        with pytest.raises(UnreadableError, match="wrong encoding") as refused:
            clean_page(
                PAGE.format("春耕").replace("<p>春耕", f"<p>{shown}").encode(), "http://a.example/1.html", "html"
            )
        assert refused.value.reason == "encoding"


def test_a_page_of_mojibake_becomes_a_record() -> None:
    record = clean_page(latin_1(PAGE.format(STORY).encode()).encode(), "http://a.example/1.html", "html")
    assert (record["title"], record["source"], record["text"]) == ("河谷里春耕忙", "新华网", STORY)


def test_the_kinds_differ() -> None:
    shown = [latin_1(STORY.encode()), windows_1252(STORY.encode()), twice(STORY.encode()), latin_1(STORY.encode("gbk"))]
    assert all(first != second for first, second in pairwise(shown))
    assert all(map(is_mojibake, [*shown, STORY.encode().decode("gb18030", "ignore")]))
