"""Photo stories and videos of the media host, whose content is in scripts beside the page."""

from __future__ import annotations

import json
from base64 import b64encode

from replica.layouts import furniture
from replica.layouts.page import Block, Page, meta, plain

HOST = "http://media.tibet.cn"


def render_photo(page: Page) -> str:
    """Return the frame of a photo story; its title and pictures are in the script."""
    story = page.story
    player = f"""<h1 id="pic_title"></h1>
<div id="pic_date"></div>
<div id="pic_box"><ul></ul></div>
<script src="{photo_script(page)}"></script>
<script src="/res/js/slides.js"></script>"""
    return _frame(page, plain(story.title), "", player)


def photo_script(page: Page) -> str:
    """Return the path of the script that holds a photo story."""
    return f"/picture/pic_{page.story.entry.document}.js"


def photo_data(page: Page) -> str:
    """Return that script: ``var … = {…};``, in single quotes for some."""
    story = page.story
    data = {
        "title": story.title,
        "pubdate": story.time,
        "contents": [{"photo": slide.photo, "summary": slide.summary} for slide in story.slides],
    }
    if page.dice.one_in(2, "single quotes"):
        return f"var picData = {_single_quoted(data)};\n"
    return f"var pic_{story.entry.document} = {json.dumps(data, ensure_ascii=False, indent=1)};\n"


def render_video(page: Page) -> str:
    """Return a film with its summary; the player's script names the document that names the file."""
    story = page.story
    summary = "\n".join(f"<p>{plain(text)}</p>" for text in story.paragraphs)
    document = b64encode(f"{HOST}{video_document(page)}".encode()).decode()
    player = f"""<h1>{plain(story.title)}</h1>
<div id="tide_player"><script>
var tide = {{width: "100%", height: 480, autostart: true, json:"{document}", skin: "blue"}};
showPlayer(tide);
</script></div>
<div class="video_summ">
{summary}
</div>"""
    tags = meta((("publishdate", story.time), ("source", story.source), ("keywords", f"{page.section.name},视频")))
    return _frame(page, f"{plain(story.title)}_{page.section.name}_中国西藏网", tags, player)


def video_document(page: Page) -> str:
    """Return the path of the JSON document that a player asks for."""
    return f"/video/json/{page.story.entry.document}.json"


def video_data(page: Page) -> str:
    """Return that document."""
    return json.dumps({"title": page.story.title, "videos": [{"url": url, "type": "mp4"} for url in films(page)]})


def films(page: Page) -> list[str]:
    """Return the addresses of the film's files."""
    entry = page.story.entry
    return [f"{HOST}/video/files/{entry.published:%Y/%m}/{entry.document}.mp4"]


def blocks(page: Page) -> list[Block]:
    """Return what stands on the page besides the story, in its order."""
    found: list[Block] = []
    if page.dice.one_in(2, "share"):
        found.append(furniture.share_buttons())
    if page.dice.one_in(3, "copyright"):
        found.append(furniture.copyright_notice(page))
    return found


def _single_quoted(value: object) -> str:
    """Return a value as JavaScript in single quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{key}': {_single_quoted(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(map(_single_quoted, value)) + "]"
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _frame(page: Page, title: str, tags: str, player: str) -> str:
    home, *trail = page.section.trail
    crumbs = "&nbsp;&gt;&nbsp;".join(
        [f'<a href="http://www.tibet.cn/">{home}</a>', *(f'<a href="../">{name}</a>' for name in trail)]
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
{tags}
<script src="/res/js/player.js"></script>
</head>
<body>
<div class="header"><a href="http://media.tibet.cn/">影像西藏</a></div>
<div class="wrap">
<div class="position">{crumbs}</div>
<div class="content">
<div class="left">
{player}
{"".join(block.html for block in blocks(page))}
</div>
</div>
</div>
<div class="footer"><p>Copyright © 2000-2024 All Rights Reserved</p></div>
</body>
</html>
"""
