"""Other shapes of a record: its JSON Schema and schema.org NewsArticle."""
