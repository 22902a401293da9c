"""Cleaning as steps of datatrove (https://github.com/huggingface/datatrove), for corpora of more than one machine.

An optional extra: the one module that knows datatrove, imported by nothing else of this project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.filters.base_filter import BaseFilter

from tibetnews.corpus.json_lines import notes
from tibetnews.outlet.mojibake import undo_mojibake
from tibetnews.text import Cleaned, clean


class CleanText(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Sets a document's text to what ``tibetnews clean`` makes of it, and tells in its metadata what was done.

    metadata: ``removed``, a list of kind and text; ``repairs``, what was undone of a mirror's damage, or None;
    ``fields``, what was read from the text: breadcrumbs, title, subtitle, published_at, source, authors, editor and
    dateline, those that there are. A document that has such keys keeps them as a line does in ``tibetnews clean``: new
    pieces are added behind those of a list ``removed``, and the others change where this cleaning found something.

    Counts documents that were ``repaired``, and the pieces that were removed by kind (``removed_spam`` and so on).
    """

    name = "tibetnews"
    type = "🧹 - CLEANER"

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield the same documents in the same order; none is left out."""
        for document in data:
            with self.track_time():
                cleaned = clean(undo_mojibake(document.text))
                document.text = cleaned.text
                _tell(document.metadata, cleaned)
            self.stat_update("total", *(["repaired"] if cleaned.repairs.changed else []))
            for piece in cleaned.removed:
                self.stat_update(f"removed_{piece.kind}")
            self.update_doc_stats(document)
            yield document


class NonEmptyFilter(BaseFilter):  # type: ignore[misc]
    """Drops documents of which ``CleanText`` left nothing, such as pages that are one link farm.

    The reason, which the exclusion writer keeps as ``filter_reason``: "spam" where spam was among what was removed,
    "boilerplate" where only other pieces were, "empty" where nothing was.
    """

    name = "tibetnews, pages with a story"

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether a document is kept, or False with the reason."""
        if doc.text.strip():
            return True
        kinds = {piece["kind"] for piece in doc.metadata.get("removed", ())}
        return False, "spam" if "spam" in kinds else "boilerplate" if kinds else "empty"


def _tell(metadata: dict[str, Any], cleaned: Cleaned) -> None:
    found = notes(cleaned)
    if cleaned.dateline:
        found["fields"]["dateline"] = asdict(cleaned.dateline)
    earlier = metadata.get("removed")
    if isinstance(earlier, list):
        found["removed"] = [*earlier, *found["removed"]]
    for name, note in found.items():
        if note or name not in metadata:
            metadata[name] = note
