"""Figures that matter, each measured beside its peer in one run."""
