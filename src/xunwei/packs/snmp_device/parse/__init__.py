"""One parser per section."""
