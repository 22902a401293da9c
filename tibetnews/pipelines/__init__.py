"""Each record's way to the export, a plug a step: boilerplate, spam, checks, duplicates."""
