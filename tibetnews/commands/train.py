"""``tibetnews train``: the repair's language model, made of a harvest's own stories."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tibetnews.command import ProjectCommand
from tibetnews.console import ExitStatus, print_message
from tibetnews.corpus.command_line import check_inputs
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import Input, find_exports
from tibetnews.corpus.run import read_entries
from tibetnews.corpus.worker import text_of_entry
from tibetnews.durability import write_whole
from tibetnews.errors import UnreadableError, WrongUseError
from tibetnews.export_files import check_outputs
from tibetnews.wording import counted

MIN_PAIR_GAIN, MIN_TRIGRAM_GAIN = 0.5, 1.9
"""Nats that a kept pair or trigram must gain; those of the model that is shipped."""

MIN_CHARACTERS = 1_000_000
"""With fewer the repair is worse than with the model that is shipped."""


class Command(ProjectCommand):
    """``tibetnews train FOLDER``."""

    usage = "[options] FOLDER"
    summary = "Train the language model of the repair on a folder of exports"
    description = (
        "Train a language model on the texts of the JSON Lines (.jsonl, .jsonl.gz) of a folder and write it to a file. "
        "The repair uses this file where the environment variable TIBETNEWS_LANGUAGE_MODEL names it. The texts need "
        f"{MIN_CHARACTERS:,} characters at least. Exit status: 0 written, 2 wrong use, 74 it cannot be written."
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-O",
            dest="model",
            default="characters.lm",
            metavar="FILE",
            help="write the model to FILE, by default characters.lm",
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        from tibetnews.text.repair.training import count_paragraphs, train

        if len(args) != 1 or not (args[0] and Path(args[0]).is_dir()):
            raise WrongUseError("name one folder of exports")
        inputs = find_exports(args[0], partial(print_message, "train"))
        check_inputs(inputs, [Path(opts.model)])
        check_outputs(self.settings, Path(opts.model))
        counts = count_paragraphs(_paragraphs(inputs))
        if not counts:
            raise WrongUseError(f"{args[0]}: no text in *.jsonl and *.jsonl.gz; is it the folder of the exports?")
        characters = sum(times for symbols, times in counts.items() if len(symbols) == 1 and symbols != "\n")
        if characters < MIN_CHARACTERS:
            print_message(
                "train",
                f"{counted(characters, 'character')} in these texts, of {MIN_CHARACTERS:,} that a model needs: the one"
                " that is shipped repairs better",
            )
        model = train([(counts, 1.0)], min_pair_gain=MIN_PAIR_GAIN, min_trigram_gain=MIN_TRIGRAM_GAIN)
        try:
            write_whole(Path(opts.model), model.packed)
        except OSError as error:
            return self.end(ExitStatus.IO_ERROR, f"{opts.model} cannot be written: {error.strerror}")
        print(f"{opts.model}: {model.symbols} symbols, {model.pairs} pairs, {model.trigrams} trigrams")
        return ExitStatus.OK


def _paragraphs(inputs: Sequence[Input]) -> Iterator[str]:
    """Yield each paragraph of the stories once; lines without a text are passed over, and broken ones reported."""
    seen: set[str] = set()
    for entry in read_entries(inputs):
        if isinstance(entry, Reject):
            print_message("train", f"{entry.place}: {entry.detail}")
            continue
        try:
            paragraphs = text_of_entry(entry).split("\n")
        except UnreadableError as error:
            if error.reason != "field":
                print_message("train", f"{entry.place}: {error.detail}")
            continue
        for paragraph in paragraphs:
            if paragraph and paragraph not in seen:
                seen.add(paragraph)
                yield paragraph
