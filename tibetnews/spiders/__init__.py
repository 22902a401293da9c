"""The spiders: sections of the outlet, articles that the user lists, archives."""
