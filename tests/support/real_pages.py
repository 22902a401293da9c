"""A page of the Chinese edition, around the body that a test gives."""

from __future__ import annotations

URL = "http://www.tibet.cn/cn/culture/ms/202310/t20231013_7500001.html"
STORY = "近日，西藏各地春耕播种陆续展开，田间地头一片繁忙。农牧民抢抓农时，开展春播作业。"
MORE = "各地农机合作社备足种子和化肥，为丰收打好基础。技术人员来到田间，讲解播种要领。"


def page(body: str, after: str = "") -> str:
    return f"""<html><head><title>农牧民忙春耕_民俗_中国西藏网</title></head><body>
<div class="wrap"><div><a href="/">中国西藏网</a> &gt; <a href="/cn/culture/ms/">民俗</a></div>
<div class="title_box"><h2>农牧民忙春耕</h2><div class="info"><span>作者：</span>
<span>发布时间：2023-10-13 10:05:00</span><span>来源：西藏日报</span></div></div>
<div class="content"><div class="left"><div id="text" class="text botborder"><div class="TRS_Editor">{body}</div></div>
</div></div></div></body></html>{after}"""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>　　{text}</p>" for text in texts)
