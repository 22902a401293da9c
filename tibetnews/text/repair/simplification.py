"""Turns traditional characters back into the simplified ones that a mirror converted.

OpenCC's t2s does it for all characters but 著, which mirrors also write for 着, and a few characters of names.
A mirror converts one character after the other, each always to the same form.  So the page itself tells which forms
may be its author's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import compress
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from tibetnews.text.data_files import read_text
from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.repair.gbk import code_table
from tibetnews.text.repair.parameters import MIN_MIRROR_EXCEPTIONS
from tibetnews.text.spans import occurrences
from tibetnews.text.unicode_ranges import HAN_OF_GBK, SURROGATES

if TYPE_CHECKING:
    from opencc import OpenCC

# 著 is meant in words for writing, works, well known, manifest.  Elsewhere it stands for 着.
_WRITE_OR_SUFFIX = lazy_pattern(
    "著(?P<meant>(?<!标志著)(?<!意味著)(?=[作名称者述书录]|有《|的《|于世)"
    "|(?<=[署名编专译原遗合巨所拙新旧撰主显卓昭土较]著)(?<![彰凸突尽]显著)(?<![刷更]新著)"
    "|(?<=论著)(?<![议谈讨争]论著)|(?<=微知著))?"
)

# 塚 stays in Japanese names, 锺 in the one Chinese name that all know; the others t2s does not know.
_NAMED = lazy_pattern(
    "冢(?:(?<=[手大平石三中赤犬户宝饭君]冢)|(?=[本田原越]))|锺(?!书)|陜(?=[西北南甘])|(?<=川)陜|瞭(?![望哨])|[暱瑯衞簷]"
)
_IN_NAMES = {"冢": "塚", "锺": "钟", "陜": "陕", "瞭": "了", "暱": "昵", "瑯": "琅", "衞": "卫", "簷": "檐"}

TAIWAN_SIGNS = (*"「牠妳祂", "公尺", "公分", "西元", "網路", "硬體", "義大利", "紐西蘭")
"""What authors write in Taiwan and Hong Kong only, as they write the next two."""
TAIWAN_FORMS = "着昵"  # which are 著 and 暱 there, and stay so where somebody simplifies the text with OpenCC
TWO_SPELLINGS = "执着"  # which authors of simplified script also write 执著
MAX_SEARCHED_FORMS = 50  # looked for in the text one by one, which is faster than a set of its characters
_LONE_SURROGATE = lazy_pattern(f"[{SURROGATES}]")


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC  # at first use: the records' value types live in this package and must load without it

    return OpenCC(name)


class Variants(NamedTuple):
    """Forms that no usual converter makes, as in data/variants.txt."""

    pattern: re.Pattern[str]
    common: dict[str, str]
    """The common character for each that t2s leaves."""


@cache
def _variants() -> Variants:
    rare, common, others = read_text("data/variants.txt").splitlines()
    return Variants(re.compile(f"[{rare}{others}]"), dict(zip(rare, common, strict=True)))


def replace_variants(text: str) -> str:
    """Return the text with common characters for the rare variants that some mirrors put for them, one for one.

    >>> replace_variants("这昰高原的悳和氣槩")
    '这是高原的德和氣概'
    """
    pattern, common = _variants()
    return pattern.sub(lambda match: common.get(match[0], match[0]), text)


def simplify(text: str) -> str:
    """Return the text in simplified characters, one for one: the length stays.

    >>> simplify("討論著名的論著")
    '讨论著名的论著'
    >>> simplify("成效顯著，彰顯著活力")
    '成效显著，彰显着活力'
    >>> simplify("看著鍾馗"), simplify("陜西的川陜公路")
    ('看着钟馗', '陕西的川陕公路')
    """
    if _LONE_SURROGATE.search(text):  # OpenCC refuses them
        characters = list(simplify(_LONE_SURROGATE.sub("\uffff", text)))
        for match in _LONE_SURROGATE.finditer(text):
            characters[match.start()] = match[0]
        return "".join(characters)
    converted: str = _converter("t2s").convert(text)
    if any(form in converted for form in _IN_NAMES):
        converted = _NAMED.sub(lambda match: _IN_NAMES[match[0]], converted)
    return _WRITE_OR_SUFFIX.sub(lambda match: "着" if match["meant"] is None else "著", converted)


def simplify_page(text: str) -> str:
    """Return a mirror's page in simplified characters, one for one, with common characters for rare variants.

    What GBK does not hold was not in the original, and is not put into the text.

    >>> simplify_page("昰王綝説的")
    '是王綝说的'
    """
    simplified = replace_variants(simplify(text))
    try:
        simplified.encode("gbk")
    except UnicodeEncodeError:
        foreign = set(_outside_gbk().findall(simplified))
        present = text if len(foreign) < MAX_SEARCHED_FORMS else set(text)
        foreign = {form for form in foreign if form not in present}
        if foreign:
            characters = zip(text, simplified, strict=True)
            return "".join([shown if form in foreign else form for shown, form in characters])
    return simplified


@cache
def _outside_gbk() -> re.Pattern[str]:
    characters = re.sub(f"[{HAN_OF_GBK}]", "", "".join(code_table().code))
    return re.compile(rf"[^\x00-\x7f{HAN_OF_GBK}{re.escape(characters)}]")


class TraditionalForms(NamedTuple):
    """The simplified characters of GBK that have usual traditional forms."""

    simplified: re.Pattern[str]
    traditional: dict[str, str]
    """The usual traditional forms in GBK of each."""
    any_traditional: re.Pattern[str]


@cache
def _traditional_forms() -> TraditionalForms:
    characters = _variants().pattern.sub("", "".join(code_table().code))
    forms: dict[str, str] = {}
    for traditional, simplified in zip(characters, simplify_page(characters), strict=True):
        if traditional != simplified:
            forms[simplified] = forms.get(simplified, "") + traditional
    patterns = [re.compile(f"[{''.join(side)}]") for side in (forms.keys(), forms.values())]
    return TraditionalForms(patterns[0], forms, patterns[1])


def _left_forms(shown: str, simplified: str) -> list[str]:
    """Return the simplified characters that the mirror left beside a traditional form of them, in converted lines.

    One that OpenCC leaves in this place too is none (里 in 公里 beside 裏): some mirrors convert words.
    """
    forms = _traditional_forms()
    left = set(forms.simplified.findall(shown))
    present = shown if len(left) < MAX_SEARCHED_FORMS else set(forms.any_traditional.findall(shown))
    left = {form for form in left for traditional in forms.traditional[form] if traditional in present}
    lines = zip(shown.split("\n"), simplified.split("\n"), strict=True) if left else ()
    converted = [line for line in lines if line[0] != line[1]]
    before = "".join(line for line, _ in converted)
    left = {form for form in left if before.count(form) > 1}
    if not left:
        return []
    after = _LONE_SURROGATE.sub("\uffff", "".join(line for _, line in converted))
    count = Counter(compress(before, map(ne, before, _converter("s2t").convert(after))))
    return [form for form in left if count[form] > 1]


def doubtful_forms(shown: str, simplified: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a simplified page whose forms may be the author's own.

    These are a form beside a simplified one that the mirror left (於 where 于 stands too) and a rare variant, where the
    page has so few different ones that they are no habit of the mirror; and 著 for 着 and 暱 for 昵 where the author
    writes as in Taiwan or Hong Kong, or writes 执著.

    >>> list(doubtful_forms("生于山，王於昌，長于水", "生于山，王于昌，长于水"))
    [(5, 6)]
    >>> list(doubtful_forms("「看著", "「看着"))
    [(2, 3)]
    """
    rare = {*_variants().pattern.findall(shown)}
    if len(rare) >= MIN_MIRROR_EXCEPTIONS:
        rare.clear()
    left = _left_forms(shown, simplified)
    doubtful = rare.union(left if len(left) < MIN_MIRROR_EXCEPTIONS else ())
    if rare or any(sign in shown for sign in TAIWAN_SIGNS):
        doubtful.update(TAIWAN_FORMS)
    found = {position for text in (shown, simplified) for form in doubtful for position in occurrences(text, form)}
    found.update(position + 1 for position in occurrences(simplified, TWO_SPELLINGS))
    for position in sorted(position for position in found if shown[position] != simplified[position]):
        yield position, position + 1
