"""The steps of a record on its way to the export, in this order: cleaning, validation, revisions, duplicates."""
