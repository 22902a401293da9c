"""What surrounds the content of every page: header, side column, footer, scripts."""

from __future__ import annotations

from tests.replica.dice import Dice
from tests.replica.sections import SECTIONS

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

FOOTER = """<div class="footer">
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

TB_FOOTER = """<div class="footer"><p>པར་དབང་བདག་པོར་གཏོགས།</p><p>Copyright © 2000-2024</p></div>"""


def side_column(dice: Dice) -> str:
    """A box of headlines and a picture, the same for many articles."""
    hot = dice.choose("side column", ("图说高原", "今日视点", "热门排行"))
    rows = "".join(f'<li><em>{n}</em><a href="/zt/{n}/">{hot}专题之{n}</a></li>' for n in range(1, 7))
    return f"""<div class="side_box"><h3>{hot}</h3><ul>{rows}</ul></div>
<div class="side_ad"><img src="/res/img/ad.jpg" alt=""></div>"""
