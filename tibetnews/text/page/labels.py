"""Finds the labels of a byline, such as 来源： and ཡོང་ཁུངས།, in all languages of the outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.unicode_ranges import HAN, TIBETAN

_TSHEG = "[་༌]"


def _tibetan(*labels: str) -> str:
    """Return a pattern for Tibetan labels, with either tsheg between the syllables and perhaps one after the last.

    Behind ག a line may break without it.
    """
    joint = {"ག་": rf"ག(?:{_TSHEG}\s?|\s)", "་": rf"{_TSHEG}\s?"}
    return "|".join(re.sub("ག?་", lambda mark: joint[mark[0]], label) + rf"{_TSHEG}?" for label in labels)


_SOURCE = rf"""
    (?:文章|信息|消息|稿件|新闻|新聞|内容|內容|[本原]文)?(?:来\s?源|來\s?源|稿\s?源|出\s?处|出\s?處)
    |转载自|轉載自|转自|來自|来自|原载
    |Sources?|From|Quelle
    |{_tibetan("འབྱུང་ཁུངས", "ཡོང་ཁུངས", "རྩོམ་ཁུངས", "གསར་འགྱུར་(?:འབྱུང་|ཡོང་)?ཁུངས")}
"""
_AUTHOR = rf"""
    作\s?者|(?:本报|本網|本网|特约|通讯)?(?:记\s?者|記\s?者)|通讯员|通訊員
    |撰\s?文|撰\s?稿|供\s?稿|采\s?写|文\s?字|文|Authors?|By|Autor|Auteur
    |{_tibetan("རྩོམ་པ་པོ", "རྩོམ་འབྲི་པ", "འབྲི་མཁན", "གསར་འགོད་པ")}
"""
_PUBLISHED = rf"""
    (?:发布|發布|發佈|发表|發表|刊发|刊發|发稿|發稿|更新|修改)(?:时间|時間|日期)|发布于|發布於|发表于|發表於
    |出版(?=：\s?\n)  # in front of a time
    |(?:发布|發布|發佈|发表|發表|刊发|刊發)(?=\s?[：:]\s{{0,4}}(?:19|20)\d\d|\s?：\s?\n)
    |(?:Published|Posted)(?:\ [Oo]n)?|(?:Last\ )?[Uu]pdated|Publié(?:\ le)?|Mise?\ à\ jour(?:\ le)?
    |(?:Veröffentlicht|Aktualisiert)(?:\ am)?
    |{_tibetan("འགྲེམས་སྤེལ་དུས་ཚོད", "སྤེལ་དུས་ཚོད", "སྤེལ་དུས", "འགྲེམས་སྤེལ", "སྤེལ་ཚེས")}
"""
_WHEN = rf"时\s?间|時\s?間|日\s?期|Time|Date|{_tibetan('དུས་ཚོད', 'ཟླ་ཚེས')}"
EDITOR = rf"""
    (?:责\s?任|責\s?任|本期|网络|網絡|值班|执行|实习|见习|本文)?(?:编\s?辑|編\s?輯)
    |责任编审|责\s?编|責\s?編|Editors?|Edited\ by|Rédact(?:eur|rice)s?|Redakt(?:eur|eurin|ion)
    |{_tibetan("རྩོམ་སྒྲིག་འགན་འཁུར་པ", "རྩོམ་སྒྲིག་འགན་འཁུར", "འགན་འཁུར་རྩོམ་སྒྲིག་པ", "རྩོམ་སྒྲིག་འགན་འཁྲི་བ")}
    |{_tibetan("འགན་འཁྲི་རྩོམ་སྒྲིག་པ", "རྩོམ་སྒྲིག་པ", "རྩོམ་སྒྲིག")}
"""
REVIEW = "[一二三初复復终終再][审審](?:[一二三初复復终終再]校)?|[一二三初复復终終]校|[审審][读讀]|[编編]校"
EDITING = lazy_pattern(
    r"[编編ERས审審校](?:(?<=[编編])|(?<=E)dit|(?<=R)[ée]da[ck]t|(?<=ས)ྒྲིག|(?<=[审審校])[读讀]?\s?[：:/／丨｜|\s])"
)
"""What every label of EDITOR or REVIEW holds; begins with a set, which is found faster."""

_BEGINNINGS = "文信消稿新內内本原来來出转轉作记記特通撰供采发發刊更修时時日责責网網值执实见编編ABDEFLMPQRSTUVuགདཟའཡརས"
"""Of all labels whose kind is known; one look for them spares most places in a line sixty alternatives."""

_LABEL = lazy_pattern(
    rf"""
    [^\S\n]{{0,4}}
    (?:
        (?=[{_BEGINNINGS}])
        (?:
            (?P<source>{_SOURCE})|(?P<author>{_AUTHOR})|(?P<published>{_PUBLISHED})|(?P<editor>{EDITOR})
            |(?<![{HAN}\w])(?P<when>{_WHEN})
        )
        (?:
            \s?[།༎༑༔]?\s?[：:丨] | \s?[|｜](?=\s) | (?<=[辑輯编編间間源])\s?[/／]
            # or a shad, or the line's end; no shad is written behind ག
            | (?<=[{TIBETAN}])(?:\s?[།༎༑༔]|(?=\s{{0,3}}\n)|(?<=ག)\s(?=\S))
        )
        # labels of the Tibetan edition differ from page to page, but a colon ends them all
        | (?<![{TIBETAN}])(?P<tibetan>[{TIBETAN}]{{2,32}}\s?[：:])
        | (?P<unknown>(?<![^\s|（(【])(?!丨)[{HAN}]{{2,6}}\s?[：:]|(?:(?:点击|浏览|阅读)(?:次?数|量)?|人[气氣])\s?[：:])
        | (?<![^\s|（(])(?P<slash>文|记者|記者|通讯员|作者)\s?[/／]
        | (?<![^\s|（(])(?P<picture>[供配制製]?[图圖]|[图圖]片|[摄攝]影?|漫[画畫])\s?[/／]
        | (?<![^\s|（(])(?P<posted>{_PUBLISHED})(?=[^\S\n]{{0,3}}\n)  # 雪莲花 发表于 2023-3-15
        | (?<![^\s|（(])(?P<by>[Bb]y|Par|Von)(?=\s+[A-ZÀ-Þ{HAN}])
    )
    [^\S\n]{{0,40}}
    """,
    re.VERBOSE,
)
BARS = "▍▎▌┃"
"""What messages on phones put in front of a field."""
NAME_MARKS = f"□■◎○●◇◆☆★▲△•▪{BARS}"
"""What stands in front of an author's name, or of a field."""
FIELD_MARKS = f" \u3000\xa0|｜丨：:·-—{NAME_MARKS}"
"""Blanks and marks between the fields of a byline."""

_LABEL_MARKS = "：:/／丨|｜"
_ENDS_OTHERWISE = lazy_pattern(
    rf"[{TIBETAN}BPVb\n](?:(?<=[{TIBETAN}BPV])|(?<=b)y |(?<=[于於间間期dnem]\n)|(?<=[于於间間期dnem] \n))"
)  # perhaps a label of Tibetan, By, 发表于; begins with a set, which is found faster
_MAY_HOLD_LABEL = lazy_pattern(f"[{_LABEL_MARKS}{TIBETAN}BPV]")


def has_label(text: str) -> bool:
    """Return whether a piece of a byline begins with a label, such as 来源：."""
    return match_label(text) is not None


def strip_label(text: str) -> str | None:
    """Return a field's value without the label in front of it; None where nothing is left.

    >>> strip_label("来源： 新华网")
    '新华网'
    """
    if not (text := text.strip()):
        return None
    label = match_label(text)
    known = label and label.lastgroup != "unknown"
    return (text[label.end() :] if label and known else text).strip(" \u3000\xa0：:") or None


def match_label(text: str) -> re.Match[str] | None:
    """Return the label that a text begins with; its last group names its kind."""
    return _LABEL.match(text) if _MAY_HOLD_LABEL.search(text) else None


def is_label(line: str) -> bool:
    """Return whether a line is a label, whose value stands on the next one."""
    label = match_label(line)
    return label is not None and label.end() == len(line)


def find_labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels of a text; of most, no label ends after the last colon or stroke."""
    last = len(text) if _ENDS_OTHERWISE.search(text) else max(map(text.rfind, _LABEL_MARKS))
    if last < 0:
        return
    for label in _LABEL.finditer(text):
        yield label
        if label.end() > last:
            return
