"""Record: the only room that writes what is kept."""
