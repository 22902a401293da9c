"""Reads what an element embeds into its page: a picture, a film, a sound, a file to download, another page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple, cast
from urllib.parse import unquote

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

EmbeddedKind = Literal["picture", "share", "video", "audio", "attachment", "embedded"]
"""What is embedded; ``share`` for the icon of a button or a QR code, ``embedded`` for a frame or a plug-in that shows
something else, such as a map."""


class Embedded(NamedTuple):
    """Something that a page embeds or offers as a file."""

    kind: EmbeddedKind
    address: str
    """Its address as the page writes it."""
    name: str = ""
    """The words of the link to a file."""


_PICTURE_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-lazy")
"""Where a page names a picture that it loads late; ``src`` has a placeholder then."""
_LATE_NAME = re.compile(r"src$|original|lazy|echo|url|file|real|^data-|-data$")
_OTHER_NAME = re.compile(r"name|title|alt|caption|thumb|small")
_USUAL_NAMES = frozenset({"src", "alt", "title", "width", "height", "style", "class", "id", "border", "align"})
"""Names that are not searched: those of nearly all attributes."""
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|avif)(?=$|[?#!@])", re.IGNORECASE)
"""Loaders name their attribute as they like; the extension tells that it holds a picture."""
_PARAMETERS = ("movie", "src", "url", "filename", "file")
"""Parameters of plug-ins that name what they show."""
_MAX_NAME_PIECES = 64
"""Pieces of text from which the name of a file is made; pages can nest links as deep as they like."""

_NOT_FETCHABLE = re.compile(
    r"""
    (?:data|file|javascript|vbscript|about|blob|mailto|tel):  # what only the author's machine or a script knows
    | /?[a-z][:|][\\/] | .*\\                                 # a path of the author's machine or of its network
    | \#                                                      # a place of the page itself
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:[^?#]*/)?(?:(?:[\w-]{1,20}[-_])?(?:loading|lazy(?:load)?|placeholder)(?:[-_][\w-]{1,20})?"
    r"|load|blank|spacer|pixel|transparent|1x1|1px|grey|gray)\.(?:gif|png|svg)\b",
    re.IGNORECASE,
)
_UPLOADED = re.compile(r"(?:\./)?[A-Z]0\d{9,30}\.\w{3,4}", re.ASCII)
"""The name that the CMS gives to a picture that it stores, as nearly all have: ./W020231013394485135.jpg."""
_BUTTON = re.compile(
    r"""
    (?:[^?\#]*/)?
    (?:
        [^/?\#]{0,60}(?:qr[-_]?code|erweima|(?<![a-z])ewm(?![a-z]))[^/?\#]{0,60}
        | (?:share|icons?|fileTypeImages)/[a-z_-]{1,20}\d{0,2}
        | (?:(?:icon|ico|share|btn)[-_]?)?(?:wx|weixin|wechat|pyq|weibo|sina|qq|qzone|douban|renren|facebook|twitter)
          (?:[-_]?(?:\d{1,2}|icon|ico|logo|share|code|gzh))?
    )
    \.(?:png|gif|jpe?g|svg|webp)(?=$|[?\#])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BUTTON_WORDS = re.compile(
    r"[^，。扫掃]{0,12}(?:二维码|二維碼)|扫一扫|掃一掃|分享到?(?:微信|微博|朋友圈|QQ空间)?|微信|微博"
)
"""What the page says instead of such a picture."""
_UNSEEN_SIZES = frozenset({"0", "1", "0px", "1px"})
_UNSEEN_STYLE = re.compile(
    r"(?<![\w-])(?:width|height)\s*:\s*(?:0|0?\.\d+|1(?=\s*(?:p[xt]|;|!|$)))(?:p[xt]|r?em|%)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)
"""Widths and heights that nobody sees."""

_BACKGROUND = re.compile(
    r"""background(?:-image)?\s{0,4}:[^;]{0,200}?url\(\s{0,4}["']?(?P<address>[^"')]{1,2000})["']?\s{0,4}\)""",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(?<!no-)repeat", re.IGNORECASE)
"""What fills a block with copies of one picture, as a pattern."""
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)


_FILE = re.compile(
    r"""
    \.(?:
        (?P<video>mp4|m4v|m3u8|webm|ogv|mov|flv|f4v|wmv|avi|mpe?g|rm|rmvb|asf|mkv|3gp)
        | (?P<audio>mp3|m4a|wav|ogg|oga|wma|aac|amr|flac|mid)
        | (?P<attachment>pdf|docx?|docm|xlsx?|xlsm|pptx?|ppsx?|wps|et|dps|ofd|od[tsp]|rtf|txt|csv|epub|caj
            |zip|rar|7z|gz|tar)
    )(?=$|[?\#&])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The extension of a file, at the end of a path or of a parameter."""

_PAGE_ENDINGS = (".html", ".shtml", ".htm", "/")
_PLAYER = re.compile(
    r"""
    (?:^|[/.])(?:v|tv|m?vod|videos?|player|live)\.          # v.example.com
    | youku | tudou | bilibili | iqiyi | youtube | youtu\.be | vimeo | dailymotion
    | cntv | cctv | ku6 | letv | pptv | mgtv | ixigua | 56\.com
    | /[\w-]*player\b | /(?:videos?|vod)[/_.?-]             # /js/tide_player.html, /video/share
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Addresses of pages and plug-ins that play films."""


def _picture(node: Element) -> Embedded | None:
    attributes = {str(name): str(value) for name, value in node.items()}
    if _is_unseen(attributes):
        return None
    alternative = attributes.get("alt")
    kind: EmbeddedKind = "share" if alternative and _BUTTON_WORDS.fullmatch(alternative.strip()) else "picture"
    for source in _fetchable(_picture_sources(attributes)):
        if found := _named_picture(source):
            return found if kind == "picture" else found._replace(kind=kind)
    picture = next(node.iterancestors("picture"), None)  # the parser nests what stands in one
    others = picture.iter("source") if picture is not None else ()
    sets = (element.get("srcset") or element.get("data-srcset") for element in (node, *others))
    largest = next(filter(None, map(_largest, filter(None, sets))), None)
    return Embedded(kind, largest) if largest else None


def _named_picture(source: str) -> Embedded | None:
    """Return the picture, or the icon of a button, at an address; None for what stands there until it is loaded."""
    if _UPLOADED.fullmatch(source):
        return Embedded("picture", source)
    return None if _PLACEHOLDER.match(source) else Embedded("share" if _BUTTON.match(source) else "picture", source)


def _picture_sources(attributes: Mapping[str, str]) -> list[str | None]:
    """Return where a picture may be, the best first."""
    late = [
        value
        for name, value in attributes.items()
        if name not in _USUAL_NAMES
        and _LATE_NAME.search(name)
        and not _OTHER_NAME.search(name)
        and _PICTURE_FILE.search(value)
    ]
    named = [value for value in map(attributes.get, _PICTURE_ATTRIBUTES) if value and ("." in value or "/" in value)]
    late_set = attributes.get("data-srcset")
    return [*named, *late, late_set and _largest(late_set), attributes.get("src")]


def _media_sources(node: Element) -> Iterator[str | None]:
    """Yield the addresses of one film or sound; those of its ``<source>`` elements are other formats of it."""
    yield node.get("src")
    yield node.get("data-src")
    for source in node.iter("source"):
        yield source.get("src") or source.get("data-src")


def _frame(node: Element) -> Embedded | None:
    return None if _is_unseen(node) else _named_by_address(map(node.get, ("src", *_PICTURE_ATTRIBUTES)))


def _plugin(node: Element) -> Embedded | None:
    """Read ``<object>`` and ``<embed>``, of which the first may hold the second for other browsers."""
    if _is_unseen(node):
        return None
    parameters = {(param.get("name") or "").lower(): param.get("value") for param in node.iter("param")}
    inner = list(node.iter("embed"))
    flash = [parameters.get("flashvars"), *(embed.get("flashvars") for embed in inner)]
    for variables in filter(None, flash):
        for value in re.findall(r"=([^&]+)", variables):
            if kind_of(address := unquote(value)) == "video":
                return _first("video", [address])
    sources = [parameters.get(name) for name in _PARAMETERS] + [node.get("data"), *(e.get("src") for e in inner)]
    return _named_by_address(sources)


def _download(node: Element) -> Embedded | None:
    """Read a link to a file, which its address tells, or its name where a program sends it: download.jsp?id=3."""
    href, file_name = node.get("href"), node.get("download")
    if not href or (file_name is None and _is_page(href)):
        return None
    is_file = file_name is not None or kind_of(href) != "embedded"
    if not is_file and href.endswith(_PAGE_ENDINGS):
        return None
    name = " ".join("".join(map(str, islice(node.itertext(), _MAX_NAME_PIECES))).split())
    if not is_file and not ((file := _FILE.search(name)) and file["attachment"] and file.end() == len(name)):
        return None
    return _first("attachment", [href], name or " ".join((node.get("title") or file_name or "").split()))


READERS: dict[str, Callable[[Element], Embedded | None]] = {
    "img": _picture,
    "amp-img": _picture,
    "video": lambda node: _first("video", _media_sources(node)),
    "audio": lambda node: _first("audio", _media_sources(node)),
    "iframe": _frame,
    "embed": _plugin,
    "object": _plugin,
    "a": _download,
}
"""What reads each element that embeds something."""


def read_background(block: Element) -> Embedded | None:
    """Return the picture that an empty block shows as its background; behind words it is an ornament."""
    style = block.get("style")
    if style is None or "url(" not in style or len(block) or (block.text and not block.text.isspace()):
        return None
    background = _BACKGROUND.search(style)
    if background is None or _REPEATED.search(style) or _is_unseen(block):
        return None
    return next(filter(None, map(_named_picture, _fetchable([background["address"]]))), None)


def kind_of(address: str) -> EmbeddedKind:
    """Return what stands at an address, by its extension.

    >>> kind_of("./P020240101.pdf"), kind_of("//v.example.com/a.mp4"), kind_of("/map.html")
    ('attachment', 'video', 'embedded')
    """
    address = address.strip()
    if _is_page(address) or not (match := _FILE.search(address)):
        return "embedded"
    host = _HOST.match(match.string)
    path = _FILE.search(match.string, host.end()) if host else match
    return cast(EmbeddedKind, path.lastgroup) if path else "embedded"


def _is_page(address: str) -> bool:
    """Return whether an address is that of a page and has no parameters, as nearly all links."""
    return address.endswith(_PAGE_ENDINGS) and not ("?" in address or "#" in address or "&" in address)


def _named_by_address(sources: Iterable[str | None]) -> Embedded | None:
    found = _first("embedded", sources)
    if found is None:
        return None
    kind = kind_of(found.address)
    return found._replace(kind="video" if kind == "embedded" and _PLAYER.search(found.address) else kind)


def _first(kind: EmbeddedKind, sources: Iterable[str | None], name: str = "") -> Embedded | None:
    return next((Embedded(kind, source, name) for source in _fetchable(sources)), None)


def _fetchable(sources: Iterable[str | None]) -> Iterator[str]:
    return (text for source in sources if source and (text := source.strip()) and not _NOT_FETCHABLE.match(text))


def _is_unseen(attributes: Mapping[str, str] | Element) -> bool:
    """Return whether its attributes make an element so small that nobody sees it."""
    width, height, style = attributes.get("width"), attributes.get("height"), attributes.get("style")
    is_point = (width and width.strip() in _UNSEEN_SIZES) or (height and height.strip() in _UNSEEN_SIZES)
    return bool(is_point or (style and _UNSEEN_STYLE.search(style)))


def _largest(srcset: str) -> str | None:
    """Return the largest picture of a srcset: the one with the greatest width or density."""
    best, best_size = None, -1.0
    for candidate in srcset.split(","):
        source, _, size = candidate.strip().partition(" ")
        number = float(size.strip()[:-1]) if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?[wx]", size.strip()) else 1.0
        if source and not (_NOT_FETCHABLE.match(source) or _PLACEHOLDER.match(source)) and number > best_size:
            best, best_size = source, number
    return best
