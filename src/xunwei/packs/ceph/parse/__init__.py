"""One parser per section: pure functions from an answer to facts."""
