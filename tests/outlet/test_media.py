"""Photo stories and videos, whose content is in documents beside their pages."""

from __future__ import annotations

import base64
import json

import pytest

from tibetnews.errors import UnreadableError
from tibetnews.items import Image, Video
from tibetnews.outlet.article import needs, read
from tibetnews.outlet.media_scripts import read_player_document
from tibetnews.outlet.page import Page

MEDIA = "<html><head><meta name='source' content='新华网'><meta name='publishdate' content='2017-08-01'></head><body><h1>{}</h1>{}</body></html>"
PHOTO_URL, VIDEO_URL = (
    "http://media.tibet.cn/photo/news/content_812.shtml",
    "http://media.tibet.cn/video/p/20170801/1501553412345.shtml",
)
SCRIPT = "var a = {'title': '西藏春来早', 'pubdate': '2017-08-01 10:05', 'contents': [{'photo': '/p/1.jpg', 'summary': '<b>雪</b>正好。'}, {'photo': '/p/2.jpg', 'summary': null}]};"


def test_a_photo_story() -> None:
    page = Page(MEDIA.format("", ""), PHOTO_URL)
    (script,) = needs(page)
    assert script == "http://media.tibet.cn/picture/pic_812.js"
    record = read(page, {script: SCRIPT})
    assert (record.kind, record.title, record.text) == ("photo", "西藏春来早", "雪正好。")
    assert record.published_at == "2017-08-01T10:05:00+08:00"
    assert record.images == [Image("http://media.tibet.cn/p/1.jpg", "雪正好。"), Image("http://media.tibet.cn/p/2.jpg")]
    for broken in ("", "var a = 1;", "{", "\x00\xff", "var a = {'contents': 7};", "[" * 100_000):
        with pytest.raises(UnreadableError, match="script"):
            read(page, {script: broken})


def test_a_video() -> None:
    address = base64.b64encode(b"/video/json/1.json").decode()
    page = Page(
        MEDIA.format(
            "西藏春来早",
            f"<div id='tide_player'><script>a = {{json:\"{address}\"}}</script></div><div class='video_summ'><p>雪正好。</p></div>",
        ),
        VIDEO_URL,
    )
    (document,) = needs(page)
    record = read(page, {document: json.dumps({"videos": [{"url": "/f/1.mp4"}]})})
    assert (record.kind, record.title, record.text, record.source) == ("video", "西藏春来早", "雪正好。", "新华网")
    assert record.videos == [Video("http://media.tibet.cn/f/1.mp4", "雪正好。")]
    for broken in (
        "",
        "{}",
        '{"videos": []}',
        '{"videos": [7]}',
        '{"videos": [{"url": ""}]}',
        '{"videos": [{"url": null}]}',
        "[" * 100_000,
    ):
        with pytest.raises(UnreadableError, match="script"):
            read(page, {document: broken})


def test_what_names_no_film() -> None:
    assert read_player_document('a = {json:"L3YvMS5qc29u"}') == "/v/1.json"
    for script in (
        "",
        'a = {json:"****"}',
        'a = {json:"/////////w=="}',
        'a = {json:"' + "A" * 1_000_000 + '"}',
        "json:" * 200_000,
    ):
        assert read_player_document(script) is None
