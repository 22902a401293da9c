"""WARC 1.1 archives (ISO 28500:2017), written and read, and articles assembled from them."""
