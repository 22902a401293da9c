"""The parts of a page that is given as text: byline, captions, title and body, surroundings."""
