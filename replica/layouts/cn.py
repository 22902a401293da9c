"""Articles of the cn edition: one frame, and a body for each layout that its CMS has used."""

from __future__ import annotations

from replica.layouts import furniture
from replica.layouts.chrome import FOOTER, HEADER, SCRIPTS, side_column
from replica.layouts.page import Block, Page, by_script, markup, meta, plain
from replica.story import Picture

INDENT = "　　"

# The CMS writes the editor's style sheet into the body of its articles.
_EDITOR_STYLE = (
    '<style type="text/css">\n'
    + "\n".join(
        f".TRS_Editor {tag}{{margin-top:0;margin-bottom:1em;line-height:1.8;font-family:宋体;font-size:12pt;}}"
        for tag in ["P", "DIV", "TD", "TH", "SPAN", "FONT", "UL", "LI", "A"]
    )
    + "\n</style>\n"
)


def render(page: Page) -> str:
    """Return the page as HTML."""
    story, dice = page.story, page.dice
    inside, after = _around(page)
    text = _body(page) + "".join(block.html for block in inside)
    if story.entry.layout == "paged":
        text += furniture.page_script(page)
    script = ""
    if page.section.scripted:
        text, script = "", by_script("text", text)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{plain(story.title)}_{page.section.name}_中国西藏网</title>
{_meta(page)}
<link rel="stylesheet" href="/res/css/article.css">
{SCRIPTS}
</head>
<body>
{HEADER}
<div class="wrap">
<div class="position">{_breadcrumbs(page)}</div>
<div class="content clearfix">
<div class="left">
<div class="title_box">
<h2>{plain(story.title)}</h2>
{_subtitle(page)}<div class="info">{_info(page)}</div>
</div>
<div id="text" class="text botborder">
{text}
</div>{script}
{"".join(block.html for block in after)}
</div>
<div class="right">
{side_column(dice)}
</div>
</div>
</div>
{FOOTER}
</body>
</html>
"""


def blocks(page: Page) -> list[Block]:
    """Return what stands on the page besides the story, in its order."""
    inside, after = _around(page)
    extras = [Block(extra.removed[0], extra.html, extra.removed[1]) for extra in page.extras if extra.removed]
    return extras + inside + after


def _around(page: Page) -> tuple[list[Block], list[Block]]:
    """Return the blocks at the end of #text, and those behind it."""
    dice = page.dice
    inside: list[Block] = []
    after: list[Block] = []
    if page.pages > 1 and not dice.one_in(3, "pager by script alone"):
        inside.append(furniture.page_links(page))
    if not page.last:
        return inside, after
    if dice.one_in(2, "editor inside"):
        frame = dice.choose("editor's frame", ('<p align="right">{}</p>\n', f"<p>{INDENT}{{}}</p>\n"))
        inside += furniture.editor_lines(page, frame)
    else:
        after += furniture.editor_lines(page, '<div class="editor">{}</div>\n')
    copyright_place = dice.choose("copyright", ("none", "inside", "after", "after", "after"))
    if copyright_place == "inside" and not after:
        inside.append(furniture.copyright_notice(page, f"<p>{INDENT}{{}}</p>\n"))
    elif copyright_place != "none":
        after.append(furniture.copyright_notice(page))
    if dice.one_in(2, "share"):
        after.append(furniture.share_buttons())
    if page.related and not dice.one_in(3, "no related"):
        after.append(furniture.related_list(page))
    if dice.one_in(3, "comment"):
        after.append(furniture.comment_box())
    return inside, after


def _meta(page: Page) -> str:
    story = page.story
    if page.dice.one_in(4, "no meta"):
        return ""
    return meta(
        (
            ("publishdate", story.time[:10] if page.dice.one_in(2, "meta day") else story.time),
            ("source", story.source),
            ("author", " ".join(story.byline) or None),
            ("keywords", f"{page.section.name},西藏"),
            ("description", story.lead),
        )
    )


def _breadcrumbs(page: Page) -> str:
    home, *trail = page.section.trail
    links = [f'<a href="http://www.tibet.cn/" target="_blank">{home}</a>']
    links += [f'<a href="../">{name}</a>' for name in trail]
    if page.dice.one_in(3, "last crumb is text"):
        links[-1] = trail[-1]
    return "&nbsp;&gt;&nbsp;".join(links)


def _subtitle(page: Page) -> str:
    subtitle = page.story.subtitle
    if subtitle is None:
        return ""
    frame = page.dice.choose("subtitle markup", ("<h3>{}</h3>\n", '<p class="sub">{}</p>\n'))
    return frame.format(plain(subtitle))


def _info(page: Page) -> str:
    story, dice = page.story, page.dice
    if story.byline:
        names = dice.choose("names", (" ", "、", "，", "  ")).join(story.byline)
        author = f"<span>作者：{names}</span>"
    else:
        author = dice.choose("no author", ("<span></span>", "<span>作者：</span>", ""))
    if story.source:
        shown = dice.choose("source markup", ("{}", " {}", '<a href="http://news.example.com/">{}</a>'))
        source = f"<span>来源：{shown.format(story.source)}</span>"
    else:
        source = dice.choose("empty source", ("<span>来源：</span>", "<span>来源： </span>", ""))
    return f"{author}<span>发布时间：{story.time}</span>{source}"


def _body(page: Page) -> str:
    layout = page.story.entry.layout
    if layout == "line_breaks":
        return _line_breaks(page)
    if layout == "nested":
        return _nested(page)
    body = "\n".join(_paragraph(page, at, text) for at, text in enumerate(page.paragraphs))
    if layout == "bare_p":
        return body
    name = "Custom_UnionStyle" if layout == "custom_union" else "TRS_Editor"
    style = _EDITOR_STYLE if page.dice.one_in(3, "style") else ""
    return f'<div class="{name}">{style}\n{body}\n</div>'


def _paragraph(page: Page, at: int, text: str) -> str:
    align = page.dice.choose(f"align {at}", ("", "", ' align="justify"', ' style="text-align: justify;"'))
    figures = "".join("\n" + _figure(picture) for picture in page.pictures(at))
    extras = "".join(f"\n{extra.html}" for extra in page.extras if extra.after == at)
    return f"<p{align}>{INDENT}{markup(text, page.dice, at)}</p>{figures}{extras}"


def _figure(picture: Picture) -> str:
    below = "" if picture.below is None else f'\n<p align="center">{picture.below}</p>'
    return f'<p align="center"><img src="{picture.src}" alt="" oldsrc="{picture.file}"></p>{below}'


def _line_breaks(page: Page) -> str:
    """One block whose paragraphs are parted by line breaks."""
    pieces = []
    for at, text in enumerate(page.paragraphs):
        pieces.append(INDENT + markup(text, page.dice, at))
        pieces += [f"</div>\n{_figure(picture)}\n<div>" for picture in page.pictures(at)]
    return "<div>" + "<br><br>\n".join(pieces).replace("<br><br>\n</div>", "</div>") + "</div>"


def _nested(page: Page) -> str:
    """Paragraphs inside what a word processor leaves around them."""
    pieces = []
    for at, text in enumerate(page.paragraphs):
        inner = f'<font face="宋体"><span lang="ZH-CN">{INDENT}{markup(text, page.dice, at)}</span></font>'
        tag = page.dice.choose(f"tag {at}", ("p", "div"))
        pieces.append(f'<div><div class="MsoNormal"><{tag} style="line-height:2">{inner}</{tag}></div></div>')
        pieces += [_figure(picture) for picture in page.pictures(at)]
    return '<div class="TRS_Editor"><div><div>\n' + "\n".join(pieces) + "\n</div></div></div>"
