"""``tibetnews export``: one typed table of the newest revisions, for programs that analyse it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING

from tibetnews.commands import merge
from tibetnews.corpus.entries import Reject
from tibetnews.corpus.inputs import Input
from tibetnews.errors import InvalidInputError

if TYPE_CHECKING:
    from tibetnews.formats.parquet import RefusedRow


class Command(merge.Command):
    """``tibetnews export``."""

    usage = "[options] [FILE...] -O OUT.parquet"
    summary = "Make one typed Parquet table of the newest revision of each article, from exports as merge takes them"
    description = (
        "Write the newest revision of each article of exports and folders of them, by default EXPORT_DIR, to one"
        " Parquet table, as merge chooses and orders them. Beside published_at, which is text, published_time is a"
        " time, and published_precision says whether it is a second or a day. It needs the extra parquet."
        " Exit status: 0 all well, 1 some lines were rejected, 2 wrong use, 74 aborted, 130 interrupted."
    )

    foreign_keys = "left out"

    def checked(self, args: list[str], opts: argparse.Namespace) -> list[Input]:
        """Return the inputs. Raises InvalidInputError for what cannot be used."""
        if opts.output is None or opts.output.suffix != ".parquet":
            raise InvalidInputError("name the table with -O, such as -O dataset.parquet")
        if find_spec("pyarrow") is None:
            raise InvalidInputError("the table needs pyarrow; pip install 'tibetnews[parquet]'")
        return super().checked(args or [self.settings["EXPORT_DIR"]], opts)

    def write(self, lines: Iterator[bytes], out: IO[bytes]) -> Iterator[Reject]:
        """Write the table; yield the records that it cannot hold."""
        from tibetnews.formats.parquet import Dataset  # pyarrow is an extra, and slow to load

        table = Dataset(out)
        for line in lines:
            yield from map(_reject, table.add(json.loads(line)))
        yield from map(_reject, table.close())


def _reject(refused: RefusedRow) -> Reject:
    return Reject(refused.id, None, "type", f"it has not the types of a record: {refused.detail}")
