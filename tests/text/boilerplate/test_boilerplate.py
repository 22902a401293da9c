"""What of a page is not its story goes with its kind; the story stays as it is."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.support.timing import takes_at_most
from tibetnews.text import clean
from tibetnews.text.boilerplate import strip_boilerplate
from tibetnews.text.types import Removed

TITLE = "北京高精尖产业已培育出2个万亿级产业集群"
FIRST = "　　新华社北京10月12日电（记者张漫子）论坛上，一份“成绩单”引人注目。"
LAST = "　　当前正值我国高精尖产业步入创新发展、提质增效的新阶段。"
CRUMBS = "中国西藏网 > 即时新闻 > 时政"
PUBLICATION = "发布时间：2023-10-13 10:05:00来源： 新华网"
EDITOR = "（责编：李雨潼）"
COPYRIGHT = (
    "版权声明：凡注明“来源：中国西藏网”或“中国西藏网文”的所有作品，版权归高原（北京）文化传播有限公司。"
    "任何媒体转载、摘编、引用，须注明来源中国西藏网和署著作者名，否则将追究相关法律责任。"
)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_page_keeps_its_story_and_the_gaps_in_it(gap: str) -> None:
    page = gap.join([CRUMBS, TITLE, PUBLICATION, FIRST, LAST, EDITOR, COPYRIGHT, "分享到：微信 微博 QQ空间"])
    stripped = strip_boilerplate(page)
    assert stripped.text == gap.join([TITLE, FIRST, LAST])
    assert stripped.removed == (
        Removed("breadcrumbs", CRUMBS),
        Removed("publication", PUBLICATION),
        Removed("editor", EDITOR),
        Removed("copyright", COPYRIGHT),
        Removed("share", "分享到：微信 微博 QQ空间"),
    )
    assert strip_boilerplate(stripped.text).text is stripped.text


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("中國西藏網(wǎng) > 即時(shí)新聞 > 時(shí)政", "breadcrumbs"),
        ("發(fā)布時(shí)間:2023-10-13 10:05:00來源: 新華網(wǎng)", "publication"),
        ("(責(zé)編:李雨潼)", "editor"),
        (
            "版權(quán)聲明:凡注明“來源:中國西藏網(wǎng)”的所有作品,版權(quán)歸高原(北京)文化傳播有限公司。",
            "copyright",
        ),
        ("責任編輯：李雨潼", "editor"),
        ("相關閱讀", "related"),
        ("產(chan) 權歸屬不明", ""),
    ],
)
def test_traditional_and_damaged_lines_are_known_and_returned_as_shown(shown: str, kind: str) -> None:
    stripped = strip_boilerplate(f"{FIRST}\n\n{shown}\n\n{LAST}")
    assert stripped.removed == ((Removed(kind, shown),) if kind else ())


def test_a_heading_takes_the_titles_below_it_up_to_the_next_sentence() -> None:
    related = ["相关阅读", "西藏林芝桃花节开幕", "一条路改变一个村庄（2023-10-11）", "高原上的“候鸟”医生"]
    stripped = strip_boilerplate("\n".join([FIRST, *related, "", "　　他说，路修通了。", LAST]))
    assert stripped.text == f"{FIRST}\n\n　　他说，路修通了。\n{LAST}"
    assert stripped.removed == (Removed("related", "\n".join(related)),)


def test_section_names_go_only_in_a_run() -> None:
    run = "首页\n新闻\n\n时政\n文化"
    assert strip_boilerplate(f"{run}\n{FIRST}").text == FIRST
    for text in (f"时政\n\n{FIRST}", f"首页\n新闻\n{FIRST}\n时政\n文化"):
        assert strip_boilerplate(text).text is text


def test_a_lone_section_name_below_a_heading_is_one_of_its_titles() -> None:
    assert strip_boilerplate(f"{FIRST}\n\n推荐阅读\n\n藏学\n\n{LAST}").text == f"{FIRST}\n\n{LAST}"


def test_text_without_boilerplate_is_returned_as_it_is() -> None:
    for text in (FIRST, f"{FIRST}\n\n{LAST}\n", "", "\n\n", "　", "GDP(guo)，亳(bó)州", "བོད་ལྗོངས། གསར་འགྱུར།"):
        assert strip_boilerplate(text).text is text


HOSTILE = ["县|", "(", "?!", "_", "、", "\n", "网(", "？！", "a", " ", "\u3000", "(a)", "分享\n", "首页\n"]
HOSTILE += [
    "相关阅读\n标题\n",
    "责编：张三 ",
    "编辑：",
    "首页 > ",
    "首页 | ",
    "打印[",
    "1 2 ",
    "登录|",
    "Home | ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_megabyte_takes_no_time(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    strip_boilerplate("")  # the phrases load at first use
    with takes_at_most(3):
        strip_boilerplate(text)


def test_any_bytes_at_all_are_kept_or_counted_as_removed() -> None:
    rolled = random.Random(11)
    removed = 0
    for encoding in ("gbk", "utf-8", "utf-16-le", "latin-1"):
        for _ in range(100):
            text = rolled.randbytes(600).decode(encoding, "replace")
            for shown in (text, f"{text}\n（责编：李雨潼）\n{text}"):
                stripped = strip_boilerplate(shown)
                removed += len(stripped.removed)
                pieces = [stripped.text, *(piece.text for piece in stripped.removed)]
                assert _characters(*pieces) == _characters(shown)
    assert removed >= 400


def _characters(*texts: str) -> Counter[str]:
    """The characters that are no space: cutting trims."""
    return Counter("".join("".join(texts).split()))


@pytest.mark.parametrize(
    "line",
    [
        "关于我们 网站声明 招聘启事 联系我们 网站地图 友情链接",
        "【免责声明】本文仅代表作者个人观点，与中国西藏网无关。",
        "网络视听许可证0110000号",
        "用微信扫描二维码分享至好友和朋友圈",
        "版權所有 不得轉載",
        "※本文版權屬某某社所有，未經授權不得轉載。",
        "本網站之文字、圖片及影音，非經授權，不得轉載、公開播送。",
        "關於本站 - 廣告服務 - 免責聲明 - 聯絡我們",
        "網站地圖｜聯絡我們｜隱私權政策",
        "中国互联网举报中心",
        "標籤：春耕 合作社",
        "看更多相關新聞",
        "下载本文档",
        "返回顶部 ↑",
        "桂ICP备05000000号 雪山新闻网版权所有",
        "蜀ICP备05000000号-1",
        "湘公网安备11010502000000号",
        "中华人民共和国互联网新闻信息服务许可证：45120170000",
        "中华人民共和国互联网出版许可证 （署）网出证（桂）字第000号",
        "网警备案号：45010302000000",
        "相關鏈結",
        "3 上一篇  下一篇 4 放大 缩小 默认",
        "1.本网（雪山新闻网）的文字、图片，其网络版权均属雪山新闻网所有，任何媒体未经授权不得转载。",
        "主办：雪山融媒体中心　版权所有",
        "主编信箱：mail@tibet.cn",
        "收藏本页 | 打印 | 纠错 | 返回列表",
        "About Us | Privacy Policy | Terms of Use | Contact Us",
        "更多热点\n雪山下的课堂\n牧场上的歌",
        "版权声明\n\n本网站所刊载信息，不代表本社观点。",
        "【免責聲明】\n轉載聲明：本網轉載此文，版權歸原作者所有。",
    ],
)
def test_further_feet_go(line: str) -> None:
    assert strip_boilerplate(f"西藏春来早。\n{line}").text == "西藏春来早。"


@pytest.mark.parametrize(
    "line",
    [
        "本报的规定是，未经授权不得转载他人的照片。此外还有三条。",
        "【特别声明】外交部发言人说，中方坚决反对。",
        "网络视听许可证的申请条件放宽了。",
        "用微信扫描，就能付钱了。",
        "湘公网里的旧档案，记着一段往事。",
        "凡在展览上展出的唐卡，版权均属画师本人。",
        "版权声明\n这四个字印在封底。",
        "主办：三个村子轮流，版权所有人不详。",
        "主编信箱：每周三开一次。",
    ],
)
def test_sentences_with_the_words_of_a_foot_stay(line: str) -> None:
    assert strip_boilerplate(f"西藏春来早。\n{line}").text == f"西藏春来早。\n{line}"


@pytest.mark.parametrize("line", ["首页/末页", "上一页 下一页", "首页　尾页", "上一篇 | 下一篇"])
def test_a_pager_of_two_words_shows_no_page(line: str) -> None:
    text = f"页码怎么写\n{line}\n这两个词放在一起，读者就知道书有头有尾。\n"
    assert clean(text).text == text
    assert clean(f"{text}分享到：微信").removed[-1].kind == "share"


def test_the_story_before_and_the_one_after_show_a_page_together() -> None:
    story, before, after = "西藏春来早。\n\n牧民们说，今年的雪下得正好。", "上一篇：雪山下的课堂", "下一篇：没有了"
    assert clean(f"{story}\n\n{before}\n{after}").text == story
    for text in (f"{story}\n\n{after}", f"{before}\n{after}\n\n{story}", f"{before}\n{after}"):
        assert clean(text).text == text


def test_three_sizes_show_no_page() -> None:
    text = "大 中 小\n三只木碗摆在桌上。老阿妈拿了大的。\n"
    assert clean(text).text == text
    assert clean(f"{text}分享到：微信").removed == (Removed("share", "大 中 小\n分享到：微信"),)


def test_the_blanks_of_a_pager_may_be_wide() -> None:
    line = "首页　上一页　下一页　尾页"
    assert clean(f"西藏的春天来得晚。\n{line}").removed == (Removed("navigation", line),)


@pytest.mark.parametrize(
    "list_",
    [
        ["分享", "是一种快乐", "打印", "是一种记忆"],
        ["汉语", "藏语", "分享", "མཉམ་སྤྱོད།", "打印", "པར་འདེབས།", "评论", "དཔྱད་གཏམ།"],
        ["收藏", "老银碗", "分享", "青稞酒"],
    ],
)
def test_words_of_a_list_stay_below_a_sentence_too(list_: list[str]) -> None:
    text = "\n".join(["西藏的春天来得晚。", *list_, "牧民们说，今年的雪下得正好。"])
    assert strip_boilerplate(text).text == text


@pytest.mark.parametrize("pager", ["1\n2\n3\n下一页", "上一页\n\n1\n\n2\n\n下一页", "上一頁\n12\n13"])
def test_the_figures_of_a_pager_stand_a_line_each(pager: str) -> None:
    assert strip_boilerplate(f"{FIRST}\n{pager}").removed == (Removed("navigation", pager.replace("\n\n", "\n")),)
    for text in (f"{FIRST}\n1\n2\n3", f"{FIRST}\n2024\n{LAST}"):
        assert strip_boilerplate(text).text == text


@pytest.mark.parametrize("foot", ["关键词：\n春耕 河谷", "来源：\n河谷日报", "原标题:\n\n河谷里春耕忙"])
def test_the_value_of_a_label_stands_on_the_next_line(foot: str) -> None:
    assert strip_boilerplate(f"{FIRST}\n{foot}").removed == (Removed("publication", foot.replace("\n\n", "\n")),)
    assert clean(f"{FIRST}\n{foot}").text == f"{FIRST}\n{foot}"  # no evidence of a page
    for text in (f"{FIRST}\n关键词：", f"{FIRST}\n来源：\n{LAST}", f"{FIRST}\n来源：\n地点：河谷"):
        assert strip_boilerplate(text).text == text


@pytest.mark.parametrize("mark", ["- ", "· ", "* ", "▍"])
def test_the_stories_before_and_after_may_be_a_list(mark: str) -> None:
    links = f"{mark}上一篇：雪山下的课堂\n{mark}下一篇：牧场上的歌"
    assert clean(f"西藏春来早。\n{links}").removed == (Removed("navigation", links),)


@pytest.mark.parametrize("entry", ["- 分享到：微信 微博", "* 打印 收藏", "· 相关阅读"])
def test_an_entry_of_a_list_shows_no_page(entry: str) -> None:
    text = f"西藏春来早。\n{entry}\n- 雪山"
    assert clean(text).text == text


def test_a_damaged_text_is_the_page_of_a_mirror() -> None:
    story = (
        "拉薩的農(nóng)牧民說(shuō),今年風(fēng)調(diào)雨順,青稞長(zhǎng)得好,收割的時(shí)候全家都來(lái)幫(bāng)忙。"
    )
    for foot in ("下一篇:雪山下的課(kè)堂", "·凡注明來(lái)源為“河谷網(wǎng)”的所有作品,版權(quán)歸本網(wǎng)。"):
        cleaned = clean(f"{story}\n{foot}")
        assert cleaned.repairs.changed
        assert (len(cleaned.removed), "\n" in cleaned.text.strip()) == (1, False)


def test_the_table_of_pictures_of_a_page_in_markdown() -> None:
    head = "河谷深处\n2023年10月13日04:36 | 来源：河谷日报"
    table = "![]() |\n---|\n一群羊从草原上走过，风很大。 |\n|"
    cleaned = clean(f"{head}\n\n{table}\n{FIRST.strip()}\n（责编：曹昆） |")
    assert (cleaned.title, cleaned.editor) == ("河谷深处", "曹昆")
    assert cleaned.text == f"一群羊从草原上走过，风很大。\n\n{FIRST.strip()}"
    honest = f"{table}\n| 一 | 二 |\n{LAST}"
    assert clean(honest).text == honest
    rows = ["| 品种 | 产量 |", "|---|---|", "| 青稞 | 350 |"]
    assert clean("\n".join([head, FIRST, *rows, LAST])).text.split("\n\n")[1:-1] == rows


@pytest.mark.parametrize(("mark", "more"), [("-", "[详细]"), ("", "【阅读全文】")])
def test_entries_that_offer_the_rest_go_with_their_titles(mark: str, more: str) -> None:
    first = f"{mark}\n我们的村庄|桃树下的人家\n河谷里的桃花开了，游客从各地赶来。 {more} {mark}"
    second = f"我们的村庄|山那边的新路\n公路修到了村口，青稞和牛奶当天运到县城。 {more} {mark}"
    stripped = strip_boilerplate(f"{FIRST}\n{LAST}\n{COPYRIGHT}\n{first}\n{second}")
    assert stripped.text == f"{FIRST}\n{LAST}"
    assert [piece.kind for piece in stripped.removed] == ["copyright", "related"]


@pytest.mark.parametrize("foot", [EDITOR, "【纠错】", COPYRIGHT])
def test_a_story_that_is_shown_again_below_its_foot_is_there_once(foot: str) -> None:
    paragraphs = [
        "牧民们赶着羊群走过河谷，远处的雪山在晨光里一点一点亮起来，风把经幡吹得哗哗作响。",
        "傍晚时分，炊烟从村子里升起，孩子们放学回家，老人坐在门口转着经筒，等着一家人吃饭。",
    ]
    story = "\n".join(paragraphs)
    stripped = strip_boilerplate(f"{story}\n{foot}\n{story}\n")
    assert stripped.text.strip() == story
    assert {piece.kind for piece in stripped.removed} >= {"repeated"}
    twice = f"{story}\n{story}"
    assert strip_boilerplate(twice).text == twice, "an author may repeat himself"


@pytest.mark.parametrize("heading", ["推荐内容 Recommended", "相关内容 Related", "相关新闻 /News"])
def test_headings_of_lists_may_be_said_in_english_too(heading: str) -> None:
    stripped = strip_boilerplate(f"{FIRST}\n{LAST}\n{heading}\n- 河谷桃花节开幕03-16\n- 山南举行赛马会03-17")
    assert stripped.text == f"{FIRST}\n{LAST}"


@pytest.mark.parametrize(
    "text",
    [
        "打开左侧的菜单。\n第一步，在列表中点击【详情】\n第二步，核对姓名\n系统会给出回执。",
        "公告\n表一 [详细]\n表二 [详细]\n请到村委会查看。",
        "我的邮箱会公开吗？\n您的邮箱地址不会被公开。\n我可以改名吗？\n可以。",
        "各位读者：\n本期谈春耕。\n欢迎参与讨论，发表您的看法。\n编辑部",
        "摘要：本文研究河谷的气候。\n关键词：河谷 气候\nKeywords: valley, climate",
        "消息的结尾写：\n（责编：李雨潼）\n这样就写完了。",
        "打开相册，选好图片。\r\n分享到微信\r\n点“完成”，就发出去了。",
        "植树活动\n已有5人参与\n还差三个人，快来报名吧！",
        "快捷键\n按Ctrl+C复制\n按Ctrl+D收藏网页\n记住这两个，够用了。",
        "最后一间是暗的。\nPowered by Sunlight\n几个字写在门上。",
        "如有异议，请向村委会反映。\n举报电话：0891-6000000 邮箱：a@example.cn\n河谷村村委会",
        "有意者请把简历发到学校。\n邮箱：a@example.cn 联系电话：0891-6000000",
        "一等奖三名。\n扫描下方二维码关注公众号\n填写姓名即可参加。",
        "他没有离开过牧场。\n发表于：1998年《诗刊》第3期",
        "Open the app. Pick a picture.\nShare to Facebook\nDone. Your friends can see it.",
    ],
)
def test_words_of_pages_in_manuals_and_notices_show_no_page(text: str) -> None:
    cleaned = clean(text)
    assert (cleaned.text, cleaned.editor) == (text, None)


@pytest.mark.parametrize(
    "entries",
    [
        ["时间：2023-10-13 10:05", "地点：河谷小学"],
        ["岗位：司机", "来源：本地", "月薪：面议"],
        ["书名：雪山下", "责任编辑：王芳", "印张：10"],
    ],
)
def test_entries_of_notices_stay_in_the_story_of_a_page(entries: list[str]) -> None:
    cleaned = clean("\n".join([TITLE, PUBLICATION, FIRST, *entries, LAST, EDITOR]))
    assert cleaned.text.split("\n\n") == [FIRST.strip(), *entries, LAST.strip()]
    assert cleaned.editor == "李雨潼"


@pytest.mark.parametrize(
    "form",
    [
        "發表回覆\n您的電子郵箱地址不會被公開。 必填欄位標示為 *\n留言 *\n顯示名稱 *",
        "发表评论 取消回复\n您的邮箱地址不会被公开。\n姓名 *\n邮箱 *",
    ],
)
def test_the_fields_of_a_form_for_comments_go_with_it(form: str) -> None:
    cleaned = clean(f"{FIRST}\n{LAST}\n{COPYRIGHT}\n{form}")
    assert cleaned.text == f"{FIRST}\n{LAST}"
    honest = f"{FIRST}\n姓名 *\n电话 *\n{LAST}"
    assert clean(honest).text == honest
