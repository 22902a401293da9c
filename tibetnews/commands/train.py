"""``tibetnews train``: the repair's language model, made of a harvest's own stories."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from tibetnews.text.repair.training import count_paragraphs, train

MIN_PAIR_GAIN, MIN_TRIGRAM_GAIN = 0.5, 1.9
"""Nats that a kept pair or trigram must gain; those of the model that is shipped."""


class Command(ScrapyCommand):
    """``tibetnews train FOLDER``."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own attribute

    def syntax(self) -> str:
        return "[options] FOLDER"

    def short_desc(self) -> str:
        return "Make the repair's language model of a folder of exports"

    def long_desc(self) -> str:
        return (
            "Count the characters of the JSON Lines (.jsonl, .jsonl.gz) of a folder and write the repair's model. "
            "The environment variable TIBETNEWS_LANGUAGE_MODEL names the file that the repair is to use instead of the "
            "shipped one. A million characters at least are worth it. Exit status: 0 written, 2 wrong use."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-O", dest="model", default="characters.lm", metavar="FILE", help="the model; characters.lm"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not Path(args[0]).is_dir():
            raise UsageError("name one folder of exports")
        counts = count_paragraphs(_paragraphs(Path(args[0])))
        if not counts:
            raise UsageError(f"{args[0]}: no text in *.jsonl and *.jsonl.gz; is it the folder of the exports?")
        model = train([(counts, 1.0)], min_pair_gain=MIN_PAIR_GAIN, min_trigram_gain=MIN_TRIGRAM_GAIN)
        Path(opts.model).write_bytes(model.packed)
        print(f"{opts.model}: {model.symbols} symbols, {model.pairs} pairs, {model.trigrams} trigrams")


def _paragraphs(folder: Path) -> Iterator[str]:
    """Yield each paragraph of the stories once."""
    seen: set[str] = set()
    for path in sorted([*folder.rglob("*.jsonl"), *folder.rglob("*.jsonl.gz")]):
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text") or ""
                for paragraph in text.split("\n"):
                    if paragraph and paragraph not in seen:
                        seen.add(paragraph)
                        yield paragraph
