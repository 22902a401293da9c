"""What surrounds the content of every page: header, side column, footer, scripts."""

from __future__ import annotations

from replica.dice import Dice
from replica.sections import SECTIONS

_NAVIGATION = "\n".join(
    f'<li><a href="http://{section.host}{section.listing()}">{section.name}</a></li>'
    for section in SECTIONS
    if section.family == "cn"
)

HEADER = f"""<div class="header">
<div class="top"><a href="http://www.tibet.cn/"><img src="/res/img/logo.png" alt="中国西藏网"></a>
<form action="/search/"><input name="q" value="请输入关键词"><button>搜索</button></form></div>
<div class="nav"><ul>
{_NAVIGATION}
</ul></div>
</div>"""

_FRIENDS = " | ".join(f'<a href="http://friend{n}.example.com/" target="_blank">友站之{n}</a>' for n in range(1, 25))

FOOTER = f"""<div class="footer">
<div class="links"><span>友情链接：</span>{_FRIENDS}</div>
<p><a href="/about/">关于我们</a> | <a href="/contact/">联系方式</a> | <a href="/map/">网站地图</a></p>
<p>主办单位：高原（北京）文化传播有限公司 京ICP备00000000号</p>
<p>Copyright © 2000-2024 All Rights Reserved</p>
</div>"""

SCRIPTS = """<script src="/res/js/jquery.js"></script>
<script>
var _stat = _stat || [];
(function () { var s = document.createElement("script"); s.src = "/res/js/stat.js"; })();
</script>"""

TB_HEADER = """<div class="header"><ul class="nav">
<li><a href="http://tb.tibet.cn/tb/">ཁྱིམ་ཤོག</a></li>
<li><a href="http://tb.tibet.cn/tb/people/">མི་སྣ།</a></li>
<li><a href="http://www.tibet.cn/">中文</a></li>
</ul></div>"""

_TB_SECTIONS = [section for section in SECTIONS if section.family == "tb"]
TB_SIDE = "\n".join(
    f'<div class="side"><h3><a href="{section.listing()}">{section.name}</a></h3><ul>\n'
    + "\n".join(
        f'<li><a href="/tb/zt/{at}{n}/" target="_blank">{section.name} {n}</a><span>01-{n:02}</span></li>'
        for n in range(1, 9)
    )
    + "\n</ul></div>"
    for at, section in enumerate(_TB_SECTIONS)
)

TB_FOOTER = """<div class="footer"><p>པར་དབང་བདག་པོར་གཏོགས།</p><p>Copyright © 2000-2024</p></div>"""


def side_column(dice: Dice) -> str:
    """Boxes of headlines and pictures, the same for many articles, as the outlet's pages have them."""
    hot = dice.choose("side column", ("图说高原", "今日视点", "热门排行"))
    return "\n".join(_SIDE_BOXES[hot]) + '\n<div class="side_ad"><img src="/res/img/ad.jpg" alt=""></div>'


def _side_box(name: str, at: int) -> str:
    rows = "\n".join(
        f'<li><em>{n}</em><a href="/zt/{at}{n}/" target="_blank" title="{name}专题之{n}">{name}专题之{n}</a>'
        f'<span class="date">01-{n:02}</span></li>'
        for n in range(1, 11)
    )
    return (
        f'<div class="side_box" id="side{at}">\n<div class="side_head"><h3>{name}</h3>'
        f'<a class="more" href="/zt/{at}/">更多</a></div>\n'
        f'<div class="side_pic"><a href="/zt/{at}/"><img src="/res/img/side{at}.jpg" alt="{name}"></a></div>\n'
        f'<ul class="side_list">\n{rows}\n</ul>\n</div>'
    )


_SIDE_BOXES = {
    hot: [_side_box(name, at) for at, name in enumerate((hot, "高清图集", "视频点播", "专题报道"))]
    for hot in ("图说高原", "今日视点", "热门排行")
}
