"""WARC 1.1 archives (ISO 28500:2017), written, read, asked for, and articles assembled from them."""
