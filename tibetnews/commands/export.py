"""``tibetnews export``: one typed table of the newest revisions, for programs that analyse it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tibetnews.command import ProjectCommand
from tibetnews.commands import merge
from tibetnews.corpus.command_line import add_output_options
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import Input
from tibetnews.errors import WrongUseError

if TYPE_CHECKING:
    from tibetnews.formats.parquet import RefusedRow


class Command(merge.Command):
    """``tibetnews export``."""

    usage = "[options] [FILE...] -O OUT.parquet"
    summary = "Write the newest revision of each article to one Parquet table with fixed types"
    description = (
        "Write what `tibetnews merge` would write of these exports and folders (by default EXPORT_DIR) to one Parquet"
        " table. Two columns are added: published_time is published_at as a time, and published_precision says whether"
        " it is exact to the second or the day. It needs pyarrow."
        " Exit status: 0 all well, 1 some lines were rejected, 2 wrong use, 74 aborted, 130 interrupted."
    )

    foreign_keys = "left out"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        ProjectCommand.add_options(self, parser)
        add_output_options(parser, None)

    def checked(self, args: list[str], opts: argparse.Namespace) -> list[Input]:
        """Return the inputs. Raises WrongUseError for what cannot be used."""
        if opts.output is None or opts.output.suffix != ".parquet":
            raise WrongUseError("name the table with -O; it ends in .parquet, such as -O dataset.parquet")
        if find_spec("pyarrow") is None:
            raise WrongUseError("the table needs pyarrow; install it with: pip install pyarrow")
        folder = Path(self.settings["EXPORT_DIR"])
        if not args and folder.exists() and not folder.is_dir():  # a pipe would be waited for
            raise WrongUseError(f"EXPORT_DIR is no folder: {folder}")
        return super().checked(args or [str(folder)], opts)

    def write(self, lines: Iterator[bytes], out: IO[bytes]) -> Iterator[Reject]:
        """Write the table; yield the records that it cannot hold."""
        from tibetnews.formats.parquet import Dataset  # pyarrow is an extra, and slow to load

        table = Dataset(out)
        for line in lines:
            yield from map(_reject, table.add(json.loads(line)))
        yield from map(_reject, table.close())


def _reject(refused: RefusedRow) -> Reject:
    return Reject(refused.id, None, "type", f"it has not the types of a record: {refused.detail}")
