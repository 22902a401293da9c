"""The report of the runs: one page of HTML and SVG, drawn by functions from values to strings."""
