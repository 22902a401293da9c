"""Tables of mirrors: which characters carry a reading, and what becomes of characters with several forms."""

from __future__ import annotations

from pathlib import Path

# The mirror of tests/text/mirrors/news.txt.
SAMPLE_TABLE = dict(
    pair.split("=")
    for pair in """
    網=wǎng 時=shí 產=chǎn 業=yè 個=gè 級=jí 發=fā 數=shù 創=chuàng 態=tài 術=shù 領=lǐng 項=xiàng 報=bào 驅=qū 動=dòng
    優=yōu 勢=shì 計=jì 臺=tái 區=qū 現=xiàn 戰=zhàn 結=jié 構=gòu 質=zhì 環=huán 務=wù 設=shè 價=jià 進=jìn 實=shí 補=bǔ
    勵=lì 醫=yī 節=jié 達=dá 轉=zhuǎn 強=qiáng 當=dāng 關=guān 負=fù 責=zé 權=quán 學=xué
    """.split()
)
SAMPLE_SCRIPT = {"为": "為", "着": "著", **{c: c for c in "群云涌于并占"}}

# A mirror with a long table, most frequent characters first.
LONG_TABLE = dict(
    line.split("\t")
    for line in (Path(__file__).parent / "text" / "mirrors" / "long-table.tsv")
    .read_text("utf-8")
    .splitlines()
)
