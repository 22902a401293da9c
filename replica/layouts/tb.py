"""Articles of the tb edition, in Tibetan script."""

from __future__ import annotations

from replica.layouts.chrome import SCRIPTS, TB_FOOTER, TB_HEADER, TB_SIDE
from replica.layouts.page import Block, Page, meta, plain

OUTLET = "བོད་ལྗོངས་དྲ་བ།"
SOURCE, AUTHOR, EDITOR, RELATED = "ཡོང་ཁུངས།：", "རྩོམ་པ་པོ།：", "རྩོམ་སྒྲིག་པ།：", "འབྲེལ་ཡོད་གསར་འགྱུར།"


def render(page: Page) -> str:
    """Return the page as HTML; the body is the third ``div`` of ``#contentK``."""
    story = page.story
    return f"""<!DOCTYPE html>
<html lang="bo">
<head>
<meta charset="utf-8">
<title>{plain(story.title)}_{OUTLET}</title>
{_meta(page)}
{SCRIPTS}
</head>
<body>
{TB_HEADER}
<div class="main">
<div id="contentK">
<h1>{plain(story.title)}</h1>
<div class="sub">{story.subtitle or ""}</div>
<div class="xinxi">{_info(page)}</div>
<div class="zhengwen">
{_body(page)}
</div>
{"".join(block.html for block in blocks(page))}
</div>
{TB_SIDE}
</div>
{TB_FOOTER}
</body>
</html>
"""


def blocks(page: Page) -> list[Block]:
    """Return what stands on the page besides the story, in its order."""
    found: list[Block] = []
    if page.pages > 1:
        found.append(_page_links(page))
    if not page.last:
        return found
    if page.story.editor is not None:
        line = EDITOR + page.story.editor
        found.append(Block("editor line", f'<div class="-articleeditor">{line}</div>\n', line))
    if page.related and page.dice.one_in(3, "related"):
        rows = "".join(f'<li><a href="{url}">{title}</a></li>\n' for title, url in page.related)
        html = f'<div class="related"><h3>{RELATED}</h3>\n<ul>\n{rows}</ul></div>'
        found.append(Block("related", html, "\n".join([RELATED, *(title for title, _ in page.related)])))
    return found


def _meta(page: Page) -> str:
    if page.dice.one_in(3, "no meta"):
        return ""
    return meta((("publishdate", page.story.time), ("source", page.story.source)))


def _info(page: Page) -> str:
    story, dice = page.story, page.dice
    nothing = (f"<span>{SOURCE}</span>", "<span></span>")
    source = f"<span>{SOURCE}{story.source}</span>" if story.source else dice.choose("no source", nothing)
    author = f"<span>{AUTHOR}{'、'.join(story.byline)}</span>" if story.byline else "<span></span>"
    return f"<span>{story.time}</span>{source}{author}"


def _body(page: Page) -> str:
    indent = page.dice.choose("indent", ("", "　", "&nbsp;&nbsp;"))
    pieces = []
    for at, text in enumerate(page.paragraphs):
        pieces.append(f"<p>{indent}{text}</p>")
        pieces += [f'<p align="center"><img src="{p.src}" alt=""></p>' for p in page.pictures(at)]
    return "\n".join(pieces)


def _page_links(page: Page) -> Block:
    entry = page.story.entry
    links = []
    for number in range(page.pages):
        name = entry.path(page.section, number).rsplit("/", 1)[1]
        shown = number + 1
        links.append(
            f'<span class="current">{shown}</span>' if number == page.number else f'<a href="{name}">{shown}</a>'
        )
    words = " ".join(str(number + 1) for number in range(page.pages))
    return Block("navigation", f'<div class="manu">{" ".join(links)}</div>\n', words)
