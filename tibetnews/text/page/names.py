"""Tells names of persons from media, other organisations and the controls of a page, and splits lists of names."""

from __future__ import annotations

import re
from itertools import groupby

from tibetnews.text.lazy_pattern import lazy_pattern
from tibetnews.text.page.labels import strip_label
from tibetnews.text.unicode_ranges import HAN, HAN_BASIC, TIBETAN

_SURNAMES = frozenset(
    "习王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖萧田董袁潘于余蒋蔡杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文"
    "牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁"
    "冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党费卜冷晏席卫米柏宗"
    "瞿桂全佟应臧闵苟邬边卞姬师仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查苑迟邝晋張劉陳楊黃趙吳孫馬羅鄭謝許鄧韓馮蕭葉"
    "蘇呂盧鐘鍾譚陸範賈韋鄒龍賀顧龔萬錢嚴湯齊喬龐顏莊聶魯歐關蘭紀單畢"
    "赖洪贝厉伊戎尉仝初亢朴乐鹿邰逢滑谌枚昝璩芮麻战招哈纳忽撒揭旷粟雍晁鄢帅冀浦茹戈庾暨匡蔚訾鞠荆竺商岳敬隗邸车肇苍米賴"
)
_DOUBLE = "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木"
# Words around bylines that begin like a surname.
_WORDS = (
    "习惯 习俗 文化 时政 党建 文旅 文艺 边疆 高原 华人 农业 农村 司法 全文 常识 关注 关于 成都 康养 安全 方案 包装 "
    "路况 "
    "古城 万象 金融 金句 江苏 江西 温度 向导 管理 解读 解说 景区 游记 盛会 石油 宁夏 齐鲁 文物 文学 文章 文明 "
    "文字 文汇 武警 高清 项目 连载 单位 车辆 时评 时讯 时事 时尚 党史 华夏 左右 边境 任务 任免 成果 成就 成长 "
    "安徽 安排 关爱 方言 方法 高端 高考 平安 平台 计划 经典 张贴 方志 白天 晴天 温馨 解放 常务 管委 关键 关闭 "
    "简体 繁体 通知 公告 时间 金额 方面 相关 阅读 龙头 牛羊 沙龙 向上 江山 田园 石刻 连线 路线 高铁 高校 花卉 "
    "马上 马术 和平 和谐 安居 常见 全国 全区 单独 施工 水利 方便 明天"
)
# How Tibetan given names are written in Chinese. A person has one or two of them, joined or with a dot between.
_TIBETAN_NAMES = (
    "扎西 次仁 卓玛 央金 多吉 丹增 旦增 格桑 旺堆 尼玛 达瓦 巴桑 普布 边巴 米玛 拉巴 索朗 索南 洛桑 罗桑 强巴 "
    "平措 旦巴 贡嘎 贡觉 白玛 拉姆 德吉 卓嘎 仓决 曲珍 曲扎 桑珠 桑杰 嘉措 仁青 仁增 欧珠 顿珠 罗布 诺布 旺姆 "
    "旺久 旺杰 旺扎 晋美 久美 阿旺 土登 图登 坚赞 坚参 群培 群觉 群宗 其美 赤列 成列 云旦 益西 伊西 尊珠 次旦 "
    "次旺 次珍 次央 次吉 玉珍 梅朵 美朵 央宗 央拉 拉珍 琼达 穷达 加央 嘉央 江白 江村 班觉 巴珠 朗杰 南杰 金巴 "
    "金美 确吉 曲吉 曲英 更登 根敦 更敦 桑布 桑吉 华旦 才让 才旦 旦正 拉毛 卓么 加措 措姆 措毛 俄珠 斯朗 泽仁 "
    "泽旺 降央 向巴 邓珠 登珠 仁真 郎加 巴登 班丹 宗吉 达珍 德庆 德央 格列 格来 国杰 吉美 更藏 尕藏 公保 官却 "
    "贡布 夏吾 永吉 玉措 旺珍 旺青 洛追 洛珠 边珍 边觉 尼珍 仓拉 卓拉 央吉 索央 拉央 白央 白珍 德珍 强珍 强久 "
    "曲宗 曲尼 曲央 塔杰 塔青 美郎 热旦 云登 嘎玛 噶玛 多杰 道吉 道杰 丹巴 丹珍 丹达 其米 才旺 才仁 才吉 仓央 顿旦 "
    "曲培 曲杰 曲加 杰布 杰参 加布 加参 尕玛 久麦 旺修 旺加 普琼 普赤 达娃 央青 央珠 色珍 色旺 珠扎 珠杰 罗追 罗杰 "
    "塔尔 索巴 拥措 拥宗 泽珍 泽郎 尼珠 尼扎 南卡 朗卡 龙珠 伦珠 伦布 晋巴 晋珠 吉宗 吉巴 桑旦 桑丹 赛措 娘吉 项秀"
)
_PROVINCE_NAMES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 "
    "云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
)
_PROVINCES = frozenset(_PROVINCE_NAMES.split())
_NO_NAMES = frozenset(_WORDS.split())
_TIBETAN_GIVEN_NAMES = frozenset(_TIBETAN_NAMES.split())
_DOUBLE_SURNAMES = frozenset(_DOUBLE.split())
_ORGANISATION = lazy_pattern(
    r"""
    [\w《》“”（）()·.\ -]{0,40}?
    (?:
        日报|晚报|商报|(?<=..)发布|时报|周报|周刊|早报|晨报|都市报|广播|电视|新华|央视|中新|频道|客户端|公众号
        |微信|微博|头条|平台|传媒|媒体|融媒|杂志
        |(?<=..)(?:新闻|在[线線]|中心|学院|大学|集团|公司|委员会|办公室|编辑部
            |记者站|研究所|研究院|协会|学会
            |医院|政府|博物馆|报道组|報道組|图书馆|支队
            |总队|法院)
        |本[报報网網刊台社] | 综合 | 网络 | 網絡 | \w{1,20}(?:[网網社台臺]
            |(?<![预警海喜捷电情回汇通公申填举播上])[报報])
        |\w{3,20}[局厅廳委办辦部院所站署会會]
    )
    """,
    re.VERBOSE,
)
_IN_TITLE_MARKS = lazy_pattern("《[^《》]{2,14}》$")
_ORGANISATION_ENDS = frozenset(
    "线線报報刊布播组組视华新道端号信博条台臺媒体闻心院学团司会會室部站所府馆队网網社合络絡局厅廳委办辦署"
)
"""The last characters of all that _ORGANISATION matches; few names of persons end so."""
_LATIN_ORGANISATION = lazy_pattern(
    r"\b(?:Daily|News|Xinhua|Times|Post|Network|Agency|Press|Media|TV|CGTN|CCTV|Online|Tibet|Radio|Quotidien|Agence|Volkszeitung|com|cn|org|net)\b"
)
_TIBETAN_ORGANISATION = lazy_pattern(
    r"(?:ཚགས་པར|དྲ་བ|དྲ་རྒྱ|དྲ་ཚིགས|རླུང་འཕྲིན|བརྙན་འཕྲིན|ལས་ཁང|ལས་ཁུངས|ཞིན་ཧྭ)(?:་ཁང|་ལས་ཁུངས)?[་།༎ ]{0,3}$"
)
_LATIN_LETTER = lazy_pattern("[A-Za-z]")
_CONTROL = lazy_pattern(
    r"""
    [【\[（(]?\s?
    (?:
        [大中小]?字[号號体體](?:[:：]?\s?(?:特?大|中|小|默认))?|大|中|小|打印|打印本页|转发|轉發|分享|分享到|收藏|评论|評論|关闭|關閉|复制链接|点赞|(?:阅读|閱讀|浏览|瀏覽|点击|點擊|访问|訪問)(?:次?[数數]|量|率)?|人[气氣]|[热熱]度
        |标准|標準|微信|微博|扫一扫|手机看(?:新闻)?|手机版|繁体|简体|繁體|(?:我要)?纠错|订阅|默认|特大|责编|编辑|编者按|加入收藏|原创|原創|(?:点击(?:此处)?)?查看(?:[原大][图圖]|全部(?:新闻)?图片)|发表于\S{2,6}|发表评论|發表評論|我[要来來](?:评论|評論|留言|跟帖|说两句|說兩句)|打印文章|放大|缩小|朗读|听新闻
        |佚名|匿名|admin|管理员|创始人|(?:语音)?播报(?:文章)?|(?:缩小|放大)字体|举报|\+?\s?[关關]注(?:\S{1,6}[网網])?|Qzone|[图圖]集|参与互动|参与评论(?:[（(]\d*[)）]人?)?|只看(?:该作者|楼主)|[倒正]序浏览|阅读模式|显示全部楼层|楼主|\+|原标题
        |正在加载|加载中|\d{1,7}\s?(?:评论|人?参与|点赞|次?[阅閱][读讀]|次?[浏瀏][览覽])|IP\s?属地[:：]?\s?\S{2,4}
        |[^\s，。：:]{2,14}官方[帐账]号|A[+-]?|T\|T|Print|Share|E?[Mm]ail|Large|Medium|Small|Comments?(?:\(\d*\))?|分享按[钮鈕]
    )
    \s?[】\]）)]?[:：]?
    (?:\s?[（(]?\d{1,9}[)）]?\s?[次人条]?|(?<=[:：])\s?(?:人?次|条))?  # a script writes the number
    """,
    re.VERBOSE,
)
_NUMBER = lazy_pattern(r"[（(]?\d{1,9}[)）]?\s?[次人条]?")
STAFF_NUMBER = lazy_pattern(r"[\s_（(]{1,3}[A-Z]{1,3}\d{1,6}[）)]?$")
"""What some media put behind an editor's name: 王媛 SN123, 王媛_NB1."""
_HAN_CHARACTER = lazy_pattern(f"[{HAN_BASIC}]")
_TWO_TO_FOUR_HAN = lazy_pattern(f"[{HAN_BASIC}]{{2,4}}")
_SHORT_HAN_NAME = lazy_pattern(f"[{HAN}]{{2,4}}")
_DOTTED_HAN_NAME = lazy_pattern(rf"[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}}){{1,3}}")
_TIBETAN_SCRIPT_NAME = lazy_pattern(  # and no sentence: སྒྲུང་འདི་ལེགས་པོ་འདུག
    rf"(?!.{{0,56}}(?:རེད|འདུག|ཡིན|ཡོད|བྱུང|སོང)[་། ]{{0,3}}$)[{TIBETAN}\ ]{{2,60}}"
)
_LATIN_NAME = lazy_pattern(r"[A-ZÀ-Þ][\w.'’-]{0,30}(?: (?:de|von|van|la|[A-ZÀ-Þ][\w.'’-]{0,30})){1,4}")
_DOT = lazy_pattern("[·•・]")
_BETWEEN_NAMES = lazy_pattern(r"[、，,;；/／|]\s?|\s+(?=\S)")
_BETWEEN_FOREIGN_NAMES = lazy_pattern(r"[、，,;；/／|]\s?|\s(?:and|et|und|&)\s")
_MAY_HOLD_ROLE = lazy_pattern("[者员員生师師报報](?:(?<![报報])|[导導道]$)")
_ROLES = (
    r"(?:[记記]者|通[讯訊][员員]|实习生|實習生|特派[员員]|[摄攝]影[师師])[：:]?\s?|(?<!\S)作者\s"
    r"|\s?[/／]\s?(?=\S)[^\s/／]{0,6}[报報][导導道](?!\S)"  # 記者林大明／台北報導
)
_ROLE = lazy_pattern(rf"(?:见习|实习|特约|本报|本网|本刊|新华社|全媒体|[^\s、，,]{{0,6}}[网報报社台])?(?:{_ROLES})")
_ROLE_WORD = lazy_pattern(rf"(?:见习|实习|特约|本报|本网|本刊|全媒体)?(?:{_ROLES})")
_ANY_HAN_NAME = lazy_pattern(f"[{HAN}·•・]{{2,20}}")
_NAME_IN_OTHER_SCRIPT = lazy_pattern(
    rf"""
    [{TIBETAN}\ ]{{2,60}}
    | (?:(?![{HAN}\d_])\w)(?:(?![{HAN}])[\w .'’·-]){{0,60}}  # any other script: Anna Lee
    """,
    re.VERBOSE,
)


def is_person(text: str) -> bool:
    """Return whether a text is a person's name by itself: a Chinese surname and two to four characters, or Tibetan.

    >>> is_person("王小明"), is_person("次仁卓玛"), is_person("新华网"), is_person("大雪")
    (True, True, False, False)
    """
    return _has_form_of_person(text) and not is_organisation(text) and not is_control(text)


def may_be_person(text: str) -> bool:
    """Return whether a text in a place for names is one: also a pen name, or a name in Tibetan or Latin letters."""
    if is_organisation(text) or is_control(text):
        return False
    if _SHORT_HAN_NAME.fullmatch(text) or _DOTTED_HAN_NAME.fullmatch(text):
        return True
    return _has_form_of_person(text) or _has_foreign_form(text)


def is_foreign_name(text: str) -> bool:
    """Return whether a text is written as a name in Tibetan or Latin letters."""
    return _has_foreign_form(text) and not is_organisation(text)


def is_organisation(text: str) -> bool:
    """Return whether a text is the name of a medium or of another organisation.

    >>> is_organisation("某某新闻网-某某商报"), is_organisation("王媛"), is_organisation("China Daily")
    (True, False, True)
    """
    if len(text) > 60:
        return False
    if text.endswith("》"):  # 《河谷日报》, or a medium's programme: 央视《新闻会客厅》
        text = _IN_TITLE_MARKS.sub("", text) or text[1:-1]
    if len(text) == 3 and text[0] in _SURNAMES and text[-1] in "社台":
        return False
    if _LATIN_LETTER.search(text) and _LATIN_ORGANISATION.search(text):
        return True
    if "་" in text:
        return _TIBETAN_ORGANISATION.search(text) is not None
    return text[-1:] in _ORGANISATION_ENDS and _ORGANISATION.fullmatch(text) is not None


def is_province(text: str) -> bool:
    """Return whether a text is a province, as platforms tell where a user writes from."""
    return text in _PROVINCES


def is_control(text: str) -> bool:
    """Return whether a text is a control or a counter of the page, such as 字号：, 打印 or 阅读 12 次."""
    return len(text) <= 24 and (_CONTROL.fullmatch(text) is not None or _NUMBER.fullmatch(text) is not None)


def split_names(text: str) -> list[str]:
    """Split at marks, and at spaces where the names are Chinese; 张 三 and 李 雨 潼 are each one, spread for looks."""
    if not _HAN_CHARACTER.search(text):
        return [piece.strip() for piece in _BETWEEN_FOREIGN_NAMES.split(text) if piece.strip()]
    pieces: list[str] = []
    found = list(filter(None, map(str.strip, _BETWEEN_NAMES.split(text))))
    if all(len(piece) > 1 for piece in found):  # as nearly all names
        return found
    for is_character, group in groupby(found, lambda piece: len(piece) == 1):
        characters = list(group)
        if not is_character or all(map(is_control, characters)):  # 大 中 小
            pieces += characters
            continue
        spread = "".join(characters)
        length = 3 if len(spread) == 3 else 2
        pieces += [spread[i : i + length] for i in range(0, len(spread), length)]
    return pieces


def read_names(text: str | None) -> tuple[str, ...]:
    """Return the names of persons in ``text``, without labels and roles, in its order and each once.

    >>> read_names("本报记者 李雷 通讯员 韩梅梅等")
    ('李雷', '韩梅梅')
    """
    if not text or not (value := strip_label(text)):
        return ()
    value = value.strip("[]【】")
    parts = _ROLE.split(value) if _MAY_HOLD_ROLE.search(value) else [value]
    pieces = [piece for part in parts for piece in split_names(part.strip())]
    names = (
        name
        for name in (_without_others(piece) for piece in pieces)
        if (_ANY_HAN_NAME.fullmatch(name) or _NAME_IN_OTHER_SCRIPT.fullmatch(name))
        and not is_organisation(name)
        and not is_control(name)
    )
    return tuple(dict.fromkeys(names))


def _without_others(name: str) -> str:
    """Return a name without the word for further persons behind it."""
    return name.removesuffix("等").rstrip() if len(name) > 2 else name


def begins_with_role(text: str) -> bool:
    """Return whether a text begins with the role of a person, such as 本报记者."""
    return _MAY_HOLD_ROLE.search(text) is not None and _ROLE.match(text) is not None


def without_roles(text: str) -> str:
    """Return a text without the roles of persons; the medium in 某某报记者 stays."""
    return _ROLE_WORD.sub("", text) if _MAY_HOLD_ROLE.search(text) else text


def _has_form_of_person(text: str) -> bool:
    """Return whether a text has the form of a Chinese or Tibetan name, which media and controls may have, too."""
    if not 2 <= len(text) <= 12:
        return False
    if _DOT.search(text):
        return _DOTTED_HAN_NAME.fullmatch(text) is not None
    begins_as_name = text[:2] in _DOUBLE_SURNAMES if len(text) == 4 else text[0] in _SURNAMES and text[0] != text[1]
    if begins_as_name and _SHORT_HAN_NAME.fullmatch(text) and text not in _NO_NAMES:
        return True
    is_tibetan = text[:2] in _TIBETAN_GIVEN_NAMES or text[2:] in _TIBETAN_GIVEN_NAMES
    return is_tibetan and _TWO_TO_FOUR_HAN.fullmatch(text) is not None


def _has_foreign_form(text: str) -> bool:
    return _TIBETAN_SCRIPT_NAME.fullmatch(text) is not None or _LATIN_NAME.fullmatch(text) is not None
