"""Pages whose decoder drops lone bytes and shows no ``?`` for them: where their cuts are looked for, and where not."""

from __future__ import annotations

import pytest

from replica.damage import Habits, damage
from replica.mirror_tables import LONG_TABLE, SAMPLE_SCRIPT, SAMPLE_TABLE
from tibetnews.text.repair import repair
from tibetnews.text.types import Repaired

DROPPED = Habits(lone="", ascii_all=True)
FRAME = (
    "农牧民说，县里今年开办了三期技术培训班，参加的人数比去年多了一半。"
    "培训班结束以后，合作社又请来了专家，帮助牧民修剪果树。"
)
TOLD_BY_ANOTHER = "站长把图纸收了起来。“我们的路还要修三年。"
"""A paragraph whose cut shows that the decoder drops lone bytes."""

EXACT = [
    "雪后的山路走不通了。可是送药的马队没有停下。",
    "青稞今年长得好。火热的打青稞场面到处可见。",
    "要把帮扶工作经常化。根据这个要求，各村都定了计划。",
    "海拔最高的牧场已经下雪。克服困难的办法总是有的。",
    "海口来的医生在县医院工作了两年。",
    "海水退去以后，渔民在沙滩上修补渔网。会唱歌的老人来了。",
]
SPEECH = [
    "站长说：“这条路修了三年，大家都盼着通车。”",
    "村民们都说：“路通了，日子就好过了，谁也不愿再搬走。”",
    "老师告诉孩子们：“读完这本书，我们再去看湖。”",
]
DOUBTED = [
    "老人住在河边。口粮由合作社每月送到家里。",
    "考察队走过了青海、云南和四川三省的高原。",
    "墙上写着“平安是福”，落款是村里的小学生。",
    "旅客可以直达上海、广州和成都。",
]
"""Too much is lost to tell, or is told by likelihood alone."""
HONEST = [
    "快到山顶去看看吧！那里能望见整个湖面。",
    "谁会在这样的夜里赶路呢？没有人知道。",
    "第一天量地；第二天打桩；第三天开工。",
    "他喊道：“路修通啦！”",
    "参赛的有扎西；旦增；格桑；央金！",
    "路修通了！",
]


def shown(text: str, rate: float = 1) -> str:
    """Return what a mirror makes of a page of this text and a frame that it annotates."""
    return damage(text, SAMPLE_TABLE, break_rate=rate, seed=1, habits=DROPPED, script=SAMPLE_SCRIPT)


def doubted(repaired: Repaired, paragraph: str) -> bool:
    start = repaired.text.index(paragraph)
    return any(start <= a <= start + len(paragraph) for a, _ in repaired.places)


@pytest.mark.parametrize("paragraph", EXACT)
def test_a_cut_that_shows_no_question_mark_is_undone(paragraph: str) -> None:
    assert repair(shown(f"{FRAME}\n{paragraph}\n{FRAME}")).text == f"{FRAME}\n{paragraph}\n{FRAME}"


@pytest.mark.parametrize("paragraph", SPEECH)
def test_speech_that_is_open_at_the_end_of_a_paragraph_ends_there(paragraph: str) -> None:
    page = f"{FRAME}\n{TOLD_BY_ANOTHER}\n{paragraph}\n{FRAME}"
    assert shown(paragraph).endswith("!")
    assert repair(shown(page)).text == page


@pytest.mark.parametrize("paragraph", DOUBTED)
def test_what_is_not_told_is_in_doubt(paragraph: str) -> None:
    page = f"{FRAME}\n{paragraph}\n{FRAME}"
    repaired = repair(shown(page))
    before, found, after = repaired.text.split("\n")
    assert before == after == FRAME
    assert found == paragraph or doubted(repaired, found)


@pytest.mark.parametrize("paragraph", HONEST)
@pytest.mark.parametrize("page", ["{}", f"{FRAME}\n{TOLD_BY_ANOTHER}\n{{}}"])
def test_honest_marks_of_such_a_page_stay(page: str, paragraph: str) -> None:
    text = f"{FRAME}\n{page.format(paragraph)}\n{FRAME}"
    assert repair(shown(text)).text == text


def test_speech_that_goes_on_in_the_next_paragraph_is_left_open_where_nothing_tells_of_dropped_bytes() -> None:
    text = f"{FRAME}\n“这是我们自己修的路！\n“明年还要修一座桥。”他说。\n{FRAME}"
    repaired = repair(shown(text, 0))
    assert repaired.text == text
    assert doubted(repaired, "“这是我们自己修的路！")


def test_a_page_that_shows_its_lone_bytes_is_read_as_before() -> None:
    visible = Habits(ascii_all=True)
    text = f"{FRAME}\n{TOLD_BY_ANOTHER}\n" + "\n".join([*EXACT, *HONEST]) + f"\n{FRAME}"
    page = damage(text, SAMPLE_TABLE, break_rate=1, seed=1, habits=visible, script=SAMPLE_SCRIPT)
    assert repair(page).text == text


@pytest.mark.parametrize(
    "paragraph", ["大家在党旗下宣誓；勇担历史使命，修好高原天路。", "青年人站了出来；勇担历史使命的路很长。"]
)
def test_a_mark_before_another_break_is_no_cut(paragraph: str) -> None:
    page = f"{FRAME}\n{paragraph}\n{FRAME}"
    shown = damage(page, LONG_TABLE, break_rate=0, seed=1, habits=Habits(ascii_all=True), script=SAMPLE_SCRIPT)
    assert "勇?" in shown
    assert repair(shown).text == page
