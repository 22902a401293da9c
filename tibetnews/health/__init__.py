"""The verdict on a run: rules over its counts and those of earlier runs, as functions of values."""
