"""What stands around a story: editor's line, copyright notice, share buttons, lists of links."""

from __future__ import annotations

from html import escape

from replica.layouts.page import Block, Page, plain
from replica.prose.chinese import PEOPLE

EDITOR_LINES = (
    "（责编：{}）",
    "(责编： {})",
    "责任编辑：{}",
    "编辑：{}",
    "（责任编辑：{}）",
    "（责编： {}）",
    "责编：{}",
)
COPYRIGHT_BOX = '<div class="copyright"><p>{}</p></div>\n'
COPYRIGHTS = (
    "版权声明：凡注明“来源：中国西藏网”或“中国西藏网文”的所有作品，版权归高原（北京）文化传播有限公司。"
    "任何媒体转载、摘编、引用，须注明来源中国西藏网和署著作者名，否则将追究相关法律责任。",
    "版权声明：凡注明“来源：中国西藏网”的所有作品，版权归高原（北京）文化传播有限公司。"
    "任何媒体转载、摘编、引用，须注明来源中国西藏网，否则将追究相关法律责任。",
)


def editor_lines(page: Page, frame: str) -> list[Block]:
    """Return the editor's line and, sometimes, the line of who checked the text, each in a frame of markup."""
    editor, dice = page.story.editor, page.dice
    if editor is None:
        return []
    line = dice.choose("editor line", EDITOR_LINES).format(editor)
    blocks = [Block("editor line", frame.format(line), line)]
    if dice.one_in(6, "checked"):
        line = f"（审核：{dice.choose('checked by', PEOPLE)}）"
        blocks.append(Block("editor", frame.format(line), line))
    return blocks


def copyright_notice(page: Page, frame: str = COPYRIGHT_BOX) -> Block:
    """Return the copyright notice in a frame of markup."""
    text = page.dice.choose("copyright", COPYRIGHTS)
    return Block("copyright", frame.format(text), text)


def share_buttons() -> Block:
    """Return the buttons that share the page."""
    names = ("微信", "微博", "QQ空间")
    links = "\n".join(f'<a href="javascript:void(0)">{name}</a>' for name in names)
    html = f"""<div class="share bdsharebuttonbox">
<span>分享到：</span>
{links}
<script>window._share = {{size: 16}};</script>
</div>"""
    return Block("share", html, "分享到： " + " ".join(names))


def related_list(page: Page) -> Block:
    """Return the list of related articles."""
    heading = page.dice.choose("related", ("相关阅读", "推荐阅读"))
    rows = "\n".join(
        f'<li><a href="{escape(url)}" target="_blank">{plain(title)}</a></li>' for title, url in page.related
    )
    html = f"""<div class="related">
<h3>{heading}</h3>
<ul>
{rows}
</ul>
</div>"""
    return Block("related", html, "\n".join([heading, *(title for title, _ in page.related)]))


def comment_box() -> Block:
    """Return the box for comments."""
    lines = ("网友评论", "文明上网，理性发言，请遵守评论服务协议")
    html = f"""<div class="comment" id="comment">
<h3>{lines[0]}</h3>
<p>{lines[1]}</p>
<textarea name="comment"></textarea>
</div>"""
    return Block("comment", html, "\n".join(lines))


def page_links(page: Page) -> Block:
    """Return the links to the pages of a long article, as a template writes them."""
    words = [str(number + 1) for number in range(page.pages)]
    links = [f'<a href="./{page.file(number)}">{word}</a>' for number, word in enumerate(words)]
    links[page.number] = f"<span>{words[page.number]}</span>"
    if not page.last:
        words.append("下一页")
        links.append(f'<a href="./{page.file(page.number + 1)}">下一页</a>')
    return Block("navigation", '<div class="page">\n' + "\n".join(links) + "\n</div>", " ".join(words))


def page_script(page: Page) -> str:
    """Return the script with which the CMS writes the same links."""
    stem = page.file(0).removesuffix(".html")
    return f'<script>createPageHTML({page.pages}, {page.number}, "{stem}", "html");</script>'
