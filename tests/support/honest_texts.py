"""Makes honest texts: poems, dialogues, tables, code, letters and others that are no pages, from small grammars."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random

_NOUNS = [
    "河谷",
    "雪山",
    "牧场",
    "羊群",
    "帐篷",
    "老人",
    "孩子",
    "石桥",
    "青稞",
    "酥油灯",
    "课堂",
    "驿站",
    "月光",
    "渡口",
    "木碗",
    "山口",
    "书信",
    "集市",
    "炊烟",
    "经幡",
]
_VERBS = [
    "守着",
    "穿过",
    "记得",
    "等来",
    "望见",
    "送走",
    "唤醒",
    "绕开",
    "走近",
    "修好",
    "画下",
    "问起",
]
_ADJECTIVES = [
    "安静的",
    "遥远的",
    "旧",
    "新",
    "潮湿的",
    "明亮的",
    "沉默的",
    "小小的",
]
_NAMES = [
    "阿宁",
    "罗小满",
    "顾北",
    "尼玛",
    "丁香",
    "白石",
    "秦远",
    "卓嘎",
]
_UI = [
    "分享",
    "打印",
    "收藏",
    "首页",
    "新闻",
    "视频",
    "图片",
    "排行榜",
    "推荐",
    "专题",
    "更多",
    "评论",
    "登录",
    "注册",
    "返回",
    "关闭",
    "下一页",
    "相关阅读",
    "热门",
    "联系我们",
]
_ENGLISH = [
    "river",
    "tent",
    "bridge",
    "lantern",
    "market",
    "teacher",
    "letter",
    "valley",
    "harvest",
    "saddle",
    "window",
    "basket",
]
_ENGLISH_VERBS = [
    "crosses",
    "keeps",
    "mends",
    "follows",
    "carries",
    "finds",
]
_TIBETAN = [
    "གངས་རི",
    "གཙང་པོ",
    "ཞིང་པ",
    "སློབ་མ",
    "ལམ་ཁ",
    "ཁང་པ",
    "མེ་ཏོག",
    "དཔེ་ཆ",
    "གླུ་གཞས",
    "གྲོང་ཚོ",
]
_KANA = [
    "山の",
    "川が",
    "町へ",
    "静かに",
    "歩いて",
    "手紙を",
    "読んだ",
    "春の",
    "雨が",
    "窓の",
]


def honest_texts(seed: int, per_kind: int = 100) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of ``per_kind`` texts of each kind."""
    for kind, make in KINDS.items():
        random = Random(f"{seed} {kind}")
        for _ in range(per_kind):
            text = make(random)
            if random.random() < 0.2:
                text = text.replace("\n", "\r\n")
            yield kind, text + random.choice(["", "", "\n", " \n", "\n\n"])


def _clause(random: Random) -> str:
    return f"{random.choice(_ADJECTIVES)}{random.choice(_NOUNS)}{random.choice(_VERBS)}{random.choice(_NOUNS)}"


def _sentence(random: Random) -> str:
    return "，".join(_clause(random) for _ in range(random.randint(1, 3))) + random.choice("。。。！？")


def _paragraph(random: Random) -> str:
    return random.choice(["", "　　"]) + "".join(_sentence(random) for _ in range(random.randint(1, 5)))


def _english(random: Random) -> str:
    noun, verb, other = random.choice(_ENGLISH), random.choice(_ENGLISH_VERBS), random.choice(_ENGLISH)
    return f"The {noun} {verb} the {other}{random.choice(['', ', and nobody knows why', ' after the rain'])}."


def _day(random: Random) -> str:
    year, month, day = random.randint(1996, 2024), random.randint(1, 12), random.randint(1, 28)
    return random.choice([f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}"])


def _clock(random: Random) -> str:
    return f"{random.randint(0, 23):02}:{random.randint(0, 59):02}"


def _poem(random: Random) -> str:
    stanzas = []
    for _ in range(random.randint(1, 4)):
        end = random.choice(["", "", "，"])
        stanzas.append("\n".join(" " * random.choice([0, 0, 2, 4]) + _clause(random) + end for _ in range(4)))
    return random.choice(["\n\n", "\n\n\n"]).join(stanzas)


def _dialogue(random: Random) -> str:
    speakers = random.sample([*_NAMES, "编辑", "记者", "作者", "老师", "主编"], 2)
    mark = random.choice("：:")
    return "\n".join(f"{speakers[i % 2]}{mark}{random.choice([_sentence(random), '好', '可以'])}" for i in range(6))


def _speech(random: Random) -> str:
    asked = f"“{_sentence(random)}”{random.choice(_NAMES)}问道{random.choice('：:。')}"
    return "\n".join([asked, *(_paragraph(random) for _ in range(3))])


def _table(random: Random) -> str:
    mark = random.choice(["|", "\t", "｜", "  "])
    rows = [[random.choice(_NOUNS), str(random.randint(1, 999)), _day(random)] for _ in range(random.randint(2, 9))]
    return "\n".join(mark.join(["地区", "人口", "日期"] if n == 0 else row) for n, row in enumerate(rows))


def _lesson(random: Random) -> str:
    parts = [f"第{random.choice('一二三四五')}课 {random.choice(_NOUNS)}"]
    for heading in random.sample(["生字", "相关链接", "拓展阅读", "思考与练习", "推荐阅读", "问答"], 3):
        parts += [heading, random.choice([_paragraph(random), " ".join(random.sample(_NOUNS, 4))])]
    return "\n".join(parts)


def _code(random: Random) -> str:
    name = random.choice(_ENGLISH)
    return random.choice(
        [
            f"def {name}(a, b):\n    if a > b:\n        return a\n\n\n    return b  # {_clause(random)}",
            f"# Copyright 2020 {name}\n$ cat {name}.txt > out.txt\n>>> {name}()\n{random.randint(1, 9)}",
            f'<p id="{name}"></p>\n<ul>\n  <li>{_clause(random)}</li>\n</ul>',
            f"Copyright (c) 2020 {name}\n\nPermission is hereby granted to {name}.\nNo warranty.",
            f"SELECT * FROM {name}\nWHERE day > '{_day(random)}'\nORDER BY id;",
        ]
    )


def _list(random: Random) -> str:
    bullet = random.choice(["- ", "* ", "1. ", "• ", "", "　"])
    return "\n".join(bullet + random.choice([*_NOUNS, *_UI]) for _ in range(random.randint(3, 12)))


def _words(random: Random) -> str:
    words = random.sample([*_NOUNS, *_UI], random.randint(6, 20))
    return random.choice(["\n", " ", "、", "\n\n", "，"]).join(words)


def _caption(random: Random) -> str:
    credit = f"{random.choice(['新华社记者', '本报记者', ''])} {random.choice(_NAMES)} 摄"
    line = random.choice(
        [f"图为{_sentence(random)}{credit}", f"{_sentence(random)}{credit}", f"上图为{_sentence(random)}"]
    )
    return "\n".join([line] * random.choice([1, 1, 2]) + [_paragraph(random)] * random.choice([0, 1]))


def _one_liner(random: Random) -> str:
    return random.choice(
        [_clause(random), _sentence(random), _day(random), random.choice(_UI), "字号：", "下载本文档", "? ?", "| ?",
         "???? ???? ?", f"{_clause(random) * 9}",
         f"新华社拉萨{random.randint(1, 28)}日电（记者{random.choice(_NAMES)}）{_sentence(random)}"]
    )  # fmt: skip


def _tibetan(random: Random) -> str:
    lines = ["་".join(random.sample(_TIBETAN, random.randint(3, 7))) + "།" for _ in range(random.randint(1, 6))]
    return random.choice(["\n", " ", "\n\n"]).join(lines)


def _english_text(random: Random) -> str:
    paragraphs = [" ".join(_english(random) for _ in range(random.randint(1, 4))) for _ in range(4)]
    return random.choice(["\n", "\n\n"]).join([random.choice(_ENGLISH).title(), *paragraphs])


def _japanese(random: Random) -> str:
    return "\n".join("".join(random.sample(_KANA, 5)) + random.choice(["。", "", "（かわ）。"]) for _ in range(5))


def _essay(random: Random) -> str:
    head = random.choice(
        [f"‹{random.choice(_NOUNS)}>", f"{random.choice(_NOUNS)}記 > 卷一", f"《{random.choice(_NOUNS)}》"]
    )
    body = [_sentence(random).replace("记", "記").replace("问", "問").replace("孙", "孫") for _ in range(6)]
    return "\n".join([head, *body])


def _technical(random: Random) -> str:
    path = " > ".join(random.sample(["设置", "网络", "首页", "显示", "文件", "视频"], 3))
    return "\n".join(
        [random.choice([path, f"打开 {path}", f"$ ls > {random.choice(_ENGLISH)}", f"C:\\> dir {path}"]), *(
            f"{n}. 点“{random.choice(_UI)}”，{_sentence(random)}" for n in range(1, 5)
        )]
    )  # fmt: skip


def _recipe(random: Random) -> str:
    goods = "\n".join(f"{random.choice(_NOUNS)} {random.randint(1, 9)}克" for _ in range(5))
    return f"{random.choice(_NOUNS)}汤\n\n用料：\n{goods}\n\n做法：\n1. {_sentence(random)}\n2. {_sentence(random)}"


def _questions(random: Random) -> str:
    return "\n\n".join(f"问：{_clause(random)}？\n答：{_sentence(random)}" for _ in range(random.randint(1, 5)))


def _letter(random: Random) -> str:
    name = random.choice(_NAMES)
    end = random.choice([f"{name}\n{_day(random)}", f"{name} {_day(random)}", f"{_day(random)}\n{name}"])
    return f"{random.choice(_NAMES)}：\n　　你好！{_sentence(random)}\n{_paragraph(random)}\n此致\n敬礼\n{end}"


def _diary(random: Random) -> str:
    head = f"{_day(random)} {random.choice(['星期五 晴', '雨', ''])}"
    return f"{head.rstrip()}\n{_paragraph(random)}\n{_paragraph(random)}"


def _script(random: Random) -> str:
    scene = f"第{random.choice('一二三')}场 {random.choice(_NOUNS)} 日 外"
    cast = f"导演：{random.choice(_NAMES)}\n编剧：{random.choice(_NAMES)}\n剪辑：{random.choice(_NAMES)}"
    return f"{cast}\n\n{scene}\n（{_clause(random)}）\n{random.choice(_NAMES)}：{_sentence(random)}\n（幕落）"


def _bibliography(random: Random) -> str:
    return "\n".join(
        f"[{n}] {random.choice(_NAMES)}. {_clause(random)}[J]. 《{random.choice(_NOUNS)}学刊》, {_day(random)}, "
        "来源：某某出版社."
        for n in range(1, random.randint(2, 7))
    )


def _chat(random: Random) -> str:
    stamp = random.random() < 0.5
    lines = []
    for _ in range(random.randint(2, 8)):
        said = random.choice([_sentence(random), "在吗", "好的"])
        when, name = f"{_day(random)} {_clock(random)}", random.choice(_NAMES)
        lines += [f"[{when}] {name}: {said}"] if stamp else [f"{name} {when}", said]
    return "\n".join(lines)


def _json(random: Random) -> str:
    record = {"title": _clause(random), "date": f"{_day(random)} {_clock(random)}", "tags": random.sample(_UI, 3)}
    return json.dumps(record, ensure_ascii=False, indent=random.choice([None, 2]))


def _markdown(random: Random) -> str:
    front = f"---\ntitle: {_clause(random)}\ndate: {_day(random)}\nauthor: {random.choice(_NAMES)}\n---\n"
    return (
        random.choice(["", front])
        + f"# {_clause(random)}\n\n> {_sentence(random)}\n\n- {_clause(random)}\n\n{_paragraph(random)}"
    )


def _notice(random: Random) -> str:
    return (
        f"{random.choice(_NOUNS)}讲座\n时间：{_day(random)} {_clock(random)}\n地点：{random.choice(_NOUNS)}\n"
        f"主讲：{random.choice(_NAMES)}\n{_paragraph(random)}"
    )


def _minutes(random: Random) -> str:
    present = "、".join(random.sample(_NAMES, 3))
    head = random.choice([f"{random.choice(_NOUNS)}例会", "会议纪要", f"{_day(random)} 例会"])
    parts = [
        f"时间：{_day(random)} {_clock(random)}",
        f"地点：{random.choice(_NOUNS)}",
        f"主持：{random.choice(_NAMES)}",
    ]
    points = [f"{n}. {_sentence(random)}" for n in range(1, random.randint(2, 5))]
    return "\n".join([head, *random.sample(parts, random.randint(1, 3)), f"出席：{present}", *points])


def _exam(random: Random) -> str:
    lines = [f"一、选择题（每题{random.randint(2, 5)}分）"]
    for n in range(1, random.randint(2, 5)):
        options = "  ".join(f"{mark}. {noun}" for mark, noun in zip("ABCD", random.sample(_NOUNS, 4), strict=True))
        lines += [f"{n}. {_clause(random)}的是（  ）", options]
    source = f"（选自《{random.choice(_NOUNS)}》{_day(random)}，作者：{random.choice(_NAMES)}）"
    return "\n".join(
        [*lines, "二、阅读下面的文字，完成后面各题。", _paragraph(random), source, "姓名：______ 学号：______"]
    )


def _form(random: Random) -> str:
    label = random.choice(["日期", "时间", "签订日期", "生产日期", "截止时间", "报告日期", "Date"])
    who = random.choice(["倡议人", "检讨人", "请假人", "值班员", "联系人"])
    head = random.choice(["倡议书", "请假条", "体检报告", "合同", f"{random.choice(_NOUNS)}说明"])
    return f"{head}\n{_paragraph(random)}\n{who}：{random.choice(_NAMES)}\n{label}：{_day(random)}"


def _letters(random: Random) -> str:
    """Return letters one below the other, each with its day."""
    signed = [f"{_paragraph(random)}\n祝\n好\n作者：{random.choice(_NAMES)}\n{_day(random)}" for _ in range(2)]
    return random.choice(["\n", "\n\n"]).join([*signed, _paragraph(random)])


def _mail(random: Random) -> str:
    head = f"From: {random.choice(_ENGLISH)}@example.com\nDate: Fri, 13 Oct 2023 {_clock(random)}:00 +0800"
    return f"{head}\nSubject: {random.choice(_ENGLISH)}\n\n{_english(random)}\n\n> {_english(random)}\n\nThanks"


def _log(random: Random) -> str:
    lines = [f"{_day(random)} {_clock(random)}:01,123 INFO {_english(random)}" for _ in range(random.randint(1, 6))]
    return "\n".join(lines)


def _notes(random: Random) -> str:
    heads = [f"{random.choice('#①②③')} {_clause(random)}" for _ in range(3)]
    return "\n".join(
        line for head in heads for line in (head, f"- {_day(random)} {_clause(random)}", _sentence(random))
    )


def _trail(random: Random) -> str:
    """Return a path of menus with nothing below that could be its headline."""
    path = random.choice(["Home > Kitchen > Tea", "首页 > 设置 > 网络", "主页 > 河谷"])
    return f"{path}\n\n{random.choice([_english(random), _sentence(random)])}"


KINDS: dict[str, Callable[[Random], str]] = {
    "poem": _poem,
    "dialogue": _dialogue,
    "speech": _speech,
    "table": _table,
    "lesson": _lesson,
    "code": _code,
    "list": _list,
    "words": _words,
    "caption": _caption,
    "one line": _one_liner,
    "tibetan": _tibetan,
    "english": _english_text,
    "japanese": _japanese,
    "essay": _essay,
    "technical": _technical,
    "recipe": _recipe,
    "questions": _questions,
    "letter": _letter,
    "diary": _diary,
    "script": _script,
    "bibliography": _bibliography,
    "chat": _chat,
    "json": _json,
    "markdown": _markdown,
    "notice": _notice,
    "minutes": _minutes,
    "exam": _exam,
    "form": _form,
    "letters": _letters,
    "mail": _mail,
    "log": _log,
    "notes": _notes,
    "trail": _trail,
}
"""How a text of each kind is made."""
