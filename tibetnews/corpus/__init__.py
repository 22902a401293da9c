"""Cleaning of corpora that exist already, without a crawl."""
