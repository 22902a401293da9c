"""A news outlet in five languages as clean, structured text. Everything begins in settings.py and in text/."""

__version__ = "0.1.0"
