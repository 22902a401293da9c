"""Reads the byline below a title: time, medium, authors and editor, with labels and without, in any order.

One grammar serves pages with markup and plain text. Every pattern is bounded in length, so that none can backtrack
over a long line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tibetnews.text.page.names import (
    is_control,
    is_foreign_name,
    is_organisation,
    is_person,
    may_be_person,
    split_names,
)
from tibetnews.text.page.times import TimeMatch, find_times, publication_time, without_invisible
from tibetnews.text.types import Removed
from tibetnews.text.unicode_ranges import HAN, TIBETAN

_MAX_BYLINE = 120  # characters; longer lines are paragraphs
_MAX_READ = 1000  # characters of a line that are searched for fields
_MAX_REMAINDER = 60  # characters besides labels and time, such as a medium and names
_MAX_BARE_MEDIUM = 12  # characters of a medium that no label announces
_TIBETAN_PER_HAN = 3  # characters of Tibetan script that say as much as one Chinese character

_TSHEG = "[་༌]"


def _tibetan(*labels: str) -> str:
    """Return a pattern for Tibetan labels, with either tsheg between the syllables and perhaps one after the last."""
    return "|".join(label.replace("་", rf"{_TSHEG}\s?") + rf"{_TSHEG}?" for label in labels)


_SOURCE = rf"""
    (?:文章|信息|消息|稿件|新闻|新聞|内容|內容)?(?:来\s?源|來\s?源|稿\s?源|出\s?处|出\s?處)
    |转载自|轉載自|转自|來自|来自|原载
    |Sources?|Quelle
    |{_tibetan("འབྱུང་ཁུངས", "ཡོང་ཁུངས", "རྩོམ་ཁུངས", "གསར་འགྱུར་ཁུངས")}
"""
_AUTHOR = rf"""
    作\s?者|(?:本报|本網|本网|特约|通讯)?(?:记\s?者|記\s?者)|通讯员|通訊員
    |撰\s?文|撰\s?稿|供\s?稿|采\s?写|文\s?字|文|Authors?|Autor|Auteur
    |{_tibetan("རྩོམ་པ་པོ", "རྩོམ་འབྲི་པ", "འབྲི་མཁན", "གསར་འགོད་པ")}
"""
_PUBLISHED = rf"""
    (?:发布|發布|發佈|发表|發表|刊发|刊發|发稿|發稿|更新|修改)(?:时间|時間|日期)|发布于|發布於|发表于|發表於
    |Published|Posted|(?:Last\ )?Updated
    |{_tibetan("འགྲེམས་སྤེལ་དུས་ཚོད", "སྤེལ་དུས་ཚོད", "སྤེལ་དུས", "འགྲེམས་སྤེལ", "སྤེལ་ཚེས")}
"""
_WHEN = rf"时\s?间|時\s?間|日\s?期|Time|Date|{_tibetan('དུས་ཚོད', 'ཟླ་ཚེས')}"
EDITOR = rf"""
    (?:责\s?任|責\s?任|本期|网络|網絡|值班|执行|实习|见习|本文)?(?:编\s?辑|編\s?輯)
    |责任编审|责\s?编|責\s?編|Editors?|Edited\ by
    |{_tibetan("རྩོམ་སྒྲིག་འགན་འཁུར་པ", "འགན་འཁུར་རྩོམ་སྒྲིག་པ", "རྩོམ་སྒྲིག་པ", "རྩོམ་སྒྲིག")}
"""
_LABEL = re.compile(
    rf"""
    [^\S\n]{{0,4}}
    (?:
        (?:
            (?P<source>{_SOURCE})|(?P<author>{_AUTHOR})|(?P<published>{_PUBLISHED})|(?P<editor>{EDITOR})
            |(?<![{HAN}\w])(?P<when>{_WHEN})
        )
        (?: \s?[།༎༑]?\s?[：:] | (?<=[{TIBETAN}])(?:\s?[།༎༑]|(?=\s{{0,3}}\n)) )  # or a shad, or the line's end
        # labels of the Tibetan edition differ from page to page, but a colon ends them all
        | (?<![{TIBETAN}])(?P<tibetan>[{TIBETAN}]{{2,32}}\s?[：:])
        | (?<![^\s|（(【])(?P<unknown>[{HAN}]{{2,6}}\s?[：:])            # 浏览次数：
        | (?<![^\s|（(])(?P<slash>文|记者|記者|通讯员|作者)\s?[/／]
        | (?<![^\s|（(])(?P<by>By)(?=\s+[A-ZÀ-Þ])
    )
    [^\S\n]{{0,40}}
    """,
    re.VERBOSE,
)
_LABEL_MARKS = "：:/／"
_ENDS_OTHERWISE = re.compile(f"[{TIBETAN}B]")  # a label of the Tibetan edition, or By
_MAY_HOLD_LABEL = re.compile(f"[{_LABEL_MARKS}{TIBETAN}B]")
_MAY_HOLD_ROLE = re.compile("[者员生师]")
_LETTER = re.compile(r"[^\W_]")
_ROLE = re.compile(
    r"(?:见习|实习|特约|本报|本网|新华社|全媒体|[^\s、，,]{0,6}网)?(?:记者|通讯员|实习生|特派员|摄影师)[：:]?\s?"
    r"|(?<!\S)作者\s"
)
_SENTENCE_END = re.compile(r"[。！？]")
_FIELD_BREAK = re.compile(r"[\n|｜]")
_FIELD_MARKS = " \u3000\xa0|｜：:·-—"
_CONTROLS_IN_BRACKETS = re.compile(r"[【\[（(](?=\s?(?:字[号號体體]|大\b|打印))")
_TITLE_MARK = re.compile("[《》〈〉]")
_BETWEEN_TITLES = re.compile(r"》\s?《")
_QUOTED = {"《": "》", "〈": "〉", "“": "”", "「": "」", "【": "】", "[": "]", '"': '"'}
_NAME = re.compile(
    rf"""
    [{HAN}·•・]{{2,20}}                                      # 次仁·多吉
    | [{TIBETAN}\ ]{{2,60}}
    | (?:(?![{HAN}\d_])\w)(?:(?![{HAN}])[\w .'’·-]){{0,60}}  # any other script: Anna Lee
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What the byline below a title says, each part as far as it is there."""

    published_at: str | None = None
    """ISO 8601 with the outlet's offset; the date alone where no clock time is given."""

    source: str | None = None
    """The medium that the article was taken from."""

    authors: tuple[str, ...] = ()

    editor: str | None = None

    remainder: str = ""
    """What the line says besides, such as 字号 and 打印; "" where the fields hold it all."""


class _Field(NamedTuple):
    """A piece of a byline between two labels or times."""

    kind: str
    """The group of the label; "" for a piece without one."""

    text: str


def has_label(text: str) -> bool:
    """Return whether a piece of a byline begins with a label, such as 来源：."""
    return _match_label(text) is not None


def strip_label(text: str) -> str | None:
    """Return a field's value without the label in front of it; None where nothing is left.

    >>> strip_label("来源： 新华网")
    '新华网'
    """
    text = text.strip()
    label = _match_label(text)
    known = label and label.lastgroup != "unknown"
    return (text[label.end() :] if label and known else text).strip(" \u3000\xa0：:") or None


def read_names(text: str | None) -> tuple[str, ...]:
    """Return the names of persons in ``text``, without labels and roles, in its order and each once.

    >>> read_names("本报记者 李雷 通讯员 韩梅梅")
    ('李雷', '韩梅梅')
    """
    if not text or not (value := strip_label(text)):
        return ()
    parts = _ROLE.split(value) if _MAY_HOLD_ROLE.search(value) else [value]
    pieces = [piece for part in parts for piece in split_names(part.strip())]
    names = (name for name in pieces if _NAME.fullmatch(name) and not is_organisation(name) and not is_control(name))
    return tuple(dict.fromkeys(names))


def read_source(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the medium in a field, and the authors whose names follow it.

    >>> read_source("来源：《西藏日报》 记者 王媛 字号：大 中 小")
    ('西藏日报', ('王媛',))
    """
    source, authors, _ = _split_source(strip_label(text) or "")
    return source, authors


def read_byline(line: str, *, source: str = "", author: str = "") -> Byline:
    """Read a byline whose parts may stand in any order.

    Args:
        line: The line below the title.
        source: The field of the medium, where the page's markup tells it from the line.
        author: The field of the authors, likewise.

    >>> read_byline("发布时间：2023-10-13 来源： 新华网 作者：李雷 韩梅梅")
    Byline(published_at='2023-10-13', source='新华网', authors=('李雷', '韩梅梅'), editor=None, remainder='')
    >>> read_byline("王小明   时间：2023-10-13  来源：  字号： 打印")
    Byline(published_at='2023-10-13', source=None, authors=('王小明',), editor=None, remainder='字号： 打印')
    """
    line, beyond = without_invisible(line[:_MAX_READ]), line[_MAX_READ:]
    times = find_times(line)
    time = publication_time(times)
    fields = [
        *(
            _Field(kind, value)
            for kind, text in (("author", author), ("source", source))
            if (value := strip_label(text))
        ),
        *_fields(line, times),
    ]
    announced = {field.kind for field in fields}
    medium, editor = None, None
    authors: list[str] = []
    remainder: list[str] = [beyond]
    for kind, text in fields:
        unread = text
        if kind == "source" and medium is None:
            medium, names, unread = _split_source(text)
            authors += names
        elif kind in ("author", "slash", "by"):
            names = read_names(text)
            authors += names
            unread = _without(text, names)
        elif kind == "editor" and editor is None:
            names = tuple(piece for piece in split_names(text) if not is_control(piece))
            editor = " ".join(names) or None
            unread = _without(text, names)
        elif kind in ("", "published", "when", "source", "editor"):
            if medium is None and "source" not in announced and is_organisation(text):
                medium, unread = text, ""
            else:
                names = _bare_names(text)
                authors += names
                unread = _without(text, names)
        remainder.append(unread)
    return Byline(
        published_at=time.value if time else None,
        source=medium,
        authors=tuple(dict.fromkeys(authors)),
        editor=editor,
        remainder=" ".join(
            filter(None, (piece.strip(_FIELD_MARKS + "、，,；;/（）()") and piece for piece in remainder))
        ),
    )


def removed_byline(line: str, byline: Byline) -> list[Removed]:
    """Return the line of a byline as a removed piece, unless the fields hold all that it says."""
    return [Removed("byline", line)] if byline.remainder else []


def is_byline(line: str) -> bool:
    """Return whether a line holds a time of publication and little besides labels, names and a medium."""
    if len(line) > _MAX_BYLINE * _TIBETAN_PER_HAN or _width(line) > _MAX_BYLINE:
        return False
    line = without_invisible(line)
    times = find_times(line)
    if not times:
        return False
    blank = _blank_times(line, times)
    found = list(_find_labels(blank))
    remainder = _without_labels(blank, found)
    labels = {label.lastgroup for label in found}
    if not remainder or _SENTENCE_END.search(remainder):
        return not remainder and labels != {"unknown"}  # 活动时间：2023-10-13 is a line of a notice
    if labels & {"source", "published", "editor", "author", "slash", "by", "tibetan"}:
        return _width(remainder) <= _MAX_REMAINDER
    # A medium without its label stands apart from the time; in a headline the date is one of the words.
    time = times[0]
    around = line[: time.start][-1:] + line[time.end :][:1]
    if not (time.has_clock or not around.strip()) or "，" in remainder or "unknown" in labels:
        return False
    pieces = remainder.split()
    # A letter ends with its writer and the day: without a clock time a person is no author.
    if all(is_organisation(piece) or is_control(piece) or (time.has_clock and is_person(piece)) for piece in pieces):
        return _width(remainder) <= _MAX_REMAINDER
    return time.has_clock and "年" not in line[time.start : time.end] and _width(remainder) <= _MAX_BARE_MEDIUM


def is_byline_part(line: str) -> bool:
    """Return whether a line next to a byline belongs to it: a label of a byline and its value, or controls.

    >>> is_byline_part("来源：新华网"), is_byline_part("作者：李雷"), is_byline_part("记者：您为什么来西藏？")
    (True, True, False)
    """
    if len(line) > _MAX_REMAINDER * _TIBETAN_PER_HAN or _width(line) > _MAX_REMAINDER or _SENTENCE_END.search(line):
        return False
    label = _match_label(line)
    if label is None or label.lastgroup in ("tibetan", "unknown"):
        return bool(line) and all(map(is_control, line.split()))
    if label.lastgroup in ("author", "slash", "by"):
        names = read_names(line)
        return all(is_person(name) or is_foreign_name(name) for name in names) and not read_byline(line).remainder
    return "，" not in line


def _fields(line: str, times: Iterable[TimeMatch]) -> Iterator[_Field]:
    """Split a byline at its labels, its times and bars."""
    blank = _blank_times(line, times)
    labels = list(_find_labels(blank))
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(blank)]
    kinds = ["", *(label.lastgroup or "" for label in labels)]
    for number, (start, end, kind) in enumerate(zip(starts, ends, kinds, strict=True)):
        value, *bare = (piece.strip(_FIELD_MARKS) for piece in _FIELD_BREAK.split(blank[start:end]))
        if kind in ("unknown", "tibetan"):  # not a field: the label goes with its value
            yield _Field(kind, f"{labels[number - 1][0].strip()} {value}".strip())
        elif value or kind:
            yield _Field(kind, value)
        yield from (_Field("", piece) for piece in bare if piece)


def _match_label(text: str) -> re.Match[str] | None:
    return _LABEL.match(text) if _MAY_HOLD_LABEL.search(text) else None


def _find_labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels of a text; of most, no label ends after the last colon or stroke."""
    last = len(text) if _ENDS_OTHERWISE.search(text) else max(map(text.rfind, _LABEL_MARKS))
    if last < 0:
        return
    for label in _LABEL.finditer(text):
        yield label
        if label.end() > last:
            return


def _without_labels(text: str, labels: Sequence[re.Match[str]]) -> str:
    """Return a text with a space in the place of each of its labels."""
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    return " ".join(text[start:end] for start, end in zip(starts, ends, strict=True)).strip()


def _blank_times(line: str, times: Iterable[TimeMatch]) -> str:
    """Return a line with a newline in the place of each of its times."""
    pieces, end = [], 0
    for time in times:
        pieces.append(line[end : time.start])
        end = time.end
    return "\n".join([*pieces, line[end:]])


def _split_source(text: str) -> tuple[str | None, tuple[str, ...], str]:
    """Return medium, authors behind it, and what is neither."""
    bracket = _CONTROLS_IN_BRACKETS.search(text)
    controls = text[bracket.start() :] if bracket else ""
    words = (text[: bracket.start()] if bracket else text).split()
    index = next((i for i, word in enumerate(words) if is_control(word)), len(words))
    controls = " ".join([*words[index:], controls]).strip()
    words = words[:index]
    names: tuple[str, ...] = ()
    for i in range(1, len(words)):
        behind = " ".join(words[i:])
        if _ROLE.match(behind) or all(map(is_person, split_names(behind))):
            names, words = read_names(behind), words[:i]
            break
    return _plain_medium(" ".join(words)), names, controls


def _plain_medium(text: str) -> str | None:
    """Return a medium without the marks around its name: 《人民日报》 is 人民日报."""
    text = text.strip(_FIELD_MARKS + "，,；;、")
    while len(text) > 1 and _QUOTED.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    if _TITLE_MARK.search(text):
        text = _TITLE_MARK.sub("", _BETWEEN_TITLES.sub("、", text)).strip()
    return text or None


def _bare_names(text: str) -> tuple[str, ...]:
    """Return the names in a piece without a label, if it holds nothing but names and roles."""
    if _MAY_HOLD_ROLE.search(text) and _ROLE.match(text):
        return tuple(filter(may_be_person, read_names(text)))
    pieces = split_names(text)
    return tuple(pieces) if all(is_person(piece) or is_foreign_name(piece) for piece in pieces) else ()


def _without(text: str, names: Iterable[str]) -> str:
    """Return what a field says besides names and roles."""
    if _spread(text, names):
        return ""
    rest = _ROLE.sub("", text) if _MAY_HOLD_ROLE.search(text) else text
    for name in names:
        rest = rest.replace(name, "", 1)
    return rest if _LETTER.search(rest) else ""


def _spread(text: str, names: Iterable[str]) -> bool:
    """Return whether a text is nothing but the names, in their order, with blanks anywhere: 李 雷 is 李雷."""
    return "".join(text.split()) == "".join(names)


def _width(text: str) -> int:
    """Return the length of a text in Chinese characters: Tibetan script needs more for the same words."""
    tibetan = len(re.findall(f"[{TIBETAN}]", text))
    return len(text) - tibetan + tibetan // _TIBETAN_PER_HAN
