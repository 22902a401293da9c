"""Articles from before 2016: plain markup, some of it encoded as GBK and written in capitals."""

from __future__ import annotations

from replica.layouts import furniture
from replica.layouts.page import Block, Page, markup, plain

INDENT = "　　"

ABOVE = (
    Block(
        "navigation",
        '<a href="/">首页</a> | <a href="/news/">新闻</a> | <a href="/zt/">专题</a>',
        "首页 | 新闻 | 专题",
    ),
)
BELOW = (
    Block(
        "copyright",
        'Copyright &copy; 2000-2015 <a href="/about/">关于我们</a>',
        "Copyright © 2000-2015 关于我们",
    ),
)
"""The head and the foot of every page of that time."""


def render(page: Page) -> str:
    """Return the page as HTML."""
    story = page.story
    charset = "gb2312" if story.entry.layout == "legacy_gbk" else "utf-8"
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<title>{plain(story.title)}_{page.section.name}_中国西藏网</title>
<link href="/css/old.css" rel="stylesheet" type="text/css" />
</head>
<body>
<table width="960" align="center"><tr>
<td>{ABOVE[0].html}</td>
</tr></table>
<div class="wrap">
<div class="path">{_breadcrumbs(page)}</div>
<div class="left">
<h1 id="title">{plain(story.title)}</h1>
<div class="laiyuan">{_info(page)}</div>
{_body(page)}
{"".join(block.html for block in blocks(page))}
</div>
</div>
<table width="960" align="center"><tr>
<td>{BELOW[0].html}</td>
</tr></table>
</body>
</html>
"""


def blocks(page: Page) -> list[Block]:
    """Return what stands on the page besides the story, in its order."""
    found = furniture.editor_lines(page, '<p align="right">{}</p>\n')
    if page.dice.one_in(2, "copyright"):
        found.append(furniture.copyright_notice(page))
    if page.related and page.dice.one_in(2, "related"):
        found.append(furniture.related_list(page))
    return found


def _breadcrumbs(page: Page) -> str:
    *links, last = page.section.trail
    return " &gt; ".join([*(f'<a href="/">{name}</a>' for name in links), last])


def _info(page: Page) -> str:
    story = page.story
    parts = [story.time]
    if story.source is not None:
        parts.append(f"来源：{story.source}")
    if story.byline:
        parts.append(f"作者：{' '.join(story.byline)}")
    return page.dice.choose("gap", ("&nbsp;&nbsp;", "　", " ")).join(parts)


def _body(page: Page) -> str:
    if page.story.entry.layout == "legacy_gbk":
        pieces = [INDENT + markup(text, page.dice, at) for at, text in enumerate(page.paragraphs)]
        images = "".join(
            f'<P align=center><IMG src="{p.src}"></P>\n{_below(p.below, "P")}' for p in page.story.pictures
        )
        return f"{images}<DIV class=article>{'<BR><BR>'.join(pieces)}</DIV>"
    pieces = []
    for at, text in enumerate(page.paragraphs):
        pieces.append(f"<p>{INDENT}{markup(text, page.dice, at)}</p>\n")
        pieces += [f'<p align="center"><img src="{p.src}" /></p>\n{_below(p.below, "p")}' for p in page.pictures(at)]
    return f'<div id="zoom">\n{"".join(pieces)}</div>'


def _below(text: str | None, tag: str) -> str:
    return "" if text is None else f'<{tag} align="center">{text}</{tag}>\n'
